"""Runs the stand-in on its own: python -m tests.standin --port 8081."""

import argparse
import asyncio

from .standin import StandIn


async def serve(port: int, *, strict: bool, limits: bool) -> None:
    async with StandIn(port=port, strict=strict) as standin:
        if limits:
            standin.limits.enable()
        print(f"TELEGRAM_API_URL={standin.url}")
        print(f"TELEGRAM_TOKEN={standin.token}")
        print(f"control: {standin.url}/control/<verb>", flush=True)
        await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.standin", description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--lenient", action="store_true", help="ignore unknown parameters")
    parser.add_argument("--limits", action="store_true", help="answer 429 above the rates")
    arguments = parser.parse_args()
    try:
        asyncio.run(serve(arguments.port, strict=not arguments.lenient, limits=arguments.limits))
    except KeyboardInterrupt:
        print("stopped")


if __name__ == "__main__":
    main()

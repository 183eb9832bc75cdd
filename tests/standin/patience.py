"""Waiting for the bot: until it is quiet, or until something is seen."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress

from .screen import Screen
from .updates import Update
from .world import World

QUIET = 0.03
GRACE = 1.0
STEP = 0.004


def reasons(world: World, person: Screen, sent: Iterable[Update]) -> list[str]:
    """Why the bot is not done with what a person sent."""
    found = [
        f"{'delivered but ' if u.delivered else ''}unconfirmed update {u.kind}"
        for u in sent
        if not u.done
    ]
    now = world.clock.now()
    found += [
        f"the tap on [{query.label or query.data}] is not answered"
        for query in world.callbacks.values()
        if query.sender is person
        and not query.answered
        and now - query.created <= world.callback_life
    ]
    if person.private.action and person.private.action[1] > now:
        found.append(f"the bot shows {person.private.action[0]}")
    if world.in_flight:
        found.append(f"{world.in_flight} request(s) in flight")
    return found


def quiet_needed(world: World, person: Screen, quiet: float) -> float:
    """What nothing followed may still be worked on, and files have words below them."""
    waiting = any(who is person for _, who, _ in world.unreacted)
    waiting |= any(q.sender is person and not q.followed for q in world.callbacks.values())
    ours = [message for message in person.chat if message.from_bot]
    waiting = waiting or bool(ours and ours[-1].document)
    return max(quiet, GRACE) if waiting else quiet


async def settle(
    world: World, person: Screen, sent: Iterable[Update], seconds: float, quiet: float
) -> None:
    """Until everything is confirmed and answered, and the bot has been quiet for a moment."""
    loop = asyncio.get_running_loop()
    before = loop.time()
    deadline = before + seconds
    idle = 0.0
    while True:
        why = reasons(world, person, sent)
        now = loop.time()
        # a loop that was blocked for long has not been quiet for long
        passed = min(now - before, 2 * STEP)
        idle = 0.0 if why or world.busy_at > before else idle + passed
        before = now
        if not why and idle >= quiet_needed(world, person, quiet):
            return
        if now > deadline:
            why = why or ["the bot was not quiet"]
            raise AssertionError(f"not settled: {'; '.join(why)}\n{person.picture()}")
        await asyncio.sleep(STEP)


async def wait_for(person: Screen, predicate: Callable[[Screen], object], seconds: float) -> object:
    """Until a predicate of the person's view holds; an assertion that fails in it is a no."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while True:
        with suppress(AssertionError):
            value = predicate(person)
            if value:
                return value
        if loop.time() > deadline:
            raise AssertionError(f"waited {seconds} s in vain\n{person.picture()}")
        await asyncio.sleep(STEP)

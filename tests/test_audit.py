"""The audit of dependencies: it fails for an advisory, says when it could not ask, never hangs."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

AUDIT = Path(__file__).resolve().parent.parent / ".ci" / "audit"
ADVISORY = {
    "id": "PYSEC-2026-1",
    "modified": "2026-01-01T00:00:00Z",
    "published": "2026-01-01T00:00:00Z",
    "summary": "an advisory",
    "affected": [
        {
            "package": {"name": "jinja2", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99"}]}],
        }
    ],
}


@contextmanager
def advisories(state: str) -> Iterator[str]:
    """An advisory service of our own: `calm`, `alarm`, `broken`, `mute`."""

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            if state == "mute":
                time.sleep(6)
                return
            found = state == "alarm" and asked["package"]["name"] == "jinja2"
            answer = json.dumps({"vulns": [ADVISORY]} if found else {}).encode()
            self.send_response(500 if state == "broken" else 200)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.mark.parametrize(
    ("state", "seconds", "code", "words"),
    [
        ("calm", 60, 0, "No known vulnerabilities"),
        ("alarm", 60, 1, "PYSEC-2026-1"),
        ("broken", 60, 0, "RIEN N'A ÉTÉ VÉRIFIÉ"),
        ("mute", 4, 0, "RIEN N'A ÉTÉ VÉRIFIÉ"),
    ],
)
def test_the_audit(state: str, seconds: int, code: int, words: str) -> None:
    with advisories(state) as address:
        env = {**os.environ, "OSV_URL": address, "AUDIT_SECONDS": str(seconds)}
        done = subprocess.run([AUDIT], env=env, capture_output=True, text=True, timeout=90)
    assert (done.returncode, words in done.stdout) == (code, True), done.stdout + done.stderr

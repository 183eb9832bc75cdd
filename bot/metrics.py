"""What an operator may count: updates, waits, calls, stages, sessions, documents, jobs.

Never who, never what.
"""

from __future__ import annotations

import asyncio
import time
from functools import partial

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Meter:
    """Counts nothing: for a bot that nobody measures."""

    def update(self, kind: str) -> None:
        """An update was heard."""

    def watch(self, step: str, task: asyncio.Future[None]) -> asyncio.Future[None]:  # noqa: ARG002
        """A step of an update is under way until the task ends."""
        return task

    def call(self, method: str, ended: str) -> None:
        """A call to Telegram has ended."""

    def response(self, status: int) -> None:
        """Telegram, or somebody else, got a response from the webhook."""

    def reached(self, stage: str) -> None:
        """An interview has come to a stage."""

    def convened(self, phase: str) -> None:
        """A committee's session has come to a phase."""

    def document(self, form: str) -> None:
        """A document was written."""

    def due(self, jobs: int) -> None:
        """So many jobs wait for a hand now."""

    def page(self) -> bytes:
        """Everything counted, in the text format of Prometheus."""
        return b""


class Prometheus(Meter):
    """Counts for Prometheus. Needs the extra `webhook`."""

    def __init__(self) -> None:
        import prometheus_client as client

        self._page = client.generate_latest
        self._registry = registry = client.CollectorRegistry()
        client.ProcessCollector(registry=registry)
        counter = partial(client.Counter, registry=registry)
        gauge = partial(client.Gauge, registry=registry)
        self._updates = counter("codir_updates", "Updates heard, by kind", ["kind"])
        self._depth = gauge("codir_queue_depth", "Updates waiting or under way, by step", ["step"])
        self._seconds = client.Histogram(
            "codir_step_seconds",
            "Waiting and working time of an update, by step: decide (until stored), reply",
            ["step"],
            registry=registry,
            buckets=BUCKETS,
        )
        self._calls = counter(
            "codir_telegram_calls",
            "Calls to Telegram, by method and how they ended",
            ["method", "ended"],
        )
        self._responses = counter("codir_webhook_responses", "Responses of the webhook", ["status"])
        self._interviews = counter("codir_interviews", "Interviews that came to a stage", ["stage"])
        self._sessions = counter("codir_sessions", "Sessions that came to a phase", ["phase"])
        self._due = gauge("codir_jobs_due", "Jobs whose time has come and that are not done")
        self._documents = counter("codir_documents", "Documents written, by format", ["format"])

    def update(self, kind: str) -> None:
        self._updates.labels(kind).inc()

    def watch(self, step: str, task: asyncio.Future[None]) -> asyncio.Future[None]:
        began, depth, seconds = time.perf_counter(), self._depth.labels(step), self._seconds
        depth.inc()

        def end(_: object) -> None:
            depth.dec()
            seconds.labels(step).observe(time.perf_counter() - began)

        task.add_done_callback(end)
        return task

    def call(self, method: str, ended: str) -> None:
        self._calls.labels(method, ended).inc()

    def response(self, status: int) -> None:
        self._responses.labels(str(status)).inc()

    def reached(self, stage: str) -> None:
        self._interviews.labels(stage).inc()

    def convened(self, phase: str) -> None:
        self._sessions.labels(phase).inc()

    def document(self, form: str) -> None:
        self._documents.labels(form).inc()

    def due(self, jobs: int) -> None:
        self._due.set(jobs)

    def page(self) -> bytes:
        return self._page(self._registry)


QUIET = Meter()

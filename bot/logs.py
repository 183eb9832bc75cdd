"""The log: sentences on a terminal, or one JSON object per line. Never a word of anybody."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime

OURS = "bot"


class JsonLines(logging.Formatter):
    """One object per record: time, level, logger, event, and the details of our own records.

    A library's record is told by its name alone: its words could hold an address with the
    token, or a value of a traceback.
    """

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name.partition(".")[0] == OURS
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": event(str(record.msg)) if ours else "library",
        }
        if ours and isinstance(record.args, tuple) and record.args:
            line["detail"] = " ".join(str(part) for part in record.args)
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False)


def event(message: str) -> str:
    """The name of an event: its unfilled sentence up to the colon, in small letters."""
    words = re.sub(r"%\w", "", message.partition(":")[0])
    return "_".join(re.findall(r"\w+", words.lower()))


def set_up(form: str) -> None:
    """`text` tells what goes wrong; `json` also the milestones."""
    handler = logging.StreamHandler()
    if form == "json":
        handler.setFormatter(JsonLines())
        logging.getLogger(OURS).setLevel(logging.INFO)
    else:
        handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)

"""What every test may use: the real content, loaded once."""

from __future__ import annotations

import os

import pytest

from bot.content.library import Library, load_library
from bot.content.paths import content_folder

collect_ignore = [] if os.environ.get("CODIR_FAULTS") else ["faults"]
"""The long runs of `make faults` are no part of `make test`."""


@pytest.fixture(scope="session")
def library() -> Library:
    """The authored content of the project."""
    return load_library(content_folder("dialogs"), content_folder("knowledge"))

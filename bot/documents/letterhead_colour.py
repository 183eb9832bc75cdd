"""The accent colour of a letterhead, dark enough to be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from docx.oxml.ns import qn

from bot.documents.letterhead_checks import Link
from bot.documents.letterhead_file import parse

_READABLE = 4.5  # the contrast that WCAG asks of text on white
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_OFFICE = {"4472C4", "4F81BD", "5B9BD5", "156082", "2F5496", "365F91", "0F4761", "2E74B5"}
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def accent_of(
    links: Mapping[str, Link], stories: Mapping[str, Any], parts: Mapping[str, bytes]
) -> str | None:
    """The theme's when the company has set one, else that of the words of the header."""
    themes = [link.target for link in links.values() if link.kind == "theme"]
    found = [_theme_colour(parse(parts[theme])) for theme in themes if theme in parts]
    for story in stories.values():
        found += [color.get(qn("w:val")) for color in story.iter(qn("w:color"))]
    fit = (colour for colour in found if colour and _COLOUR.fullmatch(colour))
    coloured = (c for c in fit if c.upper() not in _OFFICE and not _grey(c))
    return next(map(readable, coloured), None)


def _theme_colour(theme: Any) -> str | None:
    colour = theme.find(f".//{_A}accent1/{_A}srgbClr")
    return None if colour is None else colour.get("val")


def _channels(colour: str) -> tuple[int, int, int]:
    bare = colour.removeprefix("#")
    return int(bare[:2], 16), int(bare[2:4], 16), int(bare[4:], 16)


def _grey(colour: str) -> bool:
    channels = _channels(colour)
    return max(channels) - min(channels) < 24


def readable(colour: str) -> str:
    """The same hue, as much darker as it takes to be read on white."""
    channels = _channels(colour)
    for part in range(100, 0, -2):
        darker = tuple(channel * part // 100 for channel in channels)
        if contrast(darker) >= _READABLE:
            return "#{:02x}{:02x}{:02x}".format(*darker)
    return "#000000"


def contrast(channels: tuple[int, ...]) -> float:
    """Against white, from 1 to 21, as WCAG measures it."""
    shares = (channel / 255 for channel in channels)
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    light = sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (light + 0.05)

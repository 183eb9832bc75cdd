"""How words are written in print: French spaces, curly quotes, nothing invisible."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

LIMIT = 4000
NARROW, FIRM = "\u202f", "\u00a0"  # the two no-break spaces
BREAK = "\u2028"  # a line break inside a paragraph
_SEAM, _HIDDEN = "\ue000", "\ue001"  # `printable` drops both from what people write

_JOINERS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co"})
_NOWHERE = re.compile(
    "[\ufdd0-\ufdef]|["
    + "".join(chr(p << 16 | 0xFFFE) + chr(p << 16 | 0xFFFF) for p in range(17))
    + "]"
)
_PLAIN = re.compile(r"[ -~]*")


def printable(text: str) -> str:
    """Without what cannot be seen: control, bidi, joiners, surrogates, private use.

    A joined emoji falls apart into its members, which loses a shade and no meaning, whereas a
    joiner left in an answer can hide one word inside another.
    """
    if _PLAIN.fullmatch(text):
        return text
    text = re.sub("\r\n?|[\u2028\u2029\x0b\x0c\x85]", "\n", text).replace("\t", " ")
    kept = (c for c in text if c == "\n" or unicodedata.category(c) not in _DROPPED)
    return unicodedata.normalize("NFC", _NOWHERE.sub("", _JOINERS.sub("", "".join(kept))))


def clean(text: str) -> str:
    """An answer as it is kept: printable, single spaces, single line breaks, not endless."""
    text = re.sub("[ \u1680\u2000-\u200a\u205f\u3000]+", " ", printable(text))
    text = re.sub(" *\n[ \n]*", "\n", text).strip()
    return text if len(text) <= LIMIT else text[: LIMIT - 1].rstrip() + "…"


_RESERVED = re.compile(f"[{_SEAM}{_HIDDEN}]")
_S = "[ \u00a0\u202f\u2009]"
_J = f"{_SEAM}*"
_UNTOUCHED = re.compile(
    rf"(?:https?://|mailto:|www\.)[^\s<>«»“”{_SEAM}]*[^\s<>«»“”{_SEAM}.,;:!?…)\]'\"]"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
    r"|\b[A-Z]{1,5}\d+(?:-[A-Z]*\d+)+\b|&#?\w+;"
)
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_ENGLISH_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
_AFTER = rf"(?={_J}(?:[\s:;!?.,…)\]»”]|\Z))"

_Rule = tuple[re.Pattern[str], str]


def _rules(*pairs: tuple[str, str]) -> tuple[_Rule, ...]:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in pairs)


# A gap holds the spaces to replace and the seams to keep, between two pieces of a paragraph.
_GAP = rf"{_S}*+({_J}+){_S}*+({_J}+)"
_FRENCH = _rules(
    (r"\.{3,}", "…"),
    ("'", "’"),
    (rf'"{_S}*+(?=[^"]*[^"\s{_SEAM}])([^"]*[^"\s]){_S}*"', rf"«{FIRM}\1{FIRM}»"),
    (rf"«{_GAP}(?=\S)", rf"«{FIRM}\1\2"),
    (rf"(?<=[^\s{_SEAM}]){_GAP}»", rf"\1\2{FIRM}»"),
    (rf"(?<=[^\s;!?(\[{_SEAM}]){_GAP}([;!?]){_AFTER}", rf"\1{NARROW}\2\3"),
    (rf"(?<=[^\s:(\[{_SEAM}]){_GAP}:{_AFTER}", rf"\1{FIRM}\2:"),
    (rf"(?<=\d){_GAP}((?:k|K|M|Md)?€|[%‰])(?!\w)", rf"\1{FIRM}\2\3"),
    (rf"€{_S}(?=(?:HT|TTC)\b)", f"€{FIRM}"),
    (rf"(?<=\d){_S}h\b", f"{FIRM}h"),
    (rf"(?<=\d{FIRM}h){_S}(?=\d\d\b)", FIRM),
    (rf"\b([LRD]\.|n°){_S}*(?=\d)", rf"\1{FIRM}"),
    (rf"\b(étape){_S}(?=\d)", rf"\1{FIRM}"),
    (rf"\b(M\.|MM\.|Mmes?|Mlle|Dr){_S}(?=[A-ZÀ-Þ])", rf"\1{FIRM}"),
    (rf"\b(\d\d?|1er){_S}(?=(?:{_MONTHS})\b)", rf"\1{FIRM}"),
)
_ENGLISH = _rules(
    (r"\.{3,}", "…"),
    (rf"«{_S}*", "“"),
    (rf"{_S}*»", "”"),
    (rf"(?:(?<=[\s(\[{{“‘–—{_SEAM}])|\A)\"(?=[^\s{_SEAM}])", "“"),
    ('"', "”"),
    (r"(?:(?<=[\s(\[{“‘–—])|\A)'(?=[^\W\d])", "‘"),
    ("'", "’"),
    # After the quotes, since a mark may stand right before a closing one.
    (rf"(?<=[^\s{_SEAM}])({_J}){_S}++({_J})([;:!?]){_AFTER}", r"\1\2\3"),
    (rf"\b([LRD]\.|No\.){_S}*(?=\d)", rf"\1{FIRM}"),
    (rf"\b([Ss]tep|[Ii]tem){_S}(?=\d)", rf"\1{FIRM}"),
    (rf"\b(\d\d?){_S}(?=(?:{_ENGLISH_MONTHS})\b)", rf"\1{FIRM}"),
    (rf"(?<=\d){_S}(?=[ap]m\b)", FIRM),
)
_ORDINAL = re.compile(r"\b(1(?=er\b|re\b)|\d+(?=e\b))(er|re|e)\b")
_THOUSANDS = re.compile(rf"(?<![\d.,+])(?<!\d{_S})\d{{1,3}}(?:{_S}\d{{3}})+(?!\d)")


def _narrow(number: re.Match[str]) -> str:
    return re.sub(_S, NARROW, number[0])


@lru_cache(maxsize=4096)
def typeset(text: str, lang: str) -> str:
    """Applied twice, it changes nothing more."""
    text = text.replace(_HIDDEN, "")
    hidden = _UNTOUCHED.findall(text)
    text = _UNTOUCHED.sub(_HIDDEN, text)
    for pattern, replacement in _FRENCH if lang == "fr" else _ENGLISH:
        text = pattern.sub(replacement, text)
    if lang == "fr":
        text = _THOUSANDS.sub(_narrow, text)
    return _restore(text, hidden)


def raised(text: str, lang: str) -> list[tuple[str, bool]]:
    """The pieces of a text, and whether each is raised: « er » in « le 1er avril »."""
    pieces, at = [], 0
    for found in _ORDINAL.finditer(text) if lang == "fr" else ():
        pieces += [(text[at : found.start(2)], False), (found[2], True)]
        at = found.end()
    return [*pieces, (text[at:], False)] if at < len(text) or not pieces else pieces


def _restore(text: str, hidden: Sequence[str]) -> str:
    first, *rest = text.split(_HIDDEN)
    return first + "".join(kept + after for kept, after in zip(hidden, rest, strict=True))


def settle(pieces: Iterable[str], lang: str) -> list[str]:
    """Typeset the pieces of one paragraph together: a colon may follow a bold word."""
    parts = [_RESERVED.sub("", piece) for piece in pieces]
    if not parts:
        return []
    text = _SEAM.join(parts)
    text = re.sub("[ \t\r\n]+", " ", text)
    text = re.sub(f" ({_SEAM}+) ", r" \1", text)
    text = re.sub(f"(\\A|{BREAK})([ {_SEAM}]+)", lambda m: m[1] + m[2].replace(" ", ""), text)
    text = re.sub(f"[ {_SEAM}]+(?={BREAK}|\\Z)", lambda m: m[0].replace(" ", ""), text)
    return typeset(text, lang).replace(BREAK, "\n").split(_SEAM)

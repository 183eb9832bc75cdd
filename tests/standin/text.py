"""Texts as Telegram keeps them: cleaned, trimmed, with entities counted in UTF-16."""

import re
from typing import Any, NamedTuple

from .errors import bad
from .html_mode import parse
from .html_tags import ParseError

Entity = dict[str, Any]
SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
SOLID = ("code", "pre")
QUOTES = ("blockquote", "expandable_blockquote")
FOUND = (
    ("url", re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)»]")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]*\w")),
    ("mention", re.compile(r"(?<!\w)@\w{4,32}\b")),
    ("bot_command", re.compile(r"(?<![\w/<>.])/\w{1,64}(?:@\w{3,32})?(?![\w/])")),
    ("hashtag", re.compile(r"(?<!\w)#\w*[^\W\d]\w*")),
)
DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
BLANKED = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
INVISIBLE = re.compile("[\\s\u00ad\u034f\u180e\u200b-\u200f\u2060-\u2064\u3164\ufeff]*")
MAX_SOURCE_BYTES = 1 << 15
ENTITY_ORDER = (*QUOTES, "pre", "code", "text_link", "text_mention", *SPLITTABLE)


class Formatted(NamedTuple):
    """A text and its entities."""

    text: str
    entities: list[Entity]


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def formatted(source: str, parse_mode: str | None, given: list[Entity] | None) -> Formatted:
    """The text that a request gives, read with its parse mode or with its entities."""
    if len(source.encode("utf-8", "surrogatepass")) > MAX_SOURCE_BYTES:
        raise bad("Text is too long")
    mode = (parse_mode or "").lower()
    if not source or mode in {"", "none"}:
        return fix(source, [dict(entity) for entity in given or []])
    if mode in {"markdown", "markdownv2"}:
        raise bad("Markdown is not played by this stand-in")
    if mode != "html":
        raise bad("Unsupported parse_mode")
    try:
        text, entities = parse(source)
    except ParseError as error:
        raise bad(f"Can't parse entities: {error}") from None
    return fix(text, entities)


def fix(text: str, entities: list[Entity]) -> Formatted:
    """Cleans and trims a text; entities are moved, merged, and found."""
    place = to_points(text, entities)
    text = clean(text, place)
    spans = tidy(text, place)
    end = len(text.rstrip(" \n"))
    begin = len(text[:end]) - len(text[:end].lstrip(" \n"))
    begin = min([begin, *(span["begin"] for span in spans)])
    kept = text[begin:end]
    if INVISIBLE.fullmatch(kept):
        return Formatted("", [])
    for span in spans:
        span["begin"] -= begin
        span["end"] = min(span["end"] - begin, len(kept))
    spans += found(kept, spans)
    spans.sort(key=lambda span: (span["begin"], -span["end"], order(span)))
    return Formatted(kept, [to_utf16(kept, span) for span in spans])


def order(span: Entity) -> int:
    return ENTITY_ORDER.index(span["type"]) if span["type"] in ENTITY_ORDER else 99


def to_points(text: str, entities: list[Entity]) -> list[Entity]:
    """UTF-16 offsets become code points; an entity that does not fit is refused."""
    points = [0]
    for char in text:
        points.append(points[-1] + (2 if ord(char) > 0xFFFF else 1))
    index = {unit: point for point, unit in enumerate(points)}
    spans = []
    for entity in entities:
        offset, length = entity["offset"], entity["length"]
        if offset < 0:
            raise bad(f"Receive an entity with incorrect offset {offset}")
        if length < 0:
            raise bad(f"Receive an entity with incorrect length {length}")
        if not length:
            continue
        if offset + length > points[-1]:
            raise bad(
                f"Entity beginning at UTF-16 offset {offset} ends after the end of the text "
                f"at UTF-16 offset {points[-1]}"
            )
        if offset not in index or offset + length not in index:
            raise bad(
                f"Entity beginning at UTF-16 offset {offset} ends in a middle of a UTF-16 symbol"
            )
        extra = {k: v for k, v in entity.items() if k not in {"offset", "length"} and v != ""}
        spans.append({**extra, "begin": index[offset], "end": index[offset + length]})
    return spans


def to_utf16(text: str, span: Entity) -> Entity:
    extra = {k: v for k, v in span.items() if k not in {"begin", "end", "type"}}
    offset = utf16(text[: span["begin"]])
    length = utf16(text[span["begin"] : span["end"]])
    return {"type": span["type"], "offset": offset, "length": length, **extra}


def clean(text: str, spans: list[Entity]) -> str:
    """Drops what Telegram drops; control characters become spaces."""
    gone = [match.start() for match in DROPPED.finditer(text)]
    for span in spans:
        span["begin"] -= sum(1 for at in gone if at < span["begin"])
        span["end"] -= sum(1 for at in gone if at < span["end"])
    return BLANKED.sub(" ", DROPPED.sub("", text))


def tidy(text: str, spans: list[Entity]) -> list[Entity]:
    """Nothing lives inside code; equal styles that touch are one; blank entities vanish."""
    solid = apart([span for span in spans if span["type"] in SOLID])
    kept = solid + [
        span
        for span in spans
        if span["type"] not in SPLITTABLE
        and span["type"] not in SOLID
        and not (span["type"] not in QUOTES and crosses(span, solid))
    ]
    for style in SPLITTABLE:
        pieces = merged([span for span in spans if span["type"] == style])
        kept += [piece for span in pieces for piece in cut(span, solid)]
    return [span for span in kept if text[span["begin"] : span["end"]].strip(" \n")]


def apart(spans: list[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for span in sorted(spans, key=lambda s: (s["begin"], -s["end"])):
        if not kept or span["begin"] >= kept[-1]["end"]:
            kept.append(span)
    return kept


def crosses(span: Entity, others: list[Entity]) -> bool:
    return any(span["begin"] < o["end"] and o["begin"] < span["end"] for o in others)


def merged(spans: list[Entity]) -> list[Entity]:
    result: list[Entity] = []
    for span in sorted(spans, key=lambda s: s["begin"]):
        if result and span["begin"] <= result[-1]["end"]:
            result[-1]["end"] = max(result[-1]["end"], span["end"])
        else:
            result.append(dict(span))
    return result


def cut(span: Entity, holes: list[Entity]) -> list[Entity]:
    """A style without the code blocks that it covers."""
    pieces, begin = [], span["begin"]
    for hole in holes:
        if hole["end"] > begin and hole["begin"] < span["end"]:
            pieces.append({**span, "begin": begin, "end": min(hole["begin"], span["end"])})
            begin = hole["end"]
    pieces.append({**span, "begin": begin})
    return [piece for piece in pieces if piece["begin"] < piece["end"]]


def found(text: str, spans: list[Entity]) -> list[Entity]:
    """What Telegram finds by itself: addresses, mentions, commands, hashtags."""
    taken = [s for s in spans if s["type"] not in SPLITTABLE and s["type"] not in QUOTES]
    result: list[Entity] = []
    for kind, pattern in FOUND:
        for match in pattern.finditer(text):
            span = {"type": kind, "begin": match.start(), "end": match.end()}
            if not crosses(span, taken + result):
                result.append(span)
    return result

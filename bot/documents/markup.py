"""The small set of tags a template may use; anything else is refused with its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from bot.documents.document import TemplateError

INLINE = {"b", "i", "mark", "cite", "br", "a"}
TEXT = {"p", "ul", "ol"}
FLOW = TEXT | {"h2", "h3", "table", "aside", "figure"}
ROOT_TEXTS = {
    "kicker", "title", "subtitle", "company", "status", "confidential", "footer", "description",
}  # fmt: skip
_ATTRIBUTES = {
    "document": ROOT_TEXTS | {"lang", "date", "pages"},
    "a": {"href"},
    "aside": {"class"},
    "figure": {"src", "alt"},
    "ol": {"start"},
    "p": {"class"},
    "section": {"class"},
    "table": {"class", "columns", "widths"},
    "td": {"class"},
    "th": {"class"},
}


@dataclass(slots=True)
class Node:
    """One tag, with what it holds and the line it stands on in the printed template."""

    name: str
    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Node | str] = field(default_factory=list)

    def fail(self, message: str) -> NoReturn:
        raise TemplateError(self.name, self.line, message)

    def check(self) -> None:
        for unknown in self.attributes.keys() - _ATTRIBUTES.get(self.tag, set()):
            self.fail(f"<{self.tag}> has no attribute {unknown}")

    def elements(self, allowed: set[str]) -> list[Node]:
        """The tags inside, when nothing but these tags may stand here."""
        found = []
        for child in self.children:
            if isinstance(child, Node):
                found.append(self.admit(child, allowed))
            elif child.strip():
                self.fail(f"text outside a paragraph: {child.strip()[:40]!r}")
        return found

    def admit(self, child: Node, allowed: set[str]) -> Node:
        if child.tag not in allowed:
            child.fail(f"<{child.tag}> is not allowed in <{self.tag}>")
        child.check()
        return child

    def one_of(self, key: str, *allowed: str) -> str:
        value = self.attributes.get(key, "")
        if value not in allowed:
            choices = ", ".join(filter(None, allowed))
            self.fail(f'{key}="{value}" in <{self.tag}>: expected one of {choices}')
        return value


def parse(text: str, name: str) -> Node:
    top = Node(name, "", {}, 0)
    stack = [top]
    parser = expat.ParserCreate()

    def refuse(*_: object) -> NoReturn:
        raise TemplateError(name, parser.CurrentLineNumber, "no DOCTYPE nor <? ?> in a template")

    def start(tag: str, attributes: dict[str, str]) -> None:
        node = Node(name, tag, attributes, parser.CurrentLineNumber)
        stack[-1].children.append(node)
        stack.append(node)

    def end(_: str) -> None:
        stack.pop()

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = lambda words: stack[-1].children.append(words)
    parser.StartDoctypeDeclHandler = parser.ProcessingInstructionHandler = refuse
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise TemplateError(name, error.lineno, expat.ErrorString(error.code)) from None
    return top.elements({"document"})[0]

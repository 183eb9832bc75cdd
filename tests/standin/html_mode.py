"""The HTML parse mode, with the offsets and the errors of the real parser."""

from .html_tags import TAGS, Entity, OpenTag, ParseError, entity_of, merged_code_block

SPACE = b" \t\r\n\x0b\x00"
ALNUM = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}


def parse(source: str) -> tuple[str, list[Entity]]:
    """The text without its tags, and its entities in UTF-16 code units."""
    return Parser(source).parse()


class Parser:
    """Reads bytes, because the errors give byte offsets."""

    def __init__(self, source: str) -> None:
        if "\0" in source:
            raise ParseError("Text must not contain null bytes")
        self.text = source.encode("utf-8") + b"\0"
        self.at = 0
        self.result = bytearray()
        self.utf16 = 0
        self.open: list[OpenTag] = []
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.text) - 1:
            byte = self.text[self.at]
            if byte == ord("<"):
                self.tag()
            elif byte != ord("&") or not self.reference():
                self.keep(byte)
        if self.open:
            name = self.open[-1].name
            raise ParseError(f'Can\'t find end tag corresponding to start tag "{name}"')
        try:
            return self.result.decode("utf-8"), self.entities
        except UnicodeDecodeError:
            raise ParseError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ) from None

    def keep(self, byte: int) -> None:
        if byte & 0xC0 != 0x80:
            self.utf16 += 2 if byte >= 0xF0 else 1
        self.result.append(byte)
        self.at += 1

    def reference(self) -> bool:
        code, end = self.decode(self.at)
        if not code:
            return False
        self.utf16 += 2 if code > 0xFFFF else 1
        self.result += chr(code).encode("utf-8", "surrogatepass")
        self.at = end
        return True

    def decode(self, at: int) -> tuple[int, int]:
        """The code point of a character reference, or 0, and where it ends."""
        if self.text[at + 1] == ord("#"):
            code, end = self.numeric(at)
        else:
            end = at + 1
            while self.text[end : end + 1].isalpha() and self.text[end] < 128:
                end += 1
            code = ord(NAMED.get(self.text[at + 1 : end], "\0"))
        return code, end + 1 if self.text[end] == ord(";") else end

    def numeric(self, at: int) -> tuple[int, int]:
        hexadecimal = self.text[at + 2] == ord("x")
        begin = end = at + (3 if hexadecimal else 2)
        digits = b"0123456789abcdefABCDEF" if hexadecimal else b"0123456789"
        while self.text[end] in digits:
            end += 1
        code = int(self.text[begin:end] or b"0", 16 if hexadecimal else 10)
        valid = 0 < code < 0x10FFFF and end - at < 10
        return (code if valid else 0), end

    def tag(self) -> None:
        begin = self.at
        self.at += 1
        if self.text[self.at] == ord("/"):
            self.end_tag(begin)
        else:
            self.start_tag(begin)
        self.at += 1

    def skip_word(self, stops: bytes = b"") -> None:
        while self.text[self.at] not in SPACE + b">" + stops:
            self.at += 1

    def skip_spaces(self) -> None:
        while self.text[self.at] in SPACE[:-1]:
            self.at += 1

    def start_tag(self, begin: int) -> None:
        self.skip_word()
        if self.text[self.at] == 0:
            raise ParseError(f"Unclosed start tag at byte offset {begin}")
        name = self.text[begin + 1 : self.at].decode("utf-8", "replace").lower()
        if name not in TAGS:
            raise ParseError(f'Unsupported start tag "{name}" at byte offset {begin}')
        argument, date = "", 0
        while self.text[self.at] != ord(">"):
            self.skip_spaces()
            if self.text[self.at] == ord(">"):
                break
            attribute, value = self.attribute(name, begin)
            argument = self.argument(name, attribute, value, argument)
            if (name, attribute) == ("tg-time", "unix") and value:
                date = int(value) if value.lstrip("-").isdigit() else 0
        if name == "span" and argument != "spoiler":
            raise ParseError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(OpenTag(name, argument, date, self.utf16, len(self.result)))

    def attribute(self, tag: str, begin: int) -> tuple[str, str | None]:
        start = self.at
        self.skip_word(b"=/\"'")
        name = self.text[start : self.at].decode("utf-8", "replace").lower()
        if not name:
            raise ParseError(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
        self.skip_spaces()
        assigned = self.text[self.at] == ord("=")
        if assigned:
            self.at += 1
            self.skip_spaces()
        if self.text[self.at] == 0:
            raise ParseError(f'Unclosed start tag "{tag}" at byte offset {begin}')
        if not assigned:
            return name, None
        value = self.literal() if self.text[self.at] in b"'\"" else self.token()
        if self.text[self.at] == 0:
            raise ParseError(f"Unclosed start tag at byte offset {begin}")
        return name, value

    def token(self) -> str:
        start = self.at
        while self.text[self.at] in ALNUM + b".-":
            self.at += 1
        if self.text[self.at] not in SPACE + b">":
            raise ParseError(f"Unexpected end of name token at byte offset {start}")
        return self.text[start : self.at].decode().lower()

    def literal(self) -> str:
        quote = self.text[self.at]
        self.at += 1
        value = bytearray()
        while self.text[self.at] not in (quote, 0):
            if self.text[self.at] == ord("&"):
                code, end = self.decode(self.at)
                if code:
                    value += chr(code).encode("utf-8", "surrogatepass")
                    self.at = end
                    continue
            value.append(self.text[self.at])
            self.at += 1
        if self.text[self.at] == quote:
            self.at += 1
        return value.decode("utf-8", "replace")

    @staticmethod
    def argument(tag: str, attribute: str, value: str | None, before: str) -> str:
        """The one value that a tag keeps of its attributes."""
        if (tag, attribute) == ("blockquote", "expandable"):
            return "1"
        if value is None:
            return before
        if (tag, attribute) in {("a", "href"), ("tg-emoji", "emoji-id"), ("tg-time", "format")}:
            return value
        for known, prefix in (("code", "language-"), ("span", "tg-")):
            if tag == known and attribute == "class" and value.startswith(prefix):
                return value.removeprefix(prefix)
        return before

    def end_tag(self, begin: int) -> None:
        if not self.open:
            raise ParseError(f"Unexpected end tag at byte offset {begin}")
        self.skip_word()
        found = self.text[begin + 2 : self.at].decode("utf-8", "replace").lower()
        self.skip_spaces()
        if self.text[self.at] != ord(">"):
            raise ParseError(f"Unclosed end tag at byte offset {begin}")
        tag = self.open[-1]
        if found and found != tag.name:
            raise ParseError(
                f"Unmatched end tag at byte offset {begin}, "
                f'expected "</{tag.name}>", found "</{found}>"'
            )
        if self.utf16 > tag.offset:
            self.close(tag)
        self.open.pop()

    def close(self, tag: OpenTag) -> None:
        inside = self.result[tag.begin :].decode("utf-8", "replace")
        entity = entity_of(tag, inside)
        if entity is None:
            return
        entity |= {"offset": tag.offset, "length": self.utf16 - tag.offset}
        if not merged_code_block(self.entities, entity):
            self.entities.append(entity)

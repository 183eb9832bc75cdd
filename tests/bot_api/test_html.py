"""The HTML parse mode: entities, byte offsets of errors, lengths."""

import pytest

from tests.bot_api.bot import CHAT, Bot
from tests.standin import Person
from tests.standin.html_mode import parse
from tests.standin.html_tags import ParseError
from tests.standin.text import fix

PARSED = [
    ("<b>é</b>x", "éx", [("bold", 0, 1)]),
    ("😀<i>😀</i>", "😀😀", [("italic", 2, 2)]),
    ("<B>a</B><STRONG>b</STRONG>", "ab", [("bold", 0, 1), ("bold", 1, 1)]),
    ("<b>a</>", "a", [("bold", 0, 1)]),
    ("<b></b>a", "a", []),
    ("&lt;b&gt; &amp; &quot;", '<b> & "', []),
    ("&eacute; &nbsp &", "&eacute; &nbsp &", []),
    ("&#233;&#x1F600;&lt", "é😀<", []),
    ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1)]),
    ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1)]),
    ("<a href='https://a.org'>b</a>", "b", [("text_link", 0, 1)]),
    ("<a href='nowhere'>b</a>", "b", []),
    ('<pre><code class="language-py">a</code></pre>', "a", [("pre", 0, 1)]),
    ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1)]),
    ("<s>a</s><u>b</u>", "ab", [("strikethrough", 0, 1), ("underline", 1, 1)]),
]
UNPARSED = [
    ("é<x>", 'Unsupported start tag "x" at byte offset 2'),
    ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
    ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
    ("é</b>", "Unexpected end tag at byte offset 2"),
    ("a<b", "Unclosed start tag at byte offset 1"),
    ("<a href", 'Unclosed start tag "a" at byte offset 0'),
    ("<a href='x", "Unclosed start tag at byte offset 0"),
    ("<b>a</b", "Unclosed end tag at byte offset 4"),
    ("<a ='x'>", 'Empty attribute name in the tag "a" at byte offset 0'),
    ("<a href=é>", "Unexpected end of name token at byte offset 8"),
    ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ("<tg-emoji emoji-id='x'>a</tg-emoji>", "Invalid custom emoji identifier specified"),
    ("a < b", 'Unsupported start tag "" at byte offset 2'),
    (
        "&#xd800;",
        "Text contains invalid Unicode characters after decoding HTML entities, "
        "check for unmatched surrogate code units",
    ),
]


@pytest.mark.parametrize(("source", "text", "entities"), PARSED)
def test_html_is_parsed(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    parsed, found = parse(source)
    assert parsed == text
    assert [(e["type"], e["offset"], e["length"]) for e in found] == entities


@pytest.mark.parametrize(("source", "error"), UNPARSED)
def test_html_errors_give_byte_offsets(source: str, error: str) -> None:
    with pytest.raises(ParseError) as caught:
        parse(source)
    assert str(caught.value) == error


def test_entities_are_merged_cut_and_found() -> None:
    text, entities = parse("<b>1<code>2</code>3</b> /aide@codir_conseil_bot")
    fixed = fix(text, entities)
    assert [(e["type"], e["offset"], e["length"]) for e in fixed.entities] == [
        ("bold", 0, 1),
        ("code", 1, 1),
        ("bold", 2, 1),
        ("bot_command", 4, 23),
    ]
    assert fix("  a\r\n\tb \n", []).text == "a\n b"


async def test_length_counts_code_points_and_entities_count_utf16(bot: Bot, lucie: Person) -> None:
    text = "😀" * 4095 + "<b>é</b>"
    sent = await bot.result("sendMessage", **CHAT, text=text[:5000], parse_mode="HTML")
    assert sent["entities"] == [{"type": "bold", "offset": 8190, "length": 1}]
    assert "\u202f" in (await bot.result("sendMessage", **CHAT, text="a\u202f?"))["text"]

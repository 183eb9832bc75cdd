"""The company's own paper: checked, cleaned, and shown before it is used."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from docx import Document as open_docx
from docx.oxml.ns import qn

from bot.core.fields import Field
from bot.documents import fields
from bot.documents import letterhead_clean as cleaning
from bot.documents.document import Document
from bot.documents.docx import write_docx
from bot.documents.letterhead_checks import Link, check, links_of
from bot.documents.letterhead_colour import accent_of
from bot.documents.letterhead_file import LIMIT, Unusable, check_size, main_part, parse, unpack
from bot.documents.pdf import Brand, picture_type, pixels, write_pdf
from bot.documents.reader import read

__all__ = ["LIMIT", "Letterhead", "Unusable", "check_size", "inspect", "preview", "sample"]

_MOST_PIXELS = 16_000_000
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """`docx` is a clean copy without a text; inspected again, it gives the same letterhead.

    `logo` is a picture that a PDF can hold, its `logo_type` png, jpeg or gif. `accent` is a
    #rrggbb that reads well on white. `body_lines` counts the lines of text that were dropped.
    A template with `fields` is also a `form`: a clean copy with its text.
    """

    docx: bytes
    logo: bytes | None
    logo_type: str
    accent: str | None
    body_lines: int
    header: bool
    footer: bool
    form: bytes | None = None
    fields: tuple[Field, ...] = ()

    @property
    def kept(self) -> bytes:
        """All that there is to keep of the file."""
        return self.form or self.docx

    @property
    def brand(self) -> Brand:
        return Brand(self.logo, self.accent)


def inspect(data: bytes, name: str) -> Letterhead:
    """Take a file to pieces and keep what makes a letterhead. Raises Unusable."""
    parts = unpack(data, name)
    main = main_part(parts)
    root, links = parse(parts[main]), links_of(parts, main)
    section = cleaning.section_of(root)
    edges = cleaning.edges_of(section, links, parts)
    beside = {link.target for link in links.values() if link.kind in cleaning.BESIDE}
    check(parts, main, {*edges.values(), *(beside & set(parts))})
    body_lines = _lines(root)
    stories = _stories(section, edges, parts)
    logo = _logo(stories, parts)
    accent = accent_of(links, stories, parts)
    form, found = _form(parts, main)
    docx = cleaning.clean(parts, main, section, edges)
    _try_out(docx)
    kinds = {links[id_].kind for id_ in edges if _says_something(parse(parts[edges[id_]]))}
    kind = picture_type(logo) if logo else ""
    head, foot = "header" in kinds, "footer" in kinds
    return Letterhead(docx, logo, kind, accent, body_lines, head, foot, form, found)


def _form(parts: Mapping[str, bytes], main: str) -> tuple[bytes | None, tuple[Field, ...]]:
    """The whole file when it has fields to fill; it is then looked at as closely as its edges."""
    root, links = parse(parts[main]), links_of(parts, main)
    sections = cleaning.sections_of(root)
    edges = {
        id_: part for one in sections for id_, part in cleaning.edges_of(one, links, parts).items()
    }
    stories = [root, *(parse(parts[part]) for part in edges.values())]
    if not any(map(fields.any_in, stories)):
        return None, ()
    check(parts, main, {main, *edges.values()})
    form = cleaning.clean_whole(parts, main, root, edges)
    found = fields.find(form)
    try:
        open_docx(io.BytesIO(fields.fill(form, str)))
    except Exception:
        raise Unusable("broken") from None
    return (form, found) if found else (None, ())


def _try_out(docx: bytes) -> None:
    """Better now than when the documents are due."""
    try:
        write_docx(_SAMPLE, letterhead=docx)
    except Exception:
        raise Unusable("broken") from None


def _lines(root: Any) -> int:
    """The paragraphs of the body that say something."""
    shown = (p for p in root.iter(qn("w:p")) if not _repeated(p))
    return sum(bool("".join(_texts(paragraph)).strip()) for paragraph in shown)


def _texts(paragraph: Any) -> Iterator[str]:
    """The words of a paragraph, without those of the text boxes inside."""
    for text in paragraph.iter(qn("w:t")):
        if next(text.iterancestors(qn("w:p")), None) is paragraph:
            yield text.text or ""


def _repeated(element: Any) -> bool:
    """Whether it is the copy of a text box that old programs read."""
    return any(above.tag.endswith("}Fallback") for above in element.iterancestors())


def _says_something(story: Any) -> bool:
    words = any((text.text or "").strip() for text in story.iter(qn("w:t")))
    return (
        words
        or next(story.iter(qn("w:drawing"), qn("w:pict"), qn("w:fldSimple")), None) is not None
    )


def _stories(section: Any, edges: Mapping[str, str], parts: Mapping[str, bytes]) -> dict[str, Any]:
    """The headers, that of the first page first, for it holds the logo."""
    found = section.findall(qn("w:headerReference"))
    first = sorted(found, key=lambda header: header.get(qn("w:type")) != "first")
    named = (header.get(f"{_R}id") for header in first)
    return {edges[id_]: parse(parts[edges[id_]]) for id_ in named if id_ in edges}


# The logo


def _logo(stories: Mapping[str, Any], parts: Mapping[str, bytes]) -> bytes | None:
    """The first picture of the headers that a PDF can hold."""
    for part, story in stories.items():
        for link in _pictures(story, links_of(parts, part)):
            data = parts.get(link.target, b"")
            if picture_type(data) and _fits(data):
                return data
    return None


def _pictures(story: Any, links: Mapping[str, Link]) -> Iterator[Link]:
    for element in story.iter(f"{_A}blip", "{urn:schemas-microsoft-com:vml}imagedata"):
        link = links.get(element.get(f"{_R}embed") or element.get(f"{_R}id") or "")
        if link and link.kind == "image" and not link.outside:
            yield link


def _fits(picture: bytes) -> bool:
    """Whether it is small enough to be drawn, and can be drawn."""
    try:
        width, height = pixels(picture)
        if not 0 < width * height <= _MOST_PIXELS:
            return False
        write_pdf(_SAMPLE, brand=Brand(picture))
    except Exception:
        return False
    return True


# The test page


def preview(letterhead: Letterhead, lang: str, today: date | None = None) -> bytes:
    """« Page d'essai » as a PDF."""
    return write_pdf(sample(letterhead, lang, today), brand=letterhead.brand)


def sample(letterhead: Letterhead, lang: str, today: date | None = None) -> Document:
    """The test page, which says what was found; for Word, `write_docx` takes it as well."""
    day = (today or date.today()).isoformat()
    yes, no = ("oui", "non") if lang == "fr" else ("yes", "no")
    found = {
        "header": yes if letterhead.header else no,
        "footer": yes if letterhead.footer else no,
        "logo": yes if letterhead.logo else no,
        "accent": letterhead.accent or no,
    }
    return read(_TEST_PAGES[lang].format(day=day, **found), "test page")


_TEST_PAGES = {
    "fr": """<document lang="fr" date="{day}" kicker="Papier à en-tête" title="Page d'essai">
<p class="lead">Voici à quoi ressembleront vos documents au format PDF.</p>
<h2>1. Un titre</h2>
<p>Un paragraphe ordinaire, avec des mots <b>importants</b>, d'autres <i>en italique</i> et un
champ <mark>[à compléter]</mark>. Les documents Word gardent en plus vos styles, vos marges,
votre en-tête et votre pied de page.</p>
<ul><li>un premier point ;</li><li>un second point.</li></ul>
<h2>2. Ce qui a été trouvé</h2>
<table class="grid" widths="3,2"><tr><th>Élément</th><th>Trouvé</th></tr>
<tr><td>En-tête</td><td>{header}</td></tr><tr><td>Pied de page</td><td>{footer}</td></tr>
<tr><td>Logo pour les PDF</td><td>{logo}</td></tr>
<tr><td>Couleur pour les PDF</td><td>{accent}</td></tr></table></document>""",
    "en": """<document lang="en" date="{day}" kicker="Letterhead" title="Test page">
<p class="lead">This is what your PDF documents will look like.</p>
<h2>1. A heading</h2>
<p>An ordinary paragraph, with <b>important</b> words, others <i>in italics</i>, and a field
<mark>[to be completed]</mark>. Word documents also keep your styles, margins, header and
footer.</p>
<ul><li>a first point;</li><li>a second point.</li></ul>
<h2>2. What was found</h2>
<table class="grid" widths="3,2"><tr><th>Item</th><th>Found</th></tr>
<tr><td>Header</td><td>{header}</td></tr><tr><td>Footer</td><td>{footer}</td></tr>
<tr><td>Logo for PDFs</td><td>{logo}</td></tr>
<tr><td>Colour for PDFs</td><td>{accent}</td></tr></table></document>""",
}
_SAMPLE = read(
    '<document lang="fr" date="2026-01-01" title="T"><h2>a</h2><p>b</p><ul><li>c</li></ul>'
    '<table class="grid"><tr><th>d</th></tr><tr><td>e</td></tr></table></document>'
)

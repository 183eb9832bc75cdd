"""A company's own template: where fields are found, what fills them, what stays as it was."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from bot.core.fields import Field
from bot.documents import fields
from bot.documents.letterhead import Letterhead, Unusable, inspect
from tests.documents.papers import (
    BODY,
    HEADER,
    LOGO,
    before_end,
    edited,
    field,
    form_paper,
    in_body,
    in_header,
    linked,
    rich_paper,
)

FORM = form_paper()
RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
PARAGRAPH = f"<w:p>{RUN}</w:p>"
A = PARAGRAPH.format("{{ a }}")
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
BOX = f"""<w:p><w:r><mc:AlternateContent
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps"
 xmlns:wps="{_WPS}"><w:drawing><wp:inline xmlns:wp="{_WP}"><wp:extent cx="900000" cy="300000"/>
<wp:docPr id="1" name="a" descr="{{{{{{{{ entreprise }}}}}}}}"/><a:graphic
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="{_WPS}">
<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr/><wps:txbx><w:txbxContent>{{}}</w:txbxContent>
</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>
<mc:Fallback><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>
<w:txbxContent>{{}}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>
</mc:AlternateContent></w:r></w:p>"""


def part(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read(name).decode()


def everything(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return "".join(file.read(name).decode("utf-8", "ignore") for name in file.namelist())


def form_of(data: bytes) -> Letterhead:
    found = inspect(data, "modele.docx")
    assert found.form is not None
    return found


def filled(data: bytes, **words: str) -> bytes:
    form = form_of(data).form
    assert form is not None
    return fields.fill(form, lambda name: words.get(name.strip(), "?"))


def lines(data: bytes) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(data)).paragraphs if p.text]


def valid(data: bytes, folder: Path) -> bool:
    path = folder / "a.docx"
    path.write_bytes(data)
    return OpenXmlValidator().validate(str(path)).errors == []


# Where fields are


def test_fields_are_told_once_with_their_first_place() -> None:
    table = "<w:tbl><w:tblPr/><w:tblGrid/><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"
    body = "".join(
        (
            PARAGRAPH.format("{{ a }} et {{a}} et {{ A }}"),
            table.format(PARAGRAPH.format("sans champ")),
            table.format(table.format(PARAGRAPH.format("{{ b }}")) + "<w:p/>"),
            BOX.format(*[PARAGRAPH.format("{{ c }}")] * 2),
        )
    )
    paper = edited(in_body(body), {HEADER: before_end("w:hdr", PARAGRAPH.format("{{ d }}"))})
    assert form_of(paper).fields == (
        Field("a", "text"),
        Field("b", "table", 2),
        Field("c", "box"),
        Field("d", "header"),
    )


def test_a_template_with_fields_keeps_its_text_and_a_paper_without_does_not() -> None:
    found = form_of(FORM)
    assert len(found.fields) == 14
    assert "Matricule" in everything(found.kept)
    assert "Matricule" not in everything(found.docx)
    plain = inspect(rich_paper(), "e.docx")
    assert (plain.form, plain.fields, plain.kept) == (None, (), plain.docx)


def test_a_kept_template_gives_the_same_again() -> None:
    found = form_of(rich_form())
    again = form_of(found.kept)
    assert again.fields == found.fields
    assert (again.form, again.docx, again.logo) == (found.form, found.docx, found.logo)


def rich_form() -> bytes:
    """Three headers, a logo, a picture and a link in the text, and two sections."""
    section = '<w:p><w:pPr><w:sectPr><w:type w:val="nextPage"/></w:sectPr></w:pPr></w:p>'
    file = docx.Document(io.BytesIO(rich_paper()))
    file.add_paragraph("{{ entreprise }}")
    file.add_picture(io.BytesIO(LOGO))
    out = io.BytesIO()
    file.save(out)
    link = f'<w:p><w:hyperlink r:id="rId999">{RUN.format("{{ lieu }}")}</w:hyperlink></w:p>'
    data = edited(out.getvalue(), linked(BODY, "hyperlink", "https://helios.example/"))
    return edited(data, {BODY: lambda text: text.replace("<w:body>", f"<w:body>{section}{link}")})


def test_pictures_links_and_sections_of_a_template_stay(tmp_path: Path) -> None:
    made = filled(rich_form(), entreprise="Hélios", lieu="Lyon")
    file = docx.Document(io.BytesIO(made))
    assert len(file.sections) == 2
    assert len(file.inline_shapes) == 1
    assert "https://helios.example/" in part(made, "word/_rels/document.xml.rels")
    assert "Groupe Hélios" in file.sections[-1].first_page_header.paragraphs[0].text
    assert "Jeanne Dupont, direction" in lines(made)
    assert {"Hélios", "Lyon"} <= set(lines(made))
    assert valid(made, tmp_path)


# How they are filled


def test_a_field_over_several_runs_takes_the_look_of_the_first() -> None:
    made = docx.Document(io.BytesIO(filled(FORM, company="Lisière")))
    runs = [run for run in made.paragraphs[-1].runs if run.text]
    assert [(run.text, run.bold) for run in runs] == [
        ("Pour ", None),
        ("Lisière", True),
        (".", None),
    ]


def test_every_piece_a_letter_long() -> None:
    text = "x{{ a }}{{b}}y {{ a }}z"
    letters = "".join(RUN.format(letter) for letter in text)
    assert lines(filled(in_body(f"<w:p>{letters}</w:p>"), a="un", b="deux")) == ["xundeuxy unz"]


def test_lists_become_lines_and_spaces_stay() -> None:
    made = filled(in_body(PARAGRAPH.format("Ici : {{ a }} .")), a="un\ndeux\n trois")
    assert lines(made) == ["Ici : un\ndeux\n trois ."]
    assert len(list(docx.Document(io.BytesIO(made)).element.iter(qn("w:br")))) == 2


def test_a_list_alone_in_its_paragraph_makes_one_for_each_item(tmp_path: Path) -> None:
    style = '<w:pPr><w:pStyle w:val="ListBullet"/></w:pPr>'
    bullet = f"<w:p>{style}{RUN.format('{{')}{RUN.format(' a }}')}</w:p>{A}"
    made = filled(in_body(bullet), a="un\ndeux")
    found = [(p.text, p.style.name) for p in docx.Document(io.BytesIO(made)).paragraphs if p.text]
    lists = [("un", "List Bullet"), ("deux", "List Bullet")]
    assert found == [*lists, ("un", "Normal"), ("deux", "Normal")]
    assert valid(made, tmp_path)


def test_what_stands_beside_a_list_is_not_doubled() -> None:
    mark = '<w:bookmarkStart w:id="7" w:name="ici"/><w:bookmarkEnd w:id="7"/>'
    section = '<w:pPr><w:sectPr><w:type w:val="nextPage"/></w:sectPr></w:pPr>'
    for more in (mark, section):
        made = filled(in_body(f"<w:p>{more}{RUN.format('{{ a }}')}</w:p>"), a="un\ndeux")
        assert lines(made) == ["un\ndeux"]


def test_words_of_people_stay_words(tmp_path: Path) -> None:
    sly = "<w:p/> & {{ b }} {% if a %} ]]> \x00\x1b\u202e&#65;"
    made = filled(in_body(PARAGRAPH.format("{{ a }} {{ b }}")), a=sly, b="B")
    assert lines(made) == ["<w:p/> & {{ b }} {% if a %} ]]> &#65; B"]
    assert valid(made, tmp_path)


SLY = {
    "nested": ("{{ {{ a }} }}", "{{ A }}"),
    "three braces": ("{{{ a }}}", "{A}"),
    "unclosed": ("{{ a }} {{ b", "A {{ b"),
    "empty": ("{{ a }} {{}} {{  }}", "A {{}} {{  }}"),
    "a statement": ("{% for x in y %}{{ a }}{% endfor %}", "{% for x in y %}A{% endfor %}"),
    "an expression": ("{{ a }} {{ a.__class__ }} {{ 7*7 }}", "A ? ?"),
    "entities": ("{{ a }} &amp;lt;b&amp;gt; &#123;{ a }}", "A &lt;b&gt; A"),
}


@pytest.mark.parametrize("what", SLY)
def test_nothing_is_evaluated(what: str) -> None:
    written, read = SLY[what]
    assert lines(filled(in_body(PARAGRAPH.format(written)), a="A")) == [read]


def test_a_field_does_not_span_lines_or_paragraphs() -> None:
    broken = "<w:p><w:r><w:t>{{ a</w:t><w:br/><w:t>}} {{ b }}</w:t></w:r></w:p>"
    made = filled(in_body(broken + PARAGRAPH.format("{{ a") + PARAGRAPH.format("}}")), b="B")
    assert lines(made) == ["{{ a\n}} B", "{{ a", "}}"]


def test_only_text_is_filled(tmp_path: Path) -> None:
    code = field('HYPERLINK "https://a.example/{{ entreprise }}"')
    box = BOX.format(*[PARAGRAPH.format("{{ entreprise }}")] * 2)
    data = edited(in_body(code + box), {
        "docProps/core.xml": lambda text: text.replace("python-docx", "{{ entreprise }}"),
        "customXml/item1.xml": "<a>{{ entreprise }}</a>",
    })  # fmt: skip
    made = filled(data, entreprise="Lisière")
    text = part(made, BODY)
    assert 'HYPERLINK "https://a.example/{{ entreprise }}"' in text
    assert 'descr="{{ entreprise }}"' in text
    assert text.count("Lisière") == 2
    assert everything(made).count("{{ entreprise }}") == 2
    assert valid(made, tmp_path)


# Hostile templates


def test_three_hundred_fields_and_no_more() -> None:
    def body(n: int) -> bytes:
        return in_body(PARAGRAPH.format("{{ a }} " * n))

    assert len(form_of(body(fields.MOST)).fields) == 1
    with pytest.raises(Unusable) as refused:
        inspect(body(fields.MOST + 1), "a.docx")
    assert refused.value.reason_key == "many_fields"
    assert refused.value.words == {"most": "300"}


@pytest.mark.parametrize(
    "text",
    [
        "{{" + "a" * 10_000 + "}}",
        "{{ a }}" + "{{ a " * 200_000,
        "{{ a }}" + "{{" + " " * 1_000_000 + "}}",
        "{" * 500_000 + "{{ a }}" + "}" * 500_000,
    ],
    ids=["a name of 10 kB", "never closed", "a name of spaces", "braces"],
)
def test_long_texts_take_no_time(text: str) -> None:
    begun = time.process_time()
    made = fields.fill(in_body(PARAGRAPH.format(text)), lambda _: "A")
    assert len(fields.find(in_body(PARAGRAPH.format(text)))) == 1
    assert "A" in part(made, BODY)
    assert time.process_time() - begun < 5


def test_a_field_over_very_many_runs_takes_no_time() -> None:
    begun = time.process_time()
    runs = "<w:r><w:t>{{ a }}</w:t></w:r>" + "<w:r><w:t>b</w:t></w:r>" * 50_000
    made = fields.fill(in_body(f"<w:p>{runs * 2}</w:p>"), lambda _: "A")
    assert "{{" not in part(made, BODY)
    assert time.process_time() - begun < 10


HOSTILE = {
    "a field that fetches": lambda: in_body(A + field("INCLUDETEXT c:/x")),
    "a field nobody knows": lambda: in_body(A + field("QUOTE 68 68")),
    "a link that runs": lambda: edited(
        in_body(A), linked(BODY, "hyperlink", "javascript:alert(1)")
    ),
    "a remote picture": lambda: edited(
        in_body(A), linked(BODY, "image", "https://evil.example/a.png")
    ),
    "altChunk": lambda: in_body(f"{A}<w:altChunk/>"),
    "in a header alone": lambda: edited(
        in_header(A),
        {BODY: lambda text: text.replace("<w:sectPr", f"{field('QUOTE 68')}<w:sectPr", 1)},
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_text_that_is_kept_is_looked_at_as_closely_as_a_header(what: str) -> None:
    with pytest.raises(Unusable) as refused:
        inspect(HOSTILE[what](), "a.docx")
    assert refused.value.reason_key in ("strange", "links")


def test_a_link_where_none_belongs_is_dropped(tmp_path: Path) -> None:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    sly = f'<w:document xmlns:q="{space}" q:id="rId77" '
    data = edited(in_body(A), {BODY: lambda text: text.replace("<w:document ", sly, 1)})
    made = filled(data, a="A")
    assert "rId77" not in part(made, BODY)
    assert valid(made, tmp_path)


def test_names_comments_and_changes_of_a_template_are_dropped() -> None:
    written = (
        '<w:p w:rsidR="00A1"><w:del w:id="1" w:author="Zoé"><w:r><w:delText>{{ ancien }}'
        '</w:delText></w:r></w:del><w:ins w:id="2" w:author="Zoé"><w:r><w:t>{{ a }}</w:t></w:r>'
        "</w:ins>"
        '<w:commentRangeStart w:id="3"/><w:r><w:commentReference w:id="3"/></w:r></w:p>'
    )
    found = form_of(in_body(written))
    assert [one.name for one in found.fields] == ["a"]
    for gone in ("Zoé", "ancien", "comment", "rsid"):
        assert gone not in everything(found.kept)


def test_a_field_that_was_struck_out_makes_no_template() -> None:
    struck = (
        '<w:p><w:moveFrom w:id="1" w:author="Z"><w:r><w:t>{{ a }}</w:t></w:r></w:moveFrom></w:p>'
    )
    assert inspect(in_body(struck), "a.docx").form is None

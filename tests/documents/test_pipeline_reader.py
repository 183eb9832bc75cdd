"""What a template may print, and how its author learns of a mistake."""

import pytest

from bot.documents.document import (
    Bullets,
    Callout,
    Facts,
    Figure,
    Grid,
    Heading,
    Paragraph,
    Run,
    Section,
    SmallPrint,
    TemplateError,
    plain,
)
from bot.documents.reader import read

ROOT = '<document lang="fr" title="Titre" date="2026-11-23">'


def block(text):
    return read(f"{ROOT}{text}</document>").blocks[0]


def test_the_root_says_what_surrounds_the_text():
    document = read(
        '<document lang="en" title="A &amp; B" company="C" date="2026-11-23" kicker="Brief"/>'
    )
    assert (document.lang, document.title, document.company) == ("en", "A & B", "C")
    assert document.date.isoformat() == "2026-11-23"
    assert document.running == ("Brief – A & B", "C")


def test_words():
    text = "<p>Un <b>mot</b> <i>ou</i> <mark>[x]</mark><br/><a href='https://a.example'>la</a></p>"
    assert block(text) == Paragraph(
        (
            Run("Un "),
            Run("mot", bold=True),
            Run(" "),
            Run("ou", italic=True),
            Run(" "),
            Run("[x]", mark=True),
            Run("\n"),
            Run("la", href="https://a.example"),
        )
    )
    cited = block("<p>Vu <cite>S002-C07, S003-F01</cite>.</p>")
    assert cited.words[1] == Run("[S002-C07, S003-F01]", cite=True)


def test_lists():
    bullets = block('<ol start="3"><li>a<ul><li>b</li></ul></li><li>c</li></ol>')
    assert isinstance(bullets, Bullets)
    assert (bullets.ordered, bullets.start, len(bullets.items)) == (True, 3, 2)
    assert plain(bullets.items[0].inner.items[0].words) == "b"


def test_tables():
    facts = block('<table class="facts" columns="2"><tr><th>a</th><td>b</td></tr></table>')
    assert isinstance(facts, Facts)
    assert facts.columns == 2
    grid = block(
        '<table class="grid" widths="3,1"><caption>c</caption>'
        '<tr><th>a</th><th class="right">b</th></tr><tr><td/><td>2</td></tr></table>'
    )
    assert isinstance(grid, Grid)
    assert grid.widths == (3.0, 1.0)
    assert grid.rows[0][1].align == "right"  # as its header


def test_frames():
    callout = block('<aside class="warning"><h3>T</h3><p>a</p></aside>')
    assert isinstance(callout, Callout)
    assert (callout.kind, plain(callout.title), len(callout.blocks)) == ("warning", "T", 1)
    assert isinstance(block('<figure src="k" alt="a"/>'), Figure)
    annex = block(
        '<section class="annex"><h2>A</h2><section class="keep"><p>b</p></section></section>'
    )
    assert isinstance(annex, Section)
    assert isinstance(annex.blocks[0], Heading)
    assert isinstance(block("<footer><p>Sources.</p></footer>"), SmallPrint)


def test_what_is_empty_leaves_no_hole():
    empty = (
        '<p> </p><ul></ul><ul><li> </li></ul><aside class="note"></aside><section class="keep"/>'
    )
    assert read(f"{ROOT}{empty}<!-- note --></document>").blocks == ()


REFUSED = {
    "<div>a</div>": "<div> is not allowed in <document>",
    "<p><script>a</script></p>": "<script> is not allowed in <p>",
    "<p onclick='x'>a</p>": "<p> has no attribute onclick",
    "<p class='big'>a</p>": 'class="big" in <p>: expected one of lead, small, note',
    "<p>a&nbsp;b</p>": "undefined entity",
    "<p>a": "mismatched tag",
    "loose": "text outside a paragraph: 'loose'",
    "<p><a href='javascript:x'>a</a></p>": "a link begins with https: or mailto:",
    "<ul><p>a</p></ul>": "<p> is not allowed in <ul>",
    "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>": "<ul> is not allowed in <li>",
    "<ol start='x'><li>a</li></ol>": 'start="x" is not a number',
    "<table><tr/></table>": "expected one of facts, grid",
    "<table class='facts'><tr><td>a</td></tr></table>": "a row of facts is a <th> then its <td>",
    "<table class='grid'><tr><th>a</th></tr><tr><td>a</td><td>b</td></tr></table>": "2 cells <td>",
    "<table class='grid' widths='1,2'><tr><th>a</th></tr></table>": 'widths="1,2" for 1 columns',
    "<aside class='note'><p>a</p><h3>b</h3></aside>": "the <h3> of an <aside> comes first",
    "<figure src='k'/>": "a figure has src, alt and one caption at most",
    "<section class='keep'><section class='keep'/></section>": "<section> is not allowed in",
    "<?php x ?>": "no DOCTYPE nor",
}


@pytest.mark.parametrize("text", REFUSED)
def test_refused(text):
    with pytest.raises(TemplateError) as caught:
        read(f"{ROOT}\n{text}</document>", "fr/fiche.html")
    line = 1 if text == "loose" else 2  # words have no line of their own, their tag has
    assert (caught.value.name, caught.value.line) == ("fr/fiche.html", line)
    assert REFUSED[text] in caught.value.message


@pytest.mark.parametrize(
    "text",
    [
        "<html/>",
        "<document lang='de' title='a' date='2026-11-23'/>",
        "<document lang='fr' title=' ' date='2026-11-23'/>",
        "<document lang='fr' title='a' date='demain'/>",
        "<!DOCTYPE d [<!ENTITY e 'x'>]><document>&e;</document>",
        "",
    ],
)
def test_refused_whole(text):
    with pytest.raises(TemplateError):
        read(text)

"""What an author may count on when writing a template."""

import pytest

from bot.documents.document import TemplateError, plain
from bot.documents.template import compose, environment, render

ROOT = '<document lang="fr" title="T" date="2026-11-23">\n'


@pytest.fixture
def written(tmp_path):
    def write(text, **context):
        (tmp_path / "fr.html").write_text(ROOT + text + "</document>", "utf-8")
        return compose(environment(tmp_path), "fr.html", context)

    return write


def words(document):
    return [plain(block.words) for block in document.blocks]


def test_an_answer_is_never_markup(written):
    assert words(written("<p>{{ a }}</p>", a="<b>&amp; {{ 7*7 }}</b>")) == [
        "<b>&amp; {{ 7*7 }}</b>"
    ]


def test_helpers(written):
    document = written(
        "<p>{{ cite(ids) }}</p><p>{{ cite([]) }}</p><p>{{ missing('à fixer') }}</p>"
        "<p>{{ nothing | given }}, {{ one | given }}</p><p>{{ two | lines }}</p>",
        ids=["S002-C07", "S003-F01"],
        nothing=None,
        one="<un>",
        two="a\n<b>",
    )
    assert words(document) == [
        "[S002-C07, S003-F01]",
        "[à fixer]",
        "[à compléter], <un>",
        "a\n<b>",
    ]
    assert document.blocks[1].words[0].mark


def test_what_cannot_be_seen_is_not_printed(written):
    assert words(written("<p>{{ a }}</p>", a="a\x00\u202e\u200b\ud800b")) == ["ab"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<p>\n{{ unknown }}</p>", 3),
        ("<p>{{ a.b }}</p>", 2),
        ("<p>{{ nothing }}</p>", 2),
        ("<p>{{ yes }}</p>", 2),
        ("\n{% if %}", 3),
        ("{% include 'absent.html' %}", 2),
        ("<p>{{ 'x' | unknown }}</p>", 2),
    ],
)
def test_mistakes_name_the_line(written, text, line):
    with pytest.raises(TemplateError) as caught:
        written(text, a=1, nothing=None, yes=True)
    assert (caught.value.name, caught.value.line) == ("fr.html", line)


def test_no_such_template(tmp_path):
    with pytest.raises(TemplateError):
        render(environment(tmp_path), "fr/absent.html", {})

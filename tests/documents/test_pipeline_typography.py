"""What a demanding reader sees in print."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.typography import LIMIT, clean, printable, settle, typeset

FRENCH = {
    "Pourquoi ?": "Pourquoi\u202f?",
    "Pourquoi?": "Pourquoi\u202f?",
    "Ah bon ?!": "Ah bon\u202f?!",
    "un ; deux": "un\u202f; deux",
    "Lieu : Tours": "Lieu\u00a0: Tours",
    "Lieu: Tours": "Lieu\u00a0: Tours",
    "dit « oui » à": "dit «\u00a0oui\u00a0» à",
    'dit "oui" à': "dit «\u00a0oui\u00a0» à",
    "l'entreprise": "l’entreprise",
    "et puis...": "et puis…",
    "900 000 €": "900\u202f000\u00a0€",
    "1 000 à 4 999 salariés": "1\u202f000 à 4\u202f999 salariés",
    "en 2026 et 2027": "en 2026 et 2027",
    "20 %, 50k€, 3,5 M€": "20\u00a0%, 50\u00a0k€, 3,5\u00a0M€",
    "25 000 € HT": "25\u202f000\u00a0€\u00a0HT",
    "à 9 h 02, puis 14 h": "à 9\u00a0h\u00a002, puis 14\u00a0h",
    "à 9:02": "à 9:02",
    "article L. 1221-8": "article L.\u00a01221-8",
    "(L.1221-6)": "(L.\u00a01221-6)",
    "commencer par l'étape 1.": "commencer par l’étape\u00a01.",
    "le 1er avril 2027": "le 1er\u00a0avril 2027",
    "M. Dupont": "M.\u00a0Dupont",
    "https://a.example/b?c=d;e : vu": "https://a.example/b?c=d;e\u00a0: vu",
    "Voir https://a.example?": "Voir https://a.example\u202f?",
    "paul.o'neil@a.example !": "paul.o’neil@a.example\u202f!",
    "S002-C07 ; COST-BE": "S002-C07\u202f; COST-BE",
    "06 12 34 56 78": "06 12 34 56 78",
    "2026-11-23": "2026-11-23",
    "{{7*7}} #import $x$ </w:t> ]]>": "{{7*7}} #import $x$ </w:t> ]]>",
}
ENGLISH = {
    "Why ?": "Why?",
    "Place\u00a0: Tours": "Place: Tours",
    "\"yes\" and 'no'": "“yes” and ‘no’",
    "the company's own": "the company’s own",
    "« yes »": "“yes”",
    "wait...": "wait…",
    "article L. 1221-8": "article L.\u00a01221-8",
    "by 1 April 2027, at 6 pm": "by 1\u00a0April 2027, at 6\u00a0pm",
    "the end of step 1": "the end of step\u00a01",
    "12:30": "12:30",
}


@pytest.mark.parametrize("written", FRENCH)
def test_french(written):
    assert typeset(written, "fr") == FRENCH[written]


@pytest.mark.parametrize("written", ENGLISH)
def test_english(written):
    assert typeset(written, "en") == ENGLISH[written]


def test_a_rule_reaches_across_bold_words():
    assert settle(["Lieu", " : ", "« ", "Tours", " » ?"], "fr") == [
        "Lieu",
        "\u00a0: ",
        "«\u00a0",
        "Tours",
        "\u00a0»\u202f?",
    ]


def test_spaces_are_single_and_none_at_the_ends():
    assert settle(["\n  Un ", " deux\n", "\u2028 trois "], "fr") == ["Un ", "deux", "\ntrois"]


MARKS = st.text(alphabet=list("aZ9é .,:;!?«»\"'’“”()[]…-%€kh°LR/@\n\u00a0\u202f\ue000\ue001\u2028"))


@given(st.one_of(MARKS, st.text()), st.sampled_from(["fr", "en"]))
@example('9 :"', "en")
def test_typesetting_twice_changes_nothing_more(text, lang):
    once = typeset(text, lang)
    assert typeset(once, lang) == once


@given(st.text(alphabet=st.characters()))
def test_cleaning_leaves_nothing_that_cannot_be_seen(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert not {unicodedata.category(c) for c in cleaned.replace("\n", "")} & {
        "Cc",
        "Cf",
        "Cs",
        "Co",
    }
    cleaned.encode()


def test_cleaning():
    assert clean("  a\u202eb\u200b\x00c\t d\r\n\r\n  e\ud800 ") == "abc d\ne"
    assert clean("e\u0301") == "é"
    assert clean("👨\u200d👩\u200d👧\ufe0f") == "👨👩👧"
    long = clean("x" * 5000)
    assert len(long) == LIMIT
    assert long.endswith("…")
    assert printable("a\n b") == "a\n b"

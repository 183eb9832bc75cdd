"""What goes out of the company never tells how its committee gets on."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.documents import document as doc
from bot.documents.editions import FOR_COMMITTEES
from bot.documents.facts import Order
from bot.documents.press import Press
from tests.documents import cases, committees
from tests.documents.cases import PERSONAS

INSIDE = re.compile(
    r"avis (?:s'opposent|divergent|dispersés)|désaccord stable|voix différente"
    r"|jugée? \w+ (?:flou|peu)|moyennement|difficilement|serait plutôt"
    r"|(?:Personne|personne) ne porte|Freins cités"
    r"|[Vv]iews are|stable disagreement|different voice|rated \w+ unclear|moderately"
    r"|with difficulty|would probably|Nobody sponsors|Obstacles named"
)
KINDS = sorted(cases.PRESS.kinds - FOR_COMMITTEES)
OPTIONS = {
    kind: option.id for option in cases.shelf().model.options for kind in option.docs if kind
}
WORST = {
    "clarity_of_why": 1,
    "role_split": 1,
    "it_marketing_cooperation": 1,
    "joint_decisions": 1,
    "stage_ownership": "plutot_oui",
    "sponsor": "aucun",
    "adoption_brakes": ("peur", "management"),
}


def outgoing(press: Press, order: Order) -> list[doc.Document]:
    """The editions that say nowhere that they stay inside."""
    option = OPTIONS.get(order.kind, order.values.get("option", ""))
    order = replace(order, values={**order.values, "option": option})
    return [made for made in press.compose(order) if not made.confidential]


def orders(kind: str, lang: str) -> list[tuple[Press, Order]]:
    """A divided committee of five, one of three, and lone people of every kind and at worst."""
    five, three = (committees.kept(committees.people(id_)) for id_ in ("P12", "P21"))
    together = [(committees.PRESS, committees.order(kind, one, lang)) for one in (five, three)]
    alone = [cases.order(persona, kind, lang) for persona in PERSONAS.values()]
    worst = cases.order(PERSONAS["P07"], kind, lang, **WORST)
    return together + [(cases.PRESS, order) for order in (*alone, worst)]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_outsider_reads_nothing_of_how_the_committee_gets_on(kind: str, lang: str) -> None:
    for press, order in orders(kind, lang):
        for made in outgoing(press, order):
            for line in cases.lines(made):
                assert not INSIDE.search(cases.flat(line)), line


BRIEFS = [kind for kind in KINDS if kind.startswith("brief")]
UNWRITTEN = {"fr": "« pourquoi » reste à écrire", "en": "purpose is still to be written"}


@pytest.mark.parametrize("lang", UNWRITTEN)
@pytest.mark.parametrize("kind", BRIEFS)
def test_a_purpose_that_is_unclear_or_debated_is_still_to_be_written(kind: str, lang: str) -> None:
    divided = committees.order(kind, committees.kept(committees.people("P12")), lang)
    unclear = cases.order(PERSONAS["P07"], kind, lang, clarity_of_why=2)
    for press, order in ((committees.PRESS, divided), (cases.PRESS, unclear)):
        brief = outgoing(press, order)[0]
        assert UNWRITTEN[lang] in cases.flat(cases.text(brief))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_not_even_the_job_description_says_that_views_are_opposed(lang: str) -> None:
    order = committees.order("fiche_cdo", committees.kept(committees.people("P12")), lang)
    order = replace(order, values={**order.values, "option": "permanent_cdo"})
    said = cases.flat(cases.text(committees.PRESS.compose(order)[0]))
    assert not re.search("avis s'opposent|Views are opposed", said)
    assert {"fr": "L'écrire passe avant", "en": "Writing it comes before"}[lang] in said

"""What a committee receives as files: its note, its agenda, its record, and what they never say."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Mapping
from dataclasses import replace

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader

from bot.core.condition import Values
from bot.core.digest import Digest
from bot.documents import document as doc
from bot.documents.editions import FOR_COMMITTEES
from bot.documents.facts import DRAFT, FINAL
from bot.documents.facts_note import MOST_WORDS, count_words
from tests.documents import cases
from tests.documents import committees as made
from tests.documents.cases import said_in_order
from tests.documents.committees import (
    DECIDED,
    P12,
    PRESS,
    VOTE,
    answered,
    composed,
    kept,
    only,
    order,
    pages,
    said,
)

# -- The note ------------------------------------------------------------------------------


def test_the_note_of_a_divided_committee() -> None:
    said_in_order(
        composed(order("note", kept(P12))),
        """
        CODIR du 9 décembre 2026 · Proposition préparée par la direction générale
        VERSION À VALIDER
        Décision à prendre le 9 décembre 2026 : départager « CDO de transition ou à temps partagé »
        Recommandation
        CDO de transition ou à temps partagé (13 points) et réorganiser par processus
        Confiance faible : l'écart n'est que de 1 point
        tout tient au temps de pilotage
        De 6 à 10 jours de pilotage par mois
        Besoin d'un à trois ans
        De 90 à 130 k€ par an
        Bascule : à cinq jours par mois ou moins, réorganiser passe en tête.
        Alignement marketing-ventes : 34/100, « Défini »
        Trois dimensions sont à égalité au plus bas. D'abord : écrire en une page
        Où nous ne voyons pas la même chose
        Jours de pilotage par mois : de 0 à 2 ; de 3 à 5 ; de 6 à 10. Point pivot.
        Clarté du « pourquoi » : avis opposés, désaccord stable.
        Objectifs marketing et commerce : avis opposés, désaccord stable.
        Usage des outils : une voix différente
        Coût comparé
        CDO de transition ou à temps partagé, huit jours par mois | 86 400 € | 259 200 €
        Réorganiser par processus, sans recruter | 37 200 € | 47 200 €
        CDO en CDI (repère) | 184 200 € | 518 034 €
        Sous 15 jours par mois à 900 €, louer coûte moins cher qu'acheter
        Points à lever
        Attention : le budget ne couvre pas un CDO salarié (162 200 € par an).
        Attention : les réponses ne désignent pas le même porteur.
        Prochaines étapes
        30 jours : le « pourquoi » écrit en une phrase, le porteur nommé (DG).
        60 jours : contact prêt défini, indicateurs choisis (marketing, commerce).
        90 jours : option engagée, premier point mensuel tenu (DG).
        Limites
        Cinq réponses sur cinq ; quatre « je ne sais pas ».
        """,
    )


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("named", [False, True])
def test_the_note_holds_in_one_page_with_its_dots(lang: str, named: bool) -> None:
    asked = order("note", kept(P12, named=named), lang, named=named)
    document = composed(asked)
    assert count_words(document) <= MOST_WORDS
    assert pages(asked) == 1
    drawn = [block.key for block in document.blocks if isinstance(block, doc.Figure)]
    assert drawn[0] == "alignment"
    assert drawn[1] in ("dots", "fewer_dots")


# -- Few answers ---------------------------------------------------------------------------

SPREAD = re.compile(r"(?:réponses ?:|answers:) [^.]*\(\d\)")


def test_two_people_read_no_answer() -> None:
    """Not even the values of a fact: each would read the other's."""
    two = answered(only("P12", "DG", "COM"))
    for kind in ("note", "agenda"):
        for lang in ("fr", "en"):
            text = said(order(kind, two, lang))
            assert not SPREAD.search(text)
            assert "Réponses reçues :" not in text
            assert "Answers received:" not in text
    assert "Moins de trois réponses : aucune n'est montrée." in said(order("note", two))
    text = said(order("agenda", two))
    assert "Questions ouvertes" in text
    assert "médiane" not in text


def test_two_people_who_accept_read_statuses_only() -> None:
    both = answered(only("P12", "DG", "COM"), both=True)
    text = said(order("note", both))
    assert "écart marqué" in text
    assert "Aucun point ne divise" not in text
    assert "Deux réponses différentes sur : feuille de route" in said(order("agenda", both))
    assert not SPREAD.search(text)


def test_three_people_read_medians() -> None:
    three = kept(only("P12", "DG", "MKT", "COM"))
    text = said(order("agenda", three))
    assert "Trois réponses, médiane « plutôt flou »." in text
    assert not SPREAD.search(text)


def test_four_people_read_distributions() -> None:
    four = kept(only("P12", "DG", "MKT", "COM", "DRH"))
    assert SPREAD.search(said(order("agenda", four)))


def test_functions_stand_beside_answers_only_when_everybody_accepted() -> None:
    named = order("agenda", kept(P12, named=True), named=True)
    assert "très flou (commerce), plutôt flou (marketing)" in said(named)
    closed = replace(named, committee=replace(named.committee, named=False))  # type: ignore[type-var]
    assert "(commerce)," not in said(closed)


# -- What is never told --------------------------------------------------------------------

KINDS = sorted(PRESS.kinds | FOR_COMMITTEES)


def bytes_of(found: Digest, kinds: tuple[str, ...]) -> list[bytes]:
    return [
        file.content + file.name.encode()
        for kind in kinds
        for lang in ("fr", "en")
        for file in PRESS.write(order(kind, found, lang))
    ]


def swapped(by: Mapping[str, Values], first: str, second: str) -> dict[str, Values]:
    """Two people's answers to every opinion that all gave exchanged, and nothing else."""
    asked = made.expertise().divergences
    items = [
        item
        for item in (*asked.scales, *asked.ordinals)
        if all(
            isinstance(values.get(item), int | str) and values[item] != "nsp"
            for values in by.values()
        )
    ]
    assert len(items) > 5
    mine, theirs = dict(by[first]), dict(by[second])
    for item in items:
        mine[item], theirs[item] = theirs[item], mine[item]
    return {**by, first: mine, second: theirs}


@pytest.mark.parametrize(("first", "second"), list(itertools.combinations(P12, 2)))
def test_documents_do_not_tell_whose_opinion_it_is(first: str, second: str) -> None:
    """Exchanging two people's opinions changes no byte of what anybody receives.

    A dimension of several questions is a mean of people's means: it may move, and is left out.
    """
    kinds = ("note", "agenda")
    before, after = kept(P12), kept(swapped(P12, first, second))
    moved = {d for d in before.dimensions if before.dimensions[d] != after.dimensions[d]}
    assert moved <= {"tools"}
    after = replace(after, dimensions=before.dimensions, signals=before.signals)
    assert bytes_of(before, kinds) == bytes_of(after, kinds)


@pytest.mark.parametrize("seat", P12)
@pytest.mark.parametrize("leant", ["cdo", "attendre", "nsp"])
def test_documents_do_not_tell_what_anybody_leant_towards(seat: str, leant: str) -> None:
    changed = {
        **P12,
        seat: {
            **P12[seat],
            "initial_preference": cases.answers({"initial_preference": leant})[
                "initial_preference"
            ],
        },
    }
    before, after = kept(P12), replace(kept(changed), unknown=kept(P12).unknown)
    for kind in KINDS:
        first, second = (PRESS.compose(order(kind, found)) for found in (before, after))
        assert first == second


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_no_document_prints_what_only_one_person_said(kind: str, lang: str) -> None:
    """The owner's lone answers would otherwise win by their authority."""
    alone = {**P12["DG"], "projects": "p11", "workload_pattern": "reguliere", "tool_usage": 5}
    found = answered({**P12, "DG": alone})
    for document in PRESS.compose(order(kind, found, lang)):
        text = cases.flat(cases.text(document))
        if kind != "agenda":  # where the different values are listed, without authors
            assert "plus de 10 chantiers" not in text
            assert "more than 10" not in text
        assert "presque tous" not in text.replace("presque tous (1)", "")


def texts_of(name: str, content: bytes) -> str:
    """Everything that can be read in a file: text, alternative texts and properties."""
    if name.endswith(".pdf"):
        pdf = PdfReader(io.BytesIO(content))
        return " ".join([*(page.extract_text() for page in pdf.pages), str(pdf.metadata)])
    file = docx.Document(io.BytesIO(content))
    xml = file.element.xml
    core = file.core_properties
    said = [core.title, core.subject, core.author, core.comments, core.keywords, core.category]
    return re.sub(r"<[^>]+>", " ", xml) + " ".join(re.findall(r'descr="([^"]*)"', xml)) + str(said)


BESIDE = re.compile(
    r"(?:direction (?:générale|marketing|commerciale)|DSI|DRH|DG|commerce|marketing|informatique)"
    r"\s*[:=(]\s*(?:très|plutôt|moyennement|entièrement|presque|une minorité|de \d)",
    re.IGNORECASE,
)


@pytest.mark.parametrize("kind", ["note", "agenda", "minutes"])
def test_no_function_stands_beside_an_answer_anywhere_in_a_file(kind: str) -> None:
    for file in PRESS.write(order(kind, kept(P12))):
        text = texts_of(file.name, file.content)
        assert not BESIDE.search(text), file.name
        assert len(text) > 500
        assert not re.search(r"oppos|pivot|stable|interim|reorg", file.name, re.IGNORECASE)


@pytest.mark.parametrize("kind", ["note", "agenda"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_with_two_people_no_points_are_printed(kind: str, lang: str) -> None:
    two = only("P12", "DG", "COM")
    printed = said(order(kind, kept(two), lang))
    assert "points)" not in printed
    assert "Points" not in printed.split("\n")
    assert "13" not in printed.replace("2013", "")
    assert "points)" in said(order("note", kept(only("P12", "DG", "MKT", "COM")), lang))


# -- The files -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("fr", {"note": "Note-CODIR", "agenda": "Ordre-du-jour", "minutes": "Releve-de-decisions"}),
        ("en", {"note": "Committee-note", "agenda": "Agenda", "minutes": "Decisions"}),
    ],
)
def test_file_names(lang: str, names: Mapping[str, str]) -> None:
    for kind, name in names.items():
        word, pdf = PRESS.write(order(kind, kept(P12), lang))
        assert word.name == f"{name}_Societe-Calvane_2026-11-23.docx"
        assert pdf.name == f"{name}_Societe-Calvane_2026-11-23.pdf"


@pytest.mark.parametrize("kind", ["note", "agenda", "minutes"])
def test_the_word_files_are_valid(kind: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    word, _ = PRESS.write(order(kind, kept(P12), decisions=DECIDED, **VOTE))
    path = tmp_path / "file.docx"
    path.write_bytes(word.content)
    assert OpenXmlValidator().validate(str(path)).errors == []


@pytest.mark.parametrize("kind", ["note", "agenda", "minutes"])
def test_the_edition_for_a_phone_can_be_read_aloud(kind: str) -> None:
    (file,) = PRESS.write(order(kind, kept(P12)), phone=True)
    pdf = PdfReader(io.BytesIO(file.content))
    assert float(pdf.pages[0].mediabox.width) < 300
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_session_with_a_partner_waits_for_both() -> None:
    asked = order("note", kept(P12), owner="DRH", partner="MKT", agreed=False)
    assert PRESS.status(asked) == DRAFT
    assert PRESS.status(order("note", kept(P12), owner="DRH", partner="MKT")) == FINAL


# -- Any committee -------------------------------------------------------------------------

LONE = sorted(cases.PERSONAS)
SEATS = ("DG", "MKT", "COM", "DRH", "DSI", "DAF", "AUT", "AUT2")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    chosen=st.lists(st.sampled_from(LONE), min_size=2, max_size=8),
    lang=st.sampled_from(["fr", "en"]),
    minutes=st.sampled_from([60, 75, 90]),
    second=st.booleans(),
)
def test_any_committee_gets_its_note_and_its_agenda(
    chosen: list[str], lang: str, minutes: int, second: bool
) -> None:
    by = {
        seat: {**cases.answers(cases.PERSONAS[id_]["respondents"][0]["answers"]), "role": seat}
        for seat, id_ in zip(SEATS, chosen, strict=False)
    }
    found = kept(by) if second and len(by) > 2 else answered(by)
    note = order("note", found, lang)
    assert count_words(composed(note)) <= MOST_WORDS
    assert pages(note) == 1
    agenda = order("agenda", found, lang, minutes=minutes)
    assert pages(agenda) <= 3
    for asked in (note, agenda):
        text = said(asked)
        assert not re.search(r"\bnsp\b|\bTrue\b|\{\w*\}|\*\*", text)
        assert lang == "en" or "None" not in text  # in English, it is also an answer
        assert not re.search(r" ,|\.\.(?!\.)|\(\)|\[\]| : ;", text), text

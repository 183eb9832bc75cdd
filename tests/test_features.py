"""The acceptance list: each row has a test under its id; here, those of the conversation."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from bot.content.library import Library
from bot.content.personas import load_personas
from bot.conversation.hearing import Delivered, Tap
from bot.conversation.reply import Picture
from bot.core.assessment import assess
from bot.core.reading import Answer
from tests.playing import normal
from tests.talking import Talk
from tests.test_rules import session

TESTS = Path(__file__).parent
COMMITTEE = {"FR01", "FR45"}
"""The rows that come with the sessions of several respondents."""

Meet = Callable[..., Talk]


def test_every_row_of_the_list_has_a_test_under_its_id() -> None:
    named = {
        f"FR{number}"
        for path in TESTS.rglob("test_*.py")
        for number in re.findall(r"def test_fr(\d\d)_|\"FR(\d\d)\"", path.read_text("utf-8"))
        for number in number
        if number
    }
    wanted = {f"FR{number:02}" for number in range(1, 49)} - COMMITTEE
    assert wanted - named == set()


@pytest.fixture(scope="module")
def personas(library: Library) -> Mapping[str, Mapping[str, Answer]]:
    found = load_personas(TESTS / "personas.yaml", library.dialogs)
    return {one.id: one.respondents[0] for one in found if len(one.respondents) == 1}


@pytest.fixture
def meet(library: Library, personas: Mapping[str, Mapping[str, Answer]]) -> Meet:
    """A persona, some answers changed, about to read the recommendation."""

    def met(persona: str, lang: str = "fr", **more: Answer) -> Talk:
        talk = Talk(library, {**personas[persona], **more}, lang)
        talk.hear(Tap("abcdef", "g", ("advice",)))
        return talk

    return met


def flat(text: str) -> str:
    return " ".join(normal(text))


# -- The recommendation --------------------------------------------------------------------


def test_the_recommendation_reads_as_on_a_phone(meet: Meet) -> None:
    assert normal(meet("P06").read) == normal(
        """
        Recommandation · confiance élevée, car les réponses utiles sont connues, l'écart est de 6 points et aucune règle ne décide à elle seule.
        Facilitateur marketing indépendant · 15 points
        Pourquoi
        • De trois à cinq chantiers : il faut surtout un gestionnaire de projet qui relie les services. [S003-M02]
        • Charge par à-coups : la souplesse d'un indépendant est un atout. [S003-C04]
        • Des chantiers sans gestion de projet en interne : c'est la compétence à faire venir. [S003-M02]
        Réserves
        • Peu de pilotage stratégique dans la durée : un CDO à plein temps ferait surtout de l'exécution, ce qui plaide pour l'option suivante. [S002-F01]
        • L'auteur le plus cité est partie prenante : elle vend le service de facilitation qu'elle décrit. [S003]
        Ensuite : stratège externe, puis spécialiste recruté, 9 points
        Ce qui les sépare : feuille de route validée, sans budget ; trois à cinq chantiers. [S003-C09, S003-M02]
        Écarté pour l'instant : CDO en CDI
        Alignement marketing-ventes : 48/100, « Défini »
        La décision reste la vôtre.
        """  # noqa: E501
    )


@pytest.mark.parametrize("seed", range(20))
def test_whatever_the_answers_it_holds_on_two_screens_of_a_phone(
    library: Library, seed: int
) -> None:
    answers = session(library, random.Random(seed), unknown=0.1)
    for lang in ("fr", "en"):
        talk = Talk(library, answers, lang)
        read = talk.hear(Tap("abcdef", "g", ("advice",)))
        assert len(read) <= 1400
        assert read.count("•") <= 5
        assert all(len(button.action.encode()) <= 64 for button in talk.buttons)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_for_every_persona_it_holds_in_1300_characters(
    meet: Meet, personas: Mapping[str, Mapping[str, Answer]], lang: str
) -> None:
    assert max(len(meet(persona, lang).read) for persona in personas) <= 1300


# -- The list ------------------------------------------------------------------------------


def test_fr07_the_alignment_is_a_score_a_level_and_seven_dimensions(
    library: Library, personas: Mapping[str, Mapping[str, Answer]], meet: Meet
) -> None:
    found = assess(library.expertise, [personas["P07"]]).alignment
    assert (round(found.overall or 0, 1), len(found.dimensions)) == (21.4, 7)
    talk = meet("P07")
    assert "Alignement marketing-ventes : 21/100, « Non défini »" in flat(talk.read)
    talk.tap("Voir en images")
    assert [one.name for one in talk.replies if isinstance(one, Picture)] == [
        "options",
        "alignment",
    ]


LOWEST = [
    (
        "P02",
        {},
        """
        Les deux points les plus bas, et par où commencer
        • Définitions et passage de relais, 25/100 (indicatif : une seule question). Écrire en une page ce qu'est un contact prêt pour le réseau de vente et son délai de reprise. [S001-M02-2]
        • Indicateurs partagés, 25/100 (indicatif : une seule question). Choisir cinq indicateurs au plus, chacun avec un responsable. [S000-C06]
        """,  # noqa: E501
    ),
    ("P06", {}, "5 autres dimensions sont au même niveau."),
    ("P08", {}, "Usage des outils et lien avec l'informatique, 13/100. Mesurer"),
    ("P11", {}, "non calculable, trop de réponses manquantes Les deux points les plus bas"),
    (
        "P02",
        dict.fromkeys(
            "shared_targets sales_ready_definition joint_decisions role_split shared_dashboard"
            " shared_customer_data tool_usage it_marketing_cooperation".split(),
            5,
        ),
        "Aucune dimension ne demande de conseil : toutes sont à 75 ou plus.",
    ),
]


@pytest.mark.parametrize(("persona", "more", "said"), LOWEST)
def test_the_two_lowest_dimensions_come_with_one_advice_each(
    meet: Meet, persona: str, more: Mapping[str, Answer], said: str
) -> None:
    talk = meet(persona, **more)
    assert flat(said) in flat(talk.tap("Voir en images"))
    assert "Recommandation" in talk.tap("Revenir à la recommandation")


def test_fr23_rent_or_buy_follows_the_days_of_steering(meet: Meet) -> None:
    assert "« De 0 à 2 jours » : louer." in flat(meet("P02").command("/calcul"))
    much = meet("P02", steering_days="j16").command("/calcul")
    assert "« 16 jours ou plus » : acheter, si le besoin dure." in flat(much)


def test_fr25_an_apprentice_needs_a_strategy_first(meet: Meet) -> None:
    barred = "Un alternant exécute une stratégie ; il ne peut pas la concevoir seul."
    assert (
        barred.lower()
        in flat(
            meet("P03", roadmap="aucune", internal_skills=("aucune",)).tap("Voir pourquoi")
        ).lower()
    )
    talk = meet("P03")
    assert "Alternant suivi par un conseil externe · 18 points" in talk.read
    talk.tap("Retenir cette option")
    assert talk.turn.interview.given["documents"] == ("fiche_alternant", "brief_suivi", "note")


def test_fr28_the_benchmark_on_strategy_comes_after_the_answer(
    library: Library, meet: Meet
) -> None:
    question = library.dialogs["diagnostic"]["steering_days"]
    assert "10 à 20 %" in question.post.fr
    assert "10 à 20 %" not in f"{question.text.fr} {question.why.fr} {question.effect.fr}"
    said = "revient à 7 440 €, 4 960 € ou 3 720 €, selon qu'elle occupe 10, 15 ou 20 %"
    assert said in flat(meet("P02").command("/calcul"))


def test_fr29_the_reckoning_is_the_persons_own(meet: Meet) -> None:
    talk = meet("P02")
    assert "Recruter un CDO en CDI 1 an : 184 200 € · 3 ans : 518 034 €" in flat(
        talk.command("/calcul")
    )
    talk.tap("Modifier les hypothèses")
    talk.tap("8")
    assert "Salaire fixe brut annuel d'un CDO" in flat(talk.read)
    # 130 960 € a year, and the fee of 22 % on a gross pay of 80 000 € in the first.
    assert "Recruter un CDO en CDI 1 an : 148 560 €" in flat(talk.say("80 k€"))
    assert sum((130_960, 17_600)) == 148_560


def test_fr30_a_company_that_needs_a_translator_gets_a_facilitator(meet: Meet) -> None:
    talk = meet("P06")
    talk.tap("Retenir cette option")
    assert talk.turn.interview.answers["option"] == "facilitator"
    assert talk.turn.interview.given["documents"] == ("brief_facilitateur", "note")


@pytest.mark.parametrize("screen", ["advice", "why"])
def test_fr44_each_citation_opens_its_source_and_comes_back(meet: Meet, screen: str) -> None:
    talk = meet("P02")
    before = talk.read if screen == "advice" else talk.tap("Voir pourquoi")
    cited = {id_ for ids in re.findall(r"\[(.*?)\]", before) for id_ in ids.split(", ")}
    assert cited == {one.label for one in talk.buttons if ":g:source:" in one.action}
    said = flat(talk.tap("S002-C07"))
    assert "S002-C07 · avis de l'auteur" in said
    assert "Xavier Gueny" in said
    assert "Auteur partie prenante : vend la prestation décrite." in said
    assert talk.tap("Retour") == before


DATED = """S003-F02 S003-F03 S003-F04 S003-F05 S003-F06 S003-F07 S003-F08 S004-F01 S004-F02
S004-F03 S000-F02"""


def test_fr46_dated_figures_come_on_request_with_their_check(meet: Meet) -> None:
    talk = meet("P02")
    said = flat(talk.command("/sources S003-F03"))
    assert "prévision de 2018 pour 2020, non vérifiée" in said
    assert "S003-F03" not in flat(talk.command("/sources"))
    lines = [line for line in normal(talk.tap("Repères datés")) if line.startswith("•")]
    assert set(DATED.split()) <= {re.findall(r"\[([\w-]+), ", line)[0] for line in lines}
    for line in lines:
        assert re.search("vérifié|confirmé|ce chiffre", line)
        assert re.search(r"20\d\d\]$", line)


def test_fr48_sources_say_who_said_what(meet: Meet) -> None:
    talk = meet("P02")
    said = flat(talk.command("/sources"))
    for name in ("Xavier Gueny", "Fabienne Billat", "La fondatrice de CinWe"):
        assert name in said
    for id_ in ("S000-A04", "S002-A01", "S003-A01", "S004-A01"):
        assert id_ in talk.command(f"/sources {id_}")
        assert len(normal(talk.read)) >= 3


# -- The edition for a phone ---------------------------------------------------------------


def delivered(talk: Talk) -> Talk:
    """The same, once the files have arrived."""
    talk.hear(Delivered(talk.deliveries[0].version))
    return talk


def test_the_edition_for_a_phone_comes_on_request(meet: Meet) -> None:
    talk = meet("P06")
    talk.tap("Retenir cette option")
    talk.tap("Générer maintenant, à compléter")
    assert [one.phone for one in talk.deliveries] == [False]
    delivered(talk).tap("Lire sur téléphone")
    (asked,) = talk.deliveries
    assert (asked.phone, asked.version) == (True, 1)
    assert "au format du téléphone" in delivered(talk).read
    assert "Lire sur téléphone" not in [one.label for one in talk.buttons]


def test_after_a_change_the_new_version_is_written_whole(meet: Meet) -> None:
    talk = meet("P06")
    talk.tap("Retenir cette option")
    talk.tap("Générer maintenant, à compléter")
    delivered(talk)
    talk.answer("company_name", "Maison Lucie")
    talk.tap("Lire sur téléphone")
    (asked,) = talk.deliveries
    assert (asked.phone, asked.version) == (False, 2)

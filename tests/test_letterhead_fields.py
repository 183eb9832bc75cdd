"""A company's own template in the chat: its fields told, filled, brought along, taken away."""

from __future__ import annotations

import io
from collections.abc import Mapping

import docx
import pytest

from bot.content.library import Library
from bot.conversation import letterhead
from bot.conversation.hearing import Examined
from bot.core.fields import Field
from bot.service import Service
from tests.documents import papers
from tests.playing import Act, normal, play
from tests.standin import Person, StandIn
from tests.talking import Talk
from tests.test_letterhead_chat import (
    about_to_write,
    content,
    edges,
    files_of,
    names,
    screens,
    send,
    tap,
)

FORM = papers.form_paper()
FILLED = "Modele_Maison-Lisiere_2026-11-24.docx"


@pytest.fixture
async def anne(standin: StandIn, service: Service) -> Person:
    return await about_to_write(standin, service, "fr")


def flat(text: str) -> str:
    return " ".join(normal(text))


def words(word: bytes) -> str:
    """The text of a Word file, its first table included."""
    file = docx.Document(io.BytesIO(word))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in file.paragraphs), *cells])


async def test_a_template_is_told_filled_and_taken_away(anne: Person, service: Service) -> None:
    await tap(anne, "Ajouter un papier à en-tête")
    assert "avec des champs comme {{ entreprise }}" in screens(anne)[-1]
    await send(anne, "modele-fiche.docx", FORM)
    assert screens(anne)[-1] == (
        "Reçu. J'ai trouvé 14 champs ; 12 seront remplis. "
        "Inconnus : « {{ matricule }} » (premier tableau), « {{ grade }} » (pied de page). "
        "Ils seront imprimés « [à compléter] ». "
        "Il s'ajoutera aux documents, en Word seulement : sa mise en PDF demande Word."
    )
    assert anne.visible(anne.private)[-1].rows == [
        ["Utiliser ce modèle"],
        ["Voir les champs possibles"],
        ["En envoyer un autre"],
    ]

    await tap(anne, "Utiliser ce modèle")
    assert "C'est fait. Il sera supprimé avec la session." in screens(anne)[-1]
    await tap(anne, "Générer les documents")
    assert names(anne)[-1] == FILLED
    filled = words(content(anne, FILLED))
    for said in ("Pour Maison Lisière.", "25 000 € HT au plus", "11 janvier 2027", "[à compléter]"):
        assert said in flat(filled)
    assert "{{" not in filled
    ours = next(name for name in names(anne) if name.endswith(".docx"))
    assert "24 novembre 2026" in flat(edges(content(anne, ours)))
    assert "Fiche :" not in words(content(anne, ours))

    for act in ("/mesdonnees", "[Recevoir le fichier]"):
        await play(anne, Act(act))
    mine = next(name for name in names(anne) if name.endswith(".json"))
    assert "Votre modèle rempli les accompagne" in flat(content(anne, mine).decode())
    await play(anne, Act("/document"))
    assert "Votre modèle rempli les accompagne, en Word." in screens(anne)[-1]
    await tap(anne, "Retirer le modèle")
    assert "Le modèle est effacé" in screens(anne)[-1]
    assert await files_of(service, f"telegram:{anne.user.id}") == 0


async def test_the_possible_fields_hold_in_one_message(anne: Person) -> None:
    await send(anne, "modele-fiche.docx", FORM)
    await tap(anne, "Voir les champs possibles")
    assert len(anne.visible(anne.private)[-1].words) < 4096
    assert "• {{ entreprise }} ou {{ company }} : nom de l'entreprise" in screens(anne)[-1]
    assert anne.visible(anne.private)[-1].rows == [["Utiliser ce modèle"], ["En envoyer un autre"]]
    await tap(anne, "Utiliser ce modèle")
    assert "C'est fait." in screens(anne)[-1]


async def test_the_possible_fields_can_be_read_before_a_file_is_sent(anne: Person) -> None:
    await tap(anne, "Ajouter un papier à en-tête")
    await tap(anne, "Voir les champs possibles")
    assert "{{ intitule_poste }}" in screens(anne)[-1]
    await tap(anne, "Envoyer un fichier")
    assert screens(anne)[-1].startswith("Envoyez ici un fichier Word")


async def test_what_nobody_has_answered_yet_is_told(anne: Person) -> None:
    text = "<w:p><w:r><w:t>{{ lieu }}, {{ entreprise }}</w:t></w:r></w:p>"
    await send(anne, "modele.docx", papers.in_body(text))
    assert (
        "J'ai trouvé 2 champs ; un seul sera rempli. "
        "Sans réponse pour l'instant : « {{ lieu }} » (corps du texte). "
        "Il sera imprimé « [à compléter] »."
    ) in screens(anne)[-1]


async def test_in_english(standin: StandIn, service: Service) -> None:
    ann = await about_to_write(standin, service, "en")
    await send(ann, "form.docx", FORM)
    assert screens(ann)[-1] == (
        "Received. I found 14 fields; 12 will be filled in. "
        "Unknown: “{{ matricule }}” (first table), “{{ grade }}” (footer). "
        "They will be printed “[to be completed]”. "
        "It will come with the documents, in Word only: turning it into a PDF takes Word."
    )
    await tap(ann, "See the possible fields")
    assert "• {{ company }} or {{ entreprise }}: the company's name" in screens(ann)[-1]


async def test_another_file_takes_its_place(anne: Person, service: Service) -> None:
    person = f"telegram:{anne.user.id}"
    await send(anne, "modele-fiche.docx", FORM)
    await tap(anne, "En envoyer un autre")
    await send(anne, "entete.docx", papers.plain_paper())
    await tap(anne, "L'utiliser")
    assert await files_of(service, person) == 1
    await tap(anne, "Générer les documents")
    assert FILLED not in names(anne)


async def test_a_template_in_use_stays_until_another_is_chosen(
    anne: Person, service: Service
) -> None:
    await send(anne, "modele-fiche.docx", FORM)
    await tap(anne, "Utiliser ce modèle")
    await send(anne, "entete.docx", papers.plain_paper())
    await play(anne, Act("/document"))
    assert "Votre modèle rempli" in screens(anne)[-1]


async def test_too_many_fields_are_refused(anne: Person, service: Service) -> None:
    many = "".join(f"<w:p><w:r><w:t>{{{{ a{n} }}}}</w:t></w:r></w:p>" for n in range(301))
    await send(anne, "modele.docx", papers.in_body(many))
    assert "plus de 300 champs ; je n'en remplis pas autant" in screens(anne)[-1]
    assert await files_of(service, f"telegram:{anne.user.id}") == 0


async def test_erasing_takes_the_template_along(anne: Person, service: Service) -> None:
    await send(anne, "modele-fiche.docx", FORM)
    await tap(anne, "Utiliser ce modèle")
    assert await files_of(service, f"telegram:{anne.user.id}") == 1
    await play(anne, Act("/effacer"))
    await tap(anne, "Effacer définitivement")
    assert await files_of(service, f"telegram:{anne.user.id}") == 0


def field(name: str, place: str = "text", n: int = 0) -> Field:
    return Field(name, place, n)


SAID: Mapping[str, tuple[Examined, str]] = {
    "one filled": (Examined("a", fields=1), "J'ai trouvé un champ ; il sera rempli."),
    "all filled": (Examined("a", fields=3), "J'ai trouvé 3 champs ; tous seront remplis."),
    "one unknown": (
        Examined("a", fields=1, unknown=(field("x", "header"),)),
        "J'ai trouvé un champ ; il ne sera pas rempli. Inconnu : « {{ x }} » (en-tête). "
        "Il sera imprimé « [à compléter] ».",
    ),
    "none filled": (
        Examined("a", fields=2, unanswered=(field("lieu"), field("contrat", "table", 4))),
        "J'ai trouvé 2 champs ; aucun ne sera rempli. Sans réponse pour l'instant : "
        "« {{ lieu }} » (corps du texte), « {{ contrat }} » (tableau 4). "
        "Ils seront imprimés « [à compléter] ».",
    ),
    "one of two": (
        Examined("a", fields=2, unknown=(field("x", "box"),)),
        "J'ai trouvé 2 champs ; un seul sera rempli. Inconnu : « {{ x }} » (zone de texte). "
        "Il sera imprimé « [à compléter] ».",
    ),
    "many unknown": (
        Examined("a", fields=9, unknown=tuple(field(f"x{n}") for n in range(6))),
        "« {{ x3 }} » (corps du texte) et 2 autres. Ils seront imprimés",
    ),
    "one more": (
        Examined("a", fields=9, unknown=tuple(field(f"x{n}") for n in range(5))),
        "(corps du texte) et un autre. Ils",
    ),
    "a long name": (
        Examined("a", fields=1, unknown=(field("n" * 10_000),)),
        f"« {{{{ {'n' * 39}… }}}} » (corps du texte)",
    ),
}


@pytest.mark.parametrize("what", SAID)
def test_what_is_said_agrees_in_number(what: str, library: Library) -> None:
    found, said = SAID[what]
    screen = letterhead.found_screen(Talk(library, {}).turn, found)
    assert said in flat(screen.text)
    assert len(screen.text) < 1000

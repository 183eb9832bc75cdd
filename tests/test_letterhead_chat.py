"""The company's letterhead in the chat: sent, tried, used, taken away; wrong files get a reason."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from bot.conversation.packing import pack
from bot.conversation.state import Conversation
from bot.core.interview import Interview
from bot.service import Service
from tests.documents import cases, papers
from tests.playing import Act, normal, play
from tests.standin import Person, StandIn
from tests.telegram_bot import NOW

FOREVER = 4_000_000_000


@pytest.fixture
async def lucie(standin: StandIn, service: Service) -> Person:
    """Somebody whose documents are about to be written."""
    return await about_to_write(standin, service, "fr")


async def about_to_write(standin: StandIn, service: Service, lang: str) -> Person:
    person = standin.person("Lucie", language_code=lang)
    order = cases.gold("gold_p02", "brief_stratege")
    given = {"owner": "oui", "documents": ("brief_stratege",), "depth": "utile"}
    versions = {one.id: one.version for one in service.house.library.dialogs.values()}
    interview = Interview("abc123", 7, dict(order.values), given, versions)
    state = Conversation(interview, lang, place="summary", consent=NOW, touched=NOW)
    data = json.dumps(pack(state)).encode()
    await service._repository.save(f"telegram:{person.user.id}", data, 0, None, FOREVER)
    await person.say("/document")
    await person.settle()
    return person


async def tap(person: Person, label: str) -> None:
    await play(person, Act(f"[{label}]"))


async def send(person: Person, name: str, data: bytes) -> None:
    await person.send_document(name, data)
    await person.settle()


def screens(person: Person) -> list[str]:
    return [" ".join(normal(m.words)) for m in person.visible(person.private) if m.from_bot]


def names(person: Person) -> list[str]:
    return [m.media.file.name for m in person.visible(person.private) if m.from_bot and m.media]


def content(person: Person, name: str) -> bytes:
    found = [m.media.file for m in person.visible(person.private) if m.from_bot and m.media]
    return next(file.data for file in reversed(found) if file.name == name)


async def test_a_letterhead_is_tried_used_and_taken_away(
    lucie: Person, service: Service, tmp_path: Path
) -> None:
    assert "n'est pas encore ajouté" in screens(lucie)[-1]
    await tap(lucie, "Ajouter un papier à en-tête")
    assert screens(lucie)[-1].startswith("Envoyez ici un fichier Word (.docx) vide")
    await send(lucie, "entete.docx", papers.plain_paper())
    assert "Reçu. En-tête, pied de page et styles sont lisibles" in screens(lucie)[-3]
    assert names(lucie) == ["essai-en-tete_2026-11-24.pdf"]
    assert screens(lucie)[-1].startswith("Cet en-tête vous convient-il")
    await tap(lucie, "L'utiliser")
    assert "C'est fait. Il sera supprimé avec la session." in screens(lucie)[-1]

    await tap(lucie, "Générer les documents")
    word = next(name for name in names(lucie) if name.endswith(".docx"))
    assert "MAISON LISIÈRE" in edges(content(lucie, word))

    await play(lucie, Act("/document"))
    assert "portent le papier à en-tête" in screens(lucie)[-1]
    await tap(lucie, "Retirer le papier à en-tête")
    assert "est effacé" in screens(lucie)[-1]
    person = f"telegram:{lucie.user.id}"
    assert await files_of(service, person) == 0
    await tap(lucie, "Recevoir les documents")
    assert "MAISON LISIÈRE" not in edges(content(lucie, word))


def edges(word: bytes) -> str:
    """What the headers and footers of a Word file say."""
    with zipfile.ZipFile(io.BytesIO(word)) as file:
        parts = [n for n in file.namelist() if "header" in n or "footer" in n]
        return " ".join(file.read(name).decode() for name in parts)


async def files_of(service: Service, person: str) -> int:
    store = service._repository
    query = "select count(*) from file where person = ?"
    return await store._run(lambda: store._db.execute(query, (person,)).fetchone()[0])


REFUSALS = [
    ("entete.pdf", b"%PDF-1.7 etc", "Un PDF ne peut pas servir de modèle"),
    ("entete.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "ancien format de Word"),
    ("photo.docx", b"\x89PNG", "incomplet et ne s'ouvre pas"),
    ("notes.txt", b"bonjour", "Il me faut un fichier Word, au format .docx"),
    ("entete.docm", papers.plain_paper(), "contient des macros"),
    ("entete2.docx", papers.plain_paper()[:3000], "incomplet et ne s'ouvre pas"),
    ("catalogue.docx", b"PK\3\4" + b"\0" * 37_600_000, "pèse 38 Mo ; la limite est de 5 Mo"),
    ("protege.docx", papers.flagged(papers.plain_paper()), "protégé par un mot de passe"),
    ("liens.docx", papers.edited(papers.plain_paper(), papers.linked(
        "word/document.xml", "attachedTemplate", "https://exemple.invalid/t.dotx")),
     "va chercher une partie de son contenu ailleurs"),
    ("champ.docx", papers.in_header(papers.field("INCLUDETEXT c:/x")),
     "contient un élément que je n'ouvre pas, par sécurité : INCLUDETEXT"),
    ("bombe.docx", papers.zipped({"word/document.xml": b"0" * 60_000_000}), "démesuré"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "said"), REFUSALS, ids=[row[0] for row in REFUSALS])
async def test_a_wrong_file_is_told_what_is_wrong(
    lucie: Person, service: Service, name: str, data: bytes, said: str
) -> None:
    await tap(lucie, "Ajouter un papier à en-tête")
    await send(lucie, name, data)
    assert said in screens(lucie)[-1]
    assert names(lucie) == []
    assert await files_of(service, f"telegram:{lucie.user.id}") == 0
    await tap(lucie, "Annuler")
    assert "Générer" in str(lucie.visible(lucie.private)[-1].buttons)


async def test_text_of_the_body_is_announced_and_dropped(lucie: Person) -> None:
    await send(lucie, "entete-equipe.docx", papers.rich_paper())
    assert "en plus de l'en-tête" in screens(lucie)[-1]
    await tap(lucie, "Continuer ainsi")
    assert names(lucie) == ["essai-en-tete_2026-11-24.pdf"]
    await tap(lucie, "En envoyer un autre")
    assert screens(lucie)[-1].startswith("Envoyez ici")


async def test_a_file_during_the_interview_is_not_fetched(
    standin: StandIn, service: Service
) -> None:
    paul = standin.person("Paul", language_code="fr")
    for line in ("/start", "[J'ai compris, je commence]"):
        await play(paul, Act(line))
    await send(paul, "entete.docx", papers.plain_paper())
    assert "pourra être ajouté au moment des documents" in screens(paul)[-1]
    assert standin.calls_of("getFile") == []


async def test_erasing_takes_the_letterhead_along(lucie: Person, service: Service) -> None:
    await send(lucie, "entete.docx", papers.plain_paper())
    await tap(lucie, "L'utiliser")
    assert await files_of(service, f"telegram:{lucie.user.id}") == 1
    await play(lucie, Act("/effacer"))
    await tap(lucie, "Effacer définitivement")
    assert await files_of(service, f"telegram:{lucie.user.id}") == 0

"""Five directors on Telegram, from the close of the first round to the files of the meeting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.content.library import Library
from bot.core.dialog import Type
from bot.service import Service
from tests.committees import five
from tests.directors import Director
from tests.gathering import joined, link, opened
from tests.playing import documents, normal
from tests.seated import keep, kept
from tests.standin import Person, StandIn
from tests.telegram_bot import Clock, do, last

GUESTS = ("MKT", "COM", "DRH", "DSI")
KEEP = {"Je la maintiens", "I stand by it"}
REASON = {"Ce que je constate dans mon service", "What I see in my department"}
DISCUSS = {"Sans préférence", "No preference"}
PASS = {"Passer", "Skip"}


async def in_english(standin: StandIn, owner: Person, role: str) -> Person:
    """A guest who reads English."""
    guest = standin.person(role.title(), language_code="en")
    await do(guest, link(owner, role), "[Yes]", "[I understand, let us start]")
    return guest


async def fill(service: Service, director: Director) -> None:
    """All questions but the one on the screen, as if answered before; then that one."""
    state = await kept(service, director.person)
    questions = service.house.library.dialogs["diagnostic"].questions
    offers = (one.id for one in questions if one.type is Type.OFFER)
    known = {**dict.fromkeys(offers, "non"), **director.answers}
    known.pop(director.asked())
    answers = {**known, **state.interview.answers}
    interview = replace(state.interview, answers=answers)
    await keep(service, director.person, replace(state, interview=interview))
    assert await director.answer() == 1


async def committee(standin: StandIn, service: Service) -> dict[str, Director]:
    """The divided committee, everybody having answered."""
    answers = five(service.house.library)
    owner = await opened(standin, *GUESTS)
    people = {"DG": Director(owner, "DG", answers["DG"])}
    for role in GUESTS:
        person = await (in_english if role == "DSI" else joined)(standin, owner, role)
        people[role] = Director(person, role, answers[role])
        await fill(service, people[role])
    await do(owner, "[J'ai transféré les quatre]")
    await people["DG"].tap("Répondre à mon tour")
    await fill(service, people["DG"])
    return people


def labels(director: Director) -> dict[str, str]:
    """What can be tapped, by what it says in plain spaces."""
    return {normal(b["text"])[0]: b["text"] for _, b in director.taps()}


async def read(director: Director, words: str) -> None:
    """Wait until this has been said: pictures and files take their time."""
    await director.person.wait_for(lambda _: words in director.said, 60)
    await director.person.settle(60)


async def second_round(director: Director, changes: Mapping[str, str]) -> None:
    """Each point kept, or changed to another choice, with a reason, and nothing added."""
    begin = {"Commencer", "Begin"} & set(labels(director))
    await director.tap(*begin)
    for _ in range(40):
        here = set(labels(director))
        point = normal(director.holder().words)
        change = next((to for about, to in changes.items() if about in " ".join(point)), "")
        if KEEP & here and change:
            await director.tap("Je la modifie", change)
        elif found := (KEEP | REASON | DISCUSS | PASS) & here:
            await director.tap(*found)
        else:
            return
    raise AssertionError(director.person.picture())


AGENDA = [
    "Ordre-du-jour_Confidentiel_2026-12-07.docx",
    "Ordre-du-jour_Confidentiel_2026-12-07.pdf",
]
NOTE = ["Note-CODIR_Confidentiel_2026-12-07.docx", "Note-CODIR_Confidentiel_2026-12-07.pdf"]


async def to_the_second_close(people: Mapping[str, Director]) -> None:
    """The first round closed by its owner, the second answered by everybody and closed."""
    owner = people["DG"]
    await owner.person.wait_for(lambda _: "Clore le premier tour" in labels(owner), 60)
    await owner.tap("Clore le premier tour", "Porter ce point à l'ordre du jour")
    await owner.tap("Tout porter en séance")
    await read(owner, "Où vous ne voyez pas")
    assert "Où vous ne voyez pas la même chose · 5 réponses" in last(owner.person)
    await read(people["COM"], "Premier tour clos : 5 réponses sur 5.")
    await owner.tap("Lancer le second tour (5 points)")
    moves = {"jours de pilotage": "De 6 à 10 jours"}
    for role in ("COM", "MKT", "DRH", "DSI", "DG"):
        begin = "Here are the points" if role == "DSI" else "Voici les points"
        await read(people[role], begin)
        await second_round(people[role], moves if role in ("COM", "MKT") else {})
    await read(owner, "Clore le second tour ?")
    await owner.tap("Clore et envoyer les résultats")
    for role in GUESTS:
        await read(people[role], "Second round closed." if role == "DSI" else "Second tour clos.")


async def test_from_the_close_to_the_agenda(
    standin: StandIn, service: Service, clock: Clock
) -> None:
    people = await committee(standin, service)
    owner = people["DG"]
    clock.now = datetime(2026, 12, 7, 11)
    await to_the_second_close(people)
    await owner.tap("Préparer l'ordre du jour", "Majorité", "75 minutes")
    await owner.tap("Jeudi 10 décembre, 9 h")
    assert "12 min · Les objectifs marketing et commerce" in last(owner.person)
    await do(owner.person, "[Recevoir les fichiers]")
    await read(owner, "Fichiers envoyés à vous seul")
    sent = [*AGENDA, *NOTE, "CODIR_Confidentiel_2026-12-10.ics"]
    assert documents(owner.person)[1:] == sent
    assert {director.said.count("Très flou, puis") for director in people.values()} == {0}
    await people["COM"].tap("Lire la note de synthèse")
    await people["COM"].person.wait_for(lambda person: len(documents(person)) == 2, 60)
    assert documents(people["COM"].person) == NOTE


async def test_marketing_may_guess_what_sales_answered(
    standin: StandIn, library: Library, service: Service
) -> None:
    owner = await opened(standin, "MKT", "COM")
    marketing = Director(await joined(standin, owner, "MKT"), "MKT", five(library)["MKT"])
    await joined(standin, owner, "COM")
    await marketing.answer()
    await marketing.tap("Deviner les réponses du commerce", "En partie communs")
    assert "Devinez · 2/3" in last(marketing.person)
    await marketing.tap("Ne pas jouer")
    assert "Rien n'est gardé de ce jeu" in last(marketing.person)

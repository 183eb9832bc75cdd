"""What Telegram can do to a bot, and what the person reads then."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.content.library import Library
from bot.conversation.commands import COMMANDS
from bot.conversation.hearing import decode
from bot.conversation.packing import pack
from bot.service import Service
from tests.playing import normal, on_screen
from tests.seated import named
from tests.standin import Person, StandIn
from tests.talking import Talk
from tests.telegram_bot import NOW, TO_THE_SEVENTH, Clock, do, last, write_menu

SMALL = {"role": "DG", "headcount": "e20_49", "clientele": "b2b", "roadmap": "aucune"}
"""A few answers, enough for a document."""


def asks_the_seventh(person: Person) -> bool:
    return "Alignement · 7/27" in last(person)


async def test_a_double_tap_counts_once(lucie: Person) -> None:
    label = on_screen(lucie, "Environ chaque trimestre")
    message = lucie.last
    first, second = await lucie.tap(label), await lucie.tap(label, message=message)
    assert first is not None
    assert second is not None
    await lucie.settle()
    assert lucie.toasts[-1] in ("C’est déjà noté.", "C'est déjà noté.")
    assert "Alignement · 8/27" in last(lucie)


async def test_an_old_button_says_what_was_answered(lucie: Person) -> None:
    answered = lucie.last
    data = next(
        b["callback_data"] for row in answered.buttons for b in row if b["text"] == "Jamais"
    )
    await do(lucie, "[Environ chaque mois]")
    await lucie.tap_ghost(data)
    await lucie.settle()
    assert "Question déjà répondue : Environ chaque mois" in normal(lucie.toasts[-1])[0]


@pytest.mark.parametrize(
    "data", ["", "x", "zzzzzz:p:role:DG", ":::", "p:role:DG", "é" * 30, "a:b:c:d:e:f"]
)
async def test_a_forged_button_changes_nothing(lucie: Person, data: str) -> None:
    before = lucie.last.words
    await lucie.tap_ghost(data or "empty")
    await lucie.settle()
    assert "entretien terminé" in lucie.toasts[-1]
    await do(lucie, "/statut")
    assert "question 7 sur 27" in last(lucie)
    assert "Alignement · 7/27" in " ".join(normal(before))


async def test_a_forged_choice_of_a_real_question_changes_nothing(lucie: Person) -> None:
    interview = lucie.last.buttons[0][0]["callback_data"].split(":")[0]
    for data in (
        f"{interview}:p:joint_decisions:9",
        f"{interview}:p:annual_budget:b180",
        f"{interview}:d:role",
        f"{interview}:o:permanent_cdo",
        f"{interview}:x:generate",
        f"{interview}:x:apply",
        f"{interview}:e:company_name",
        f"{interview}:g:advice",
        f"{interview}:g:paper:fiche_cdo",
        f"{interview}:zz",
    ):
        await lucie.tap_ghost(data)
        await lucie.settle()
    await do(lucie, "/statut")
    assert "question 7 sur 27" in last(lucie)
    assert "6 réponses" in last(lucie)


async def test_ten_thousand_characters_get_one_sentence(lucie: Person) -> None:
    before = len(lucie.chat)
    await lucie.say("x" * 10_000)
    await lucie.settle()
    replies = [m for m in lucie.chat[before:] if m.from_bot]
    assert len(replies) == 1
    assert asks_the_seventh(lucie)


@pytest.mark.parametrize(
    "hostile", ["<b>x", "</b>&lt;", "{{7*7}}", "\u202ereversed", "a\u0000b", "[x](y)", "💥" * 50]
)
async def test_hostile_words_are_only_words(lucie: Person, hostile: str) -> None:
    await lucie.say(hostile)
    await lucie.settle()
    assert asks_the_seventh(lucie)


async def test_a_contact_or_a_place_is_not_kept(lucie: Person) -> None:
    await lucie.send_contact()
    await lucie.settle()
    assert "n'a pas été enregistré" in last(lucie)
    await lucie.send_location()
    await lucie.settle()
    assert asks_the_seventh(lucie)


async def test_an_update_that_comes_twice_is_applied_once(standin: StandIn, lucie: Person) -> None:
    standin.faults.duplicate_updates(1)
    await do(lucie, "[Environ chaque trimestre]")
    await do(lucie, "/statut")
    assert "question 8 sur 27" in last(lucie)


async def test_whoever_died_before_showing_a_reply_is_stood_in_for(
    standin: StandIn, service: Service, lucie: Person
) -> None:
    """Another machine saves the update and dies; Telegram brings it to this one."""
    chosen = "Environ chaque trimestre"
    every = (button for row in lucie.chat[-1].buttons for button in row)
    tap = decode(next(b["callback_data"] for b in every if chosen in b["text"]))
    assert tap is not None
    await service.handle(named(lucie), tap, "fr", update=standin.queue.next_id)
    assert asks_the_seventh(lucie)
    await do(lucie, f"[{chosen}]")
    await lucie.wait_for(lambda _: "Alignement · 8/27" in last(lucie))


async def test_an_update_that_cannot_be_read_keeps_nobody_from_being_heard(
    standin: StandIn, lucie: Person, caplog: pytest.LogCaptureFixture
) -> None:
    chat = {"id": -100, "type": "supergroup", "title": "CODIR"}
    nobody = {"message_id": 1, "date": 0, "chat": chat, "text": "confidentiel"}
    standin.queue.push("message", nobody, -100, 0)
    await do(lucie, "[Environ chaque trimestre]")
    assert "Alignement · 8/27" in last(lucie)
    assert "KeyError" in caplog.text
    assert "confidentiel" not in caplog.text


async def test_sending_survives_a_flood_and_a_server_fault(standin: StandIn, lucie: Person) -> None:
    standin.faults.flood(1, retry_after=1)
    await do(lucie, "[Environ chaque trimestre]")
    await lucie.wait_for(lambda p: "Alignement · 8/27" in last(p), timeout=8)
    standin.faults.fail(1, code=502, method="editMessageText")
    await do(lucie, "[Plutôt claire]")
    await lucie.wait_for(lambda p: "Indicateurs · 9/27" in last(p), timeout=8)


async def test_the_tapped_message_may_be_gone(lucie: Person) -> None:
    await lucie.say("/statut")
    await lucie.settle()
    gone = lucie.last
    data = gone.buttons[0][0]["callback_data"]
    await lucie.delete_message(gone)
    await lucie.tap_ghost(data)
    await lucie.settle()
    assert asks_the_seventh(lucie)


async def test_editing_a_sent_message_proposes_the_change(
    standin: StandIn, service: Service
) -> None:
    person = standin.person("Paul", language_code="fr")
    await do(person, *TO_THE_SEVENTH, "je ne sais pas", "[Je ne sais pas]")
    await person.edit("je ne sais pas", "Jamais")
    await person.settle()
    assert "ne change pas votre réponse" in last(person)


async def test_after_hours_whoever_writes_is_told_where_they_stood(
    lucie: Person, clock: Clock
) -> None:
    clock.now = NOW + timedelta(days=3)
    await lucie.say("bonjour")
    await lucie.settle()
    assert "Vous en étiez à ce point : question 7 sur 27" in last(lucie)
    await do(lucie, "[Reprendre la question 7]")
    assert asks_the_seventh(lucie)


async def test_a_person_who_blocked_the_bot_finds_everything_again(lucie: Person) -> None:
    await lucie.block()
    await asyncio.sleep(0.1)
    await lucie.unblock()
    await do(lucie, "/start")
    assert "question 7 sur 27" in last(lucie)


async def test_in_a_group_nothing_personal_is_said(
    standin: StandIn, library: Library, service: Service
) -> None:
    lucie = standin.person("Lucie", language_code="fr")
    paul = standin.person("Paul", language_code="fr")
    group = standin.group("CODIR", [lucie, paul])
    await lucie.say_in(group, "/statut@codir_conseil_bot")
    await lucie.settle()
    await paul.say_in(group, "on en est où du sondage ?")
    await paul.settle()
    said = [m for m in group.messages if m.from_bot]
    assert len(said) == 2
    assert "je n'affiche aucune réponse individuelle" in " ".join(normal(said[0].words))
    assert "La suite se passe en privé" in " ".join(normal(said[1].words))


async def test_the_menu_speaks_each_language(standin: StandIn, library: Library) -> None:
    await write_menu(library, standin)
    held = standin.commands

    def words(language: str) -> dict[str, str]:
        menu = held["all_private_chats", language]
        return {item["command"]: item["description"] for item in menu}

    assert words("fr")["pause"].startswith("Faire une pause")
    assert words("en")["pause"].startswith("Pause, everything")
    assert words("").keys() == words("fr").keys() == set(COMMANDS)
    assert standin.person("John", language_code="en").menu() == list(COMMANDS)


async def test_erasing_leaves_nothing_and_old_buttons_say_so(lucie: Person, tmp_path: Path) -> None:
    data = lucie.last.buttons[0][0]["callback_data"]
    await do(lucie, "/effacer", "[Effacer définitivement]")
    assert "Reçu : EF-" in last(lucie)
    files = [path for path in (tmp_path / "data").rglob("*") if path.is_file()]
    for path in files:
        assert str(lucie.user.id).encode() not in path.read_bytes()
    await lucie.tap_ghost(data)
    await lucie.settle()
    assert "entretien terminé" in lucie.toasts[-1]


async def test_nothing_typed_reaches_the_disk_in_clear(
    standin: StandIn, service: Service, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    person = standin.person("Paul", language_code="fr")
    await do(person, *TO_THE_SEVENTH, "une phrase bien reconnaissable")
    disk = b"".join(p.read_bytes() for p in (tmp_path / "data").rglob("*") if p.is_file())
    for word in (b"reconnaissable", b"joint_decisions", b"sales_ready_definition", b"presta"):
        assert word not in disk
    assert "reconnaissable" not in caplog.text


async def test_documents_come_in_an_edition_for_a_phone(
    library: Library, standin: StandIn, service: Service
) -> None:
    person = standin.person("Lucie", language_code="fr")
    talk = Talk(library, {**SMALL, "option": "facilitator"})
    given = {**talk.turn.interview.given, "documents": ("note",)}
    interview = replace(talk.turn.interview, given=given)
    issued = replace(talk.turn.state, interview=interview, version=1, issued=interview.answers)
    kept = json.dumps(pack(issued.at("delivered"))).encode()
    await service._repository.save(f"telegram:{person.user.id}", kept, 0, None, 2**40)
    await do(person, "/document", "[Lire sur téléphone]")
    await person.wait_for(lambda _: "au format du téléphone : version 1" in last(person), 20)
    (file,) = person.files
    assert file.document == "Note-CODIR_Entreprise_2026-11-24_mobile.pdf"

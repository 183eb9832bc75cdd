"""What is kept of a person: sealed while it is kept, all of it in their copy, none of it after."""

from __future__ import annotations

import asyncio
import json
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.content.library import Library
from bot.conversation import personal
from bot.conversation.mydata import my_data
from bot.conversation.turn import House, Turn
from bot.core.dialog import Type
from bot.service import Service
from tests.going_on import Talker
from tests.playing import Act, normal, play
from tests.process import environment, listening
from tests.standin import Person, StandIn
from tests.test_details import turn

OPTIONS = ("permanent_cdo", "strategist_then_specialist", "apprentice")


def everything(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for path in folder.rglob("*"):
        if path.is_file():
            yield path, path.read_bytes()


def found(folder: Path, words: list[str]) -> set[tuple[str, str]]:
    """Which of these words stand in which file, database, log, key and temporary files included."""
    return {
        (path.name, word)
        for path, content in everything(folder)
        for word in words
        if word.encode() in content
    }


def spellings(typed: dict[str, str]) -> list[str]:
    """What was typed, and dates as they are stored; numbers of a few digits are everywhere."""
    telling = [text for text in typed.values() if len(text) > 4]
    days = [re.sub(r"(\d\d)/(\d\d)/(\d{4})", r"\3-\2-\1", text) for text in telling]
    return [*telling, *days]


async def test_a_whole_interview_is_readable_nowhere_and_gone_after_erasing(
    library: Library, tmp_path: Path
) -> None:
    async with StandIn() as standin:
        env = {**environment(standin, tmp_path), "TMPDIR": str(tmp_path / "tmp")}
        (tmp_path / "tmp").mkdir()
        lucie = standin.person("Lucie", language_code="fr")
        talker = Talker(lucie, library)
        async with listening(env, tmp_path) as process:
            await lucie.say("/start")
            await lucie.settle(10)
            await _answer_everything(talker)
            await lucie.say("/mesdonnees")
            await lucie.settle(10)
            await talker.press("x:export")
            await lucie.wait_for(lambda p: _copies(p), timeout=20)
            copy = json.loads(_copies(lucie)[-1])
            texts = {
                q.id
                for d in ("diagnostic", "documents")
                for q in library.dialogs[d].questions
                if q.type is Type.TEXT
            }
            assert texts <= set(talker.typed), "every text field was filled"
            assert found(tmp_path, spellings(talker.typed)) == set()
            assert {word for _, word in found(tmp_path, [str(lucie.user.id)])} == {
                str(lucie.user.id)
            }

            await lucie.say("/effacer")
            await lucie.settle(10)
            await talker.press("x:erase")
            assert found(tmp_path, [*spellings(talker.typed), str(lucie.user.id)]) == set()
            process.send_signal(signal.SIGTERM)
            out, errors = await asyncio.wait_for(process.communicate(), 10)
        assert standin.violations == []
    said = (out + errors).decode()
    assert not [word for word in (*spellings(talker.typed), str(lucie.user.id)) if word in said]
    assert found(tmp_path, [*spellings(talker.typed), str(lucie.user.id)]) == set()
    _holds_every_answer(copy, talker.typed)


def _copies(person: Person) -> list[bytes]:
    return [m.content for m in person.chat if m.document and m.content.startswith(b"{")]


async def _answer_everything(talker: Talker) -> None:
    """Three options one after the other, each with its documents: every text field is met."""
    await talker.until("g:options")
    for n, option in enumerate(OPTIONS):
        await talker.press("g:options")
        await talker.press(f"o:{option}")
        await talker.press("g:reason")
        await talker.say(f"reason.{option}", f"parce que zorblaxr{n}")
        await talker.press("x:detail")
        await talker.until("x:preview")
        await talker.press("x:generate")
        await talker.wait_for("g:bye")


def _holds_every_answer(copy: dict[str, Any], typed: dict[str, str]) -> None:
    answers = {line["Question"]: line["Réponse"] for line in copy["summary"]["Vos réponses"]}
    said = " ".join(answers.values())
    last = f"reason.{OPTIONS[-1]}"
    words = [text for name, text in typed.items() if text.startswith("zorblax") or name == last]
    assert len(words) > 15
    assert [word for word in words if word not in said] == []


# -- The copy ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "labels"),
    [
        (
            "fr",
            [
                "Établi le",
                "Votre identifiant",
                "Responsable du traitement",
                "Accord donné le",
                "Conservé jusqu'au",
                "Vos réponses",
            ],
        ),
        (
            "en",
            [
                "Made on",
                "Your identifier",
                "Data controller",
                "Consent given on",
                "Kept until",
                "Your answers",
            ],
        ),
    ],
)
def test_the_copy_speaks_to_a_person(library: Library, lang: str, labels: list[str]) -> None:
    asked = turn(library, lang=lang, option_reason="Un appui tout de suite.", deepen_context="tout")
    house = House(library, {lang: "Maison Lucie"}, "dpo@exemple.fr", 30, lambda values: ())
    asked = Turn(house, asked.state, asked.now)
    copy = my_data(asked, "telegram:42")
    assert set(labels) <= set(copy["summary"])
    lines = [tuple(line.values()) for line in copy["summary"][labels[-1]]]
    assert len(lines) == len(asked.interview.answers)
    assert all(question and answer for question, answer in lines)
    ids = {choice.id for d in library.dialogs.values() for q in d.questions for choice in q.choices}
    raw = {answer for _, answer in lines} & {id_ for id_ in ids if not id_[0].isdigit()}
    assert raw <= {"DG", "CDI", "CRM"}, "a person reads labels, never ids"
    assert copy["interview"]["answers"]["option_reason"] == "Un appui tout de suite."


def last(person: Person) -> str:
    return " ".join(normal(next(m for m in reversed(person.chat) if m.from_bot and m.words).words))


async def test_rights_hold_before_any_agreement(
    standin: StandIn, service: Service, tmp_path: Path
) -> None:
    paul = standin.person("Paul", language_code="fr")
    await play(paul, Act("/start"))
    for act in ("/mesdonnees", "[Recevoir le fichier]"):
        await play(paul, Act(act))
    copy = json.loads(_copies(paul)[-1])
    assert copy["summary"]["Votre identifiant"] == f"telegram:{paul.user.id}"
    assert copy["consent"] is None
    await play(paul, Act("/effacer"))
    await play(paul, Act("[Ne rien effacer]"))
    assert "Avant de commencer" in last(paul)
    for act in ("/effacer", "[Effacer définitivement]"):
        await play(paul, Act(act))
    assert "Reçu : EF-" in last(paul)
    assert found(tmp_path, [str(paul.user.id)]) == set()


# -- The notice ----------------------------------------------------------------

TOPICS = {
    "fr": (
        "Responsable du traitement",
        "Finalité",
        "Base légale",
        "Conservation",
        "accès",
        "rectification",
        "effacement",
        "limitation",
        "portabilité",
        "opposition",
        "CNIL",
        "Hébergement",
        "Telegram conserve",
        "6-1-f du RGPD",
    ),
    "en": (
        "Data controller",
        "Purpose",
        "Legal basis",
        "Retention",
        "access",
        "rectification",
        "erasure",
        "restriction",
        "portability",
        "objection",
        "CNIL",
        "Hosting",
        "Telegram keeps",
        "6-1-f of the GDPR",
    ),
}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_notice_is_whole_and_fits_with_the_longest_settings(
    library: Library, lang: str
) -> None:
    asked = turn(library, lang=lang)
    long = {side: side.upper() * 100 for side in ("fr", "en")}
    house = House(library, long, "c" * 200, 365, lambda values: (), hosting="h" * 200)
    text = personal.notice_screen(Turn(house, asked.state, asked.now)).text
    assert [topic for topic in TOPICS[lang] if topic not in text] == []
    assert len(text) <= 4096
    assert "h" * 200 in text

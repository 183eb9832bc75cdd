"""Putting the parts together for each command."""

from __future__ import annotations

import gc
import json
import logging
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.channels.telegram.rates import rates
from bot.channels.telegram.run import Role, Unreachable, WebhookRefused, WrongToken, run
from bot.content.check import faults
from bot.content.graph import mermaid
from bot.content.library import Library, load_library
from bot.content.paths import content_folder
from bot.content.personas import load_personas
from bot.content.yaml import ContentError
from bot.conversation.turn import House
from bot.documents.facts import Shelf
from bot.documents.press import Press
from bot.metrics import QUIET, Meter, Prometheus
from bot.replay import report
from bot.service import Service
from bot.settings import Settings, SettingsError, program
from bot.stores import open_store

if TYPE_CHECKING:
    from bot.channels.telegram.web import Web

MISSING = "TELEGRAM_TOKEN manque : c'est le jeton que @BotFather donne pour votre bot Telegram"
STEPS = """\
Trois étapes, deux minutes :

  1. Dans Telegram, écrivez à @BotFather : /newbot. Il vous donne un jeton.
  2. Copiez .env.example en .env et collez le jeton après TELEGRAM_TOKEN=
  3. Relancez : {program} telegram

Sans attendre : {program} chat propose la même conversation ici."""


def library() -> Library:
    """The authored content. Raises ContentError."""
    gc.disable()  # all that is read stays: looking for garbage meanwhile takes half of the time
    try:
        return load_library(content_folder("dialogs"), content_folder("knowledge"))
    finally:
        gc.enable()


def shelf(held: Library) -> Shelf:
    """What the documents draw on."""
    return Shelf(
        diagnostic=held.dialogs["diagnostic"],
        documents=held.dialogs["documents"],
        model=held.model,
        scale=held.expertise.scale,
        kinds=held.expertise.kinds,
        costs=held.costs,
        sources=held.sources,
        texts=held.texts,
        templates=held.templates,
        forbidden=held.forbidden["fr"],
        expertise=held.expertise,
    )


def house(settings: Settings, held: Library, press: Press) -> House:
    """Who runs the bot, and what it can write."""
    nobody = {
        "fr": "l'organisation qui exploite ce bot",
        "en": "the organisation that runs this bot",
    }
    named = dict.fromkeys(("fr", "en"), settings.codir_controller)
    return House(
        library=held,
        controller=named if settings.codir_controller else nobody,
        contact=settings.codir_contact,
        retention_days=settings.codir_retention_days,
        contradictions=press.contradictions,
        lang=settings.codir_lang,
        hosting=settings.codir_hosting,
        allowed=settings.allowed_users,
        rate=settings.codir_rate_limit,
        zone=settings.codir_timezone,
    )


async def service(settings: Settings, lang: str | None = None, meter: Meter = QUIET) -> Service:
    """The service on its store. Raises ContentError, SettingsError or KeyFault."""
    held = library()
    press = Press(shelf(held))
    if found := faults(held, press.kinds):
        more = f" (et {len(found) - 1} autres)" if len(found) > 1 else ""
        raise ContentError("codir check", 0, found[0] + more)
    if lang:
        settings = settings.model_copy(update={"codir_lang": lang})
    store = await open_store(settings)
    return Service(house(settings, held, press), store, press, meter=meter)


async def talk(settings: Settings, out: Path, lang: str | None) -> int:
    """The interview in the terminal."""
    open_service = await service(settings, lang)
    # Here, because the bot on Telegram starts and stays without a terminal's library.
    from bot.channels.terminal import converse

    try:
        return await converse(open_service, out, lang or settings.codir_lang, asked=bool(lang))
    finally:
        await open_service.close()


async def work(settings: Settings) -> int:
    """The jobs of people on Telegram, whom others listen to, until it is told to stop."""
    if not settings.shared:
        raise SettingsError(
            "codir worker demande PostgreSQL (DATABASE_URL=postgresql://…) ; "
            "avec SQLite, codir telegram fait tout"
        )
    # The webhook is the bot's; this process answers on an address of its own, if any.
    alone = {"webhook_url": "", "webhook_secret": None}
    return await listen(settings.model_copy(update=alone), Role.JOBS)


async def listen(settings: Settings, role: Role) -> int:
    """The bot on Telegram until it is told to stop."""
    if settings.telegram_token is None:
        print(STEPS.format(program=program()))
        raise SettingsError(MISSING)
    token = settings.telegram_token.get_secret_value()
    web = _web(settings)
    meter = Prometheus() if web else QUIET
    open_service = await service(settings, meter=meter)
    gc.freeze()  # what is loaded stays: no collection looks at it again
    if not settings.codir_controller:
        logging.getLogger("bot").warning(
            "CODIR_CONTROLLER n'est pas réglé ; la notice dira : l'organisation qui exploite ce bot"
        )
    try:
        pace = rates(settings.telegram_messages_per_second)
        tell = _teller(settings, role)
        await run(token, settings.telegram_api_url, pace, open_service, tell, meter, web, role)
    except WrongToken:
        raise SettingsError(
            "TELEGRAM_TOKEN : Telegram ne reconnaît pas ce jeton ; redemandez-le à @BotFather"
        ) from None
    except WebhookRefused as error:
        raise SettingsError(f"WEBHOOK_URL : Telegram refuse cette adresse ({error})") from None
    except Unreachable as error:
        raise SettingsError(
            f"TELEGRAM_API_URL : {settings.telegram_api_url} ne répond pas ({error})"
        ) from None
    finally:
        await open_service.close()
    if settings.codir_log == "text":
        print("Arrêt demandé : tout est enregistré.")
    return 0


def _teller(settings: Settings, role: Role) -> Callable[[str], None]:
    if settings.codir_log == "json":
        return lambda _: None
    does = "est à l'écoute" if Role.HEAR in role else "est au travail"
    return lambda name: print(f"@{name} {does}. Ctrl+C pour arrêter.", flush=True)


def _web(settings: Settings) -> Web | None:
    """The web server, when one is wanted. Raises SettingsError."""
    if settings.listen is None:
        return None
    try:
        from bot.channels.telegram.web import Hook, Web, open_socket
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"WEBHOOK_URL, CODIR_LISTEN : {error.name} manque ; installez codir-advisor[webhook]"
        ) from None
    try:
        listener = open_socket(*settings.listen)
    except OSError as error:
        raise SettingsError(f"CODIR_LISTEN : {error.strerror}") from None
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
    return Web(listener, Hook(settings.webhook_url, secret) if settings.webhook_url else None)


def replay(file: Path, out: Path | None, today: date | None, *, as_json: bool) -> int:
    """Play personas; one object each on standard output, documents in `out`."""
    held = library()
    press = Press(shelf(held))
    personas = load_personas(file, held.dialogs)
    try:
        lines = [report(held, press, persona, out, today or date.today()) for persona in personas]
    except OSError as error:
        raise SettingsError(f"--out : {out} ne peut pas être écrit ({error.strerror})") from error
    if as_json:
        print(json.dumps(lines, ensure_ascii=False, indent=2))
        return 0
    for line in lines:
        print(f"{line['id']} : {line['top']} ({line['points'][line['top']]} points)")
        for path in line["documents"]:
            print(f"  {path}")
    return 0


def check() -> int:
    """Say what an author must mend; 2 when there is anything."""
    held = library()
    found = faults(held, Press(shelf(held)).kinds)
    for fault in found:
        print(fault, file=sys.stderr)
    if found:
        plural = "s" if len(found) > 1 else ""
        print(
            f"{len(found)} point{plural} à corriger. Le bot ne démarrera pas avant.",
            file=sys.stderr,
        )
        return 2
    questions = {
        question.id
        for dialog in held.dialogs.values()
        for question in dialog.questions
        if question.type != "offer"
    }
    print(
        f"Tout est en ordre : {len(questions)} questions, {len(held.model.rules)} règles, "
        f"{len(held.model.options)} options, 2 langues."
    )
    return 0


def graph(name: str) -> int:
    """Print the path of a dialog as a Mermaid diagram."""
    held = library()
    if name not in held.dialogs:
        raise SettingsError(f"questionnaire inconnu : {name} ({', '.join(held.dialogs)})")
    print(mermaid(held.dialogs[name]))
    return 0

"""The command line, and the one place where the parts are put together."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Callable, Coroutine, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from bot import compose, custody, logs
from bot.channels.telegram.run import Role
from bot.content.yaml import ContentError
from bot.settings import SettingsError, load_settings, program
from bot.storage.repository import Busy
from bot.storage.sealing import KeyFault

_IN_FRENCH = {
    "argument ": "",
    ": invalid choice:": " : inconnu,",
    "choose from": "au choix :",
    "the following arguments are required:": "il manque :",
    "unrecognized arguments:": "en trop :",
    ": expected one argument": " : une valeur manque",
    ": invalid _day value:": " : une date s'écrit 2026-11-30, non",
}
WRONG_USE = 2
LATER = 75  # EX_TEMPFAIL of sysexits.h


class _Parser(argparse.ArgumentParser):
    """The library's own, in French."""

    def __init__(self, **words: Any) -> None:
        super().__init__(**words, add_help=False)
        self.add_argument("-h", "--help", action="help", help="afficher cette aide")

    def error(self, message: str) -> NoReturn:
        for english, french in _IN_FRENCH.items():
            message = message.replace(english, french)
        self.exit(WRONG_USE, f"{self.prog} : {message} ({self.prog} --help)\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 when it went well, 2 for a wrong setting, file or use, 75 for « later »."""
    parser = _parser()
    chosen = parser.parse_args(arguments)
    if chosen.command is None:
        parser.print_help()
        return 0
    logs.set_up("text")
    try:
        return _COMMANDS[chosen.command](chosen)
    except (SettingsError, ContentError, KeyFault) as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    except Busy as error:
        print(f"La base ne peut pas être ouverte pour l'instant : {error}", file=sys.stderr)
        return LATER
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="codir",
        description="Conseil de CODIR : alignement marketing-ventes et direction du digital.",
        epilog=f"Pour commencer : {program()} chat",
    )
    commands = parser.add_subparsers(title="commandes", dest="command", metavar="commande")
    chat = commands.add_parser("chat", help="essayer maintenant, ici, sans compte ni jeton")
    chat.add_argument("--lang", choices=("fr", "en"), help="langue de l'entretien")
    chat.add_argument(
        "--out",
        type=Path,
        metavar="DOSSIER",
        default=Path("documents"),
        help="dossier des documents (./documents)",
    )
    commands.add_parser("telegram", help="ouvrir le bot sur Telegram (jeton nécessaire)")
    commands.add_parser("worker", help="faire à part les travaux du bot (documents, conservation)")
    _replay_parser(commands.add_parser("replay", help="rejouer un fichier de personas"))
    commands.add_parser("check", help="vérifier les questions, les règles, les textes, les modèles")
    _key_parser(commands.add_parser("key", help="changer la clé qui scelle les réponses"))
    graph = commands.add_parser("graph", help="dessiner le chemin des questions (Mermaid)")
    graph.add_argument_group("questionnaire").add_argument(
        "dialog",
        nargs="?",
        default="diagnostic",
        help="diagnostic (sans rien), documents ou second_round",
    )
    return parser


def _replay_parser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument_group("fichier").add_argument(
        "file", type=Path, metavar="FICHIER.yaml", help="comme tests/personas.yaml"
    )
    parser.add_argument("--json", action="store_true", help="une liste JSON, un objet par persona")
    parser.add_argument(
        "--out", type=Path, metavar="DOSSIER", help="écrire aussi les documents, dans ce dossier"
    )
    parser.add_argument(
        "--today", type=_day, metavar="DATE", help="date des documents, comme 2026-11-30"
    )


def _day(written: str) -> date:
    return date.fromisoformat(written)


def _key_parser(parser: argparse.ArgumentParser) -> None:
    deeds = parser.add_subparsers(title="gestes", dest="deed", metavar="geste", required=True)
    deeds.add_parser("show", help="les empreintes des clés, la plus récente d'abord")
    deeds.add_parser("rotate", help="ajouter une clé et sceller tout à neuf (bot ouvert ou non)")
    deeds.add_parser("drop-old", help="retirer les anciennes clés, si elles ne servent plus")


def _chat(chosen: argparse.Namespace) -> int:
    settings = load_settings()
    return asyncio.run(compose.talk(settings, chosen.out, chosen.lang))


def _telegram(_: argparse.Namespace) -> int:
    settings = load_settings()
    logs.set_up(settings.codir_log)
    role = Role.HEAR if settings.codir_jobs == "apart" else Role.BOTH
    return _run(compose.listen(settings, role))


def _worker(_: argparse.Namespace) -> int:
    settings = load_settings()
    logs.set_up(settings.codir_log)
    return _run(compose.work(settings))


def _run(listening: Coroutine[None, None, int]) -> int:
    """On the faster event loop where the extra `webhook` has brought one."""
    with asyncio.Runner(loop_factory=_loop()) as runner:
        return runner.run(listening)


def _loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ModuleNotFoundError:
        return None
    return uvloop.new_event_loop


def _replay(chosen: argparse.Namespace) -> int:
    return compose.replay(chosen.file, chosen.out, chosen.today, as_json=chosen.json)


def _check(_: argparse.Namespace) -> int:
    return compose.check()


def _key(chosen: argparse.Namespace) -> int:
    settings = load_settings()
    database = settings.database_url if settings.shared else settings.database_path
    return _DEEDS[chosen.deed](database, settings.key_path)


def _graph(chosen: argparse.Namespace) -> int:
    return compose.graph(chosen.dialog)


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "chat": _chat,
    "telegram": _telegram,
    "worker": _worker,
    "replay": _replay,
    "check": _check,
    "key": _key,
    "graph": _graph,
}

_DEEDS: dict[str, Callable[[Path | str, Path], int]] = {
    "show": custody.show,
    "rotate": custody.rotate,
    "drop-old": custody.drop_old,
}

if __name__ == "__main__":
    sys.exit(main())

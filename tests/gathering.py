"""A committee gathered on the stand-in as people do it: open, follow one's link, tap to the end."""

from __future__ import annotations

import re

from bot.core.session import Session
from bot.service import Service
from tests.playing import normal
from tests.standin import Person, StandIn
from tests.telegram_bot import do

FUNCTIONS = {
    "MKT": "direction marketing",
    "COM": "direction commerciale",
    "DRH": "direction des RH",
    "DSI": "direction informatique",
    "DAF": "direction financière",
}
AGREE = "[J'ai compris, je commence]"
OPENED = [
    "/start",
    AGREE,
    "[Direction générale]",
    "/seance",
    "[Sans les fonctions (conseillé)]",
]
"""A chief executive who has answered one question opens a session."""


async def opened(standin: StandIn, *roles: str, named: bool = False) -> Person:
    """The owner, who has invited these functions until the second Friday."""
    owner = standin.person("Dominique", language_code="fr")
    await open_session(owner, *roles, named=named)
    return owner


async def open_session(owner: Person, *roles: str, named: bool = False) -> None:
    """Invite these functions until the second Friday."""
    await do(owner, *OPENED[:-1])
    await do(owner, "[Avec les fonctions, accord de chacun]" if named else OPENED[-1])
    names = {"MKT": "Marketing", "COM": "Commerce", "DRH": "RH", "DSI": "Informatique"}
    names["DAF"] = "Finances"
    for role, label in names.items():
        if role not in roles:
            await do(owner, f"[✓ {label}]")
    await do(owner, f"[Valider ({len(roles)})]", "[Vendredi 4 décembre, 18 h]")
    for role in roles[1:]:
        await do(owner, f"[Suivant : {FUNCTIONS[role]}]")


def said(person: Person) -> str:
    """Everything that the bot has said to somebody, in plain spaces."""
    found = (m for m in person.visible(person.private) if m.from_bot)
    return "\n".join(" ".join(normal(message.words)) for message in found)


def link(owner: Person, role: str) -> str:
    """What a guest's phone sends when the newest link of a function is tapped."""
    words = f"Pour la {FUNCTIONS[role]}"
    for message in reversed(owner.visible(owner.private)):
        if words in " ".join(normal(message.words)):
            found = re.search(r"start=([\w-]+)", message.words)
            assert found is not None
            return f"/start {found[1]}"
    raise AssertionError(f"no link for {role}\n{owner.picture()}")


async def joined(standin: StandIn, owner: Person, role: str, lang: str = "fr") -> Person:
    """A guest who has followed their link and agreed."""
    guest = standin.person(role.title(), language_code=lang)
    await do(guest, link(owner, role), "[Oui]", AGREE)
    return guest


async def finish(person: Person) -> None:
    """The questions to the end, as fast as taps go."""
    for _ in range(80):
        if "enregistrées et visibles" in said(person):
            return
        await person.tap(_next(person))
        await person.settle(10)
    raise AssertionError(person.picture())


def _next(person: Person) -> str:
    for message in reversed(person.visible(person.private)):
        labels = message.labels
        if not labels:
            continue
        for label in labels:
            if normal(label)[0] in ("Non, et ne plus me le proposer", "Garder mes réponses"):
                return label
        done = [label for label in labels if label.startswith("Valider (")]
        return done[0] if done else labels[0]
    raise AssertionError(person.picture())


async def held(service: Service, person: Person) -> Session:
    """The session that a person takes part in, as it is stored."""
    turn, _ = await service._present(f"telegram:{person.user.id}")
    assert turn.session is not None
    return turn.session

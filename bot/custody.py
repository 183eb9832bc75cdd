"""The keys as the operator handles them: shown by their fingerprint, changed, dropped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.storage import rotation
from bot.storage.keys import Key, read_keys


def show(_: Path | str, keys: Path) -> int:
    """Print the fingerprint of each key, never a key."""
    newest, *old = read_keys(keys)
    print(f"{newest.name} (scelle)")
    for key in old:
        print(f"{key.name} (ouvre encore)")
    return 0


def rotate(database: Path | str, keys: Path) -> int:
    """Seal everything again under a new key; say which ones are no longer needed."""
    done = rotation.rotate(database, keys)
    newest, *old = read_keys(keys)
    taken_up = ", rotation interrompue reprise" if done.resumed else ""
    print(f"Clé en service : {newest.name}{taken_up}. Sceaux renouvelés : {done.renewed}.")
    if done.damaged:
        print(f"Sceaux qu'aucune clé n'ouvre, laissés tels quels : {done.damaged}.")
        return 0
    print(f"Ne servent plus : {_named(old)}. Pour les retirer : codir key drop-old")
    print("Une sauvegarde de la base faite avant ce jour ne s'ouvre qu'avec elles.")
    return 0


def drop_old(database: Path | str, keys: Path) -> int:
    """Leave the newest key alone in its file."""
    old = rotation.drop_old(database, keys)
    print(f"Retirées : {_named(old)}." if old else "Une seule clé : rien à retirer.")
    return 0


def _named(keys: Sequence[Key]) -> str:
    return ", ".join(key.name for key in keys)

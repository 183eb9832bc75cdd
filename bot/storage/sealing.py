"""Answers are sealed: encrypted and signed with a key that lives apart from the database.

A seal is its version, the id of its key, a nonce, and the sealed bytes. Seals of the first
version do not name their key.
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from bot.storage.keys import ID_BYTES, KeyFault, make_keys, read_keys

__all__ = ["KeyFault", "Seal", "load_key"]

_NONCE = 12
_NAMELESS, _NAMED = b"\x01", b"\x02"


class Seal:
    """Seals under the newest key of a file, opens under any of them.

    `about` binds a seal to its owner and place.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read_at = _stamp(path)
        self.keys = read_keys(path)
        self._ciphers = {key.id: ChaCha20Poly1305(key.secret) for key in self.keys}

    @property
    def head(self) -> bytes:
        """How every seal under the newest key begins."""
        return _NAMED + self.keys[0].id

    def close(self, clear: bytes, about: str) -> bytes:
        """Seal these bytes."""
        nonce = os.urandom(_NONCE)
        cipher = self._ciphers[self.keys[0].id]
        return self.head + nonce + cipher.encrypt(nonce, clear, about.encode())

    def open(self, sealed: bytes, about: str) -> bytes:
        """The bytes behind a seal. Raises KeyFault for another key, owner or a changed byte."""
        for cipher, body in self._readings(sealed):
            try:
                return cipher.decrypt(body[:_NONCE], body[_NONCE:], about.encode())
            except InvalidTag:
                continue
        raise KeyFault("la clé ne correspond pas à ces données")

    def _readings(self, sealed: bytes) -> list[tuple[ChaCha20Poly1305, bytes]]:
        """The ciphers that may open a seal: the one it names, each for a seal without a name."""
        version, rest = sealed[:1], sealed[1:]
        if version == _NAMELESS:
            return [(cipher, rest) for cipher in self._ciphers.values()]
        named = self._ciphers.get(rest[:ID_BYTES]) if version == _NAMED else None
        return [(named, rest[ID_BYTES:])] if named else []

    @property
    def stale(self) -> bool:
        """Whether the key file has changed since it was read."""
        return _stamp(self.path) != self._read_at


def _stamp(path: Path) -> tuple[int, int]:
    """What differs once a file was replaced; a missing file differs from any."""
    try:
        seen = path.stat()
    except OSError:
        return (0, 0)
    return (seen.st_ino, seen.st_mtime_ns)


def load_key(path: Path, *, database: Path) -> Seal:
    """The seal of a key file; made on first use, never when a database already needs it.

    Raises KeyFault and touches nothing when the key is missing, unreadable, open to other
    users, or beside the database that it protects.
    """
    if path.resolve().parent == database.resolve().parent:
        raise KeyFault(f"CODIR_KEY_FILE : gardez la clé dans un autre dossier que {database}")
    return seal_of(path, new=not database.exists())


def seal_of(path: Path, *, new: bool) -> Seal:
    """The seal of a key file, made for a new database. Raises KeyFault."""
    if not path.exists():
        if not new:
            raise KeyFault(
                f"CODIR_KEY_FILE : la clé {path} manque, or la base existe déjà ; "
                "remettez la clé en place (rien n'a été modifié)"
            )
        make_keys(path)
    return Seal(path)

"""Answers are sealed: encrypted and signed with a key that lives apart from the database."""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

_NONCE = 12
_VERSION = b"\x01"


class KeyFault(Exception):
    """The key file is missing, unreadable, misplaced or not the one of this database."""


class Seal:
    """Seals and opens bytes under one key. `about` binds a seal to its owner and place."""

    def __init__(self, key: bytes) -> None:
        self._cipher = ChaCha20Poly1305(key)

    def close(self, clear: bytes, about: str) -> bytes:
        """Seal these bytes."""
        nonce = os.urandom(_NONCE)
        return _VERSION + nonce + self._cipher.encrypt(nonce, clear, about.encode())

    def open(self, sealed: bytes, about: str) -> bytes:
        """The bytes behind a seal. Raises KeyFault for another key, owner or a changed byte."""
        nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        try:
            return self._cipher.decrypt(nonce, body, about.encode())
        except InvalidTag:
            raise KeyFault("la clé ne correspond pas à ces données") from None


def load_key(path: Path, *, database: Path) -> Seal:
    """The seal of a key file; made on first use, never when a database already needs it.

    Raises KeyFault and touches nothing when the key is missing, unreadable, open to other
    users, or beside the database that it protects.
    """
    if path.resolve().parent == database.resolve().parent:
        raise KeyFault(f"CODIR_KEY_FILE : gardez la clé dans un autre dossier que {database}")
    if not path.exists():
        if database.exists():
            raise KeyFault(
                f"CODIR_KEY_FILE : la clé {path} manque, or {database} existe déjà ; "
                "remettez la clé en place (rien n'a été modifié)"
            )
        _make(path)
    return Seal(_read(path))


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = base64.urlsafe_b64encode(secrets.token_bytes(32)) + b"\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> bytes:
    try:
        mode, text = path.stat().st_mode, path.read_bytes().strip()
    except OSError as error:
        raise KeyFault(f"CODIR_KEY_FILE : {path} illisible ({error.strerror})") from error
    if mode & 0o077:
        raise KeyFault(f"CODIR_KEY_FILE : {path} est lisible par d'autres ; faites chmod 600")
    try:
        key = base64.urlsafe_b64decode(text)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise KeyFault(f"CODIR_KEY_FILE : {path} ne contient pas une clé de 32 octets en base64")
    return key

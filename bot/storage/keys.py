"""The key file: one key a line, the newest first, for its owner only."""

from __future__ import annotations

import base64
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2s
from pathlib import Path

KEY_BYTES = 32
ID_BYTES = 4
FOR_OWNER = 0o600


class KeyFault(Exception):
    """The key file is missing, unreadable, misplaced or not the one of this database."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key. Its id is a fingerprint: it may be shown, and tells nothing of the key."""

    secret: bytes = field(repr=False)

    @property
    def id(self) -> bytes:
        """What seals name it by."""
        return blake2s(self.secret, digest_size=ID_BYTES, person=b"codir-id").digest()

    @property
    def name(self) -> str:
        """The id as people read it."""
        return self.id.hex()


def new_key() -> Key:
    """A key that nobody has seen."""
    return Key(secrets.token_bytes(KEY_BYTES))


def read_keys(path: Path) -> tuple[Key, ...]:
    """The keys of a file, the newest first. Raises KeyFault, one line that says what to do."""
    try:
        mode, lines = path.stat().st_mode, path.read_bytes().split()
    except FileNotFoundError as error:
        raise KeyFault(
            f"CODIR_KEY_FILE : la clé {path} manque ; "
            "une base neuve en reçoit une au premier lancement"
        ) from error
    except OSError as error:
        raise KeyFault(f"CODIR_KEY_FILE : {path} illisible ({error.strerror})") from error
    if mode & 0o077:
        raise KeyFault(f"CODIR_KEY_FILE : {path} est lisible par d'autres ; faites chmod 600")
    keys = tuple(Key(_decoded(line)) for line in lines)
    if not keys or any(len(key.secret) != KEY_BYTES for key in keys):
        raise KeyFault(
            f"CODIR_KEY_FILE : {path} ne contient pas que des clés de 32 octets en base64"
        )
    return keys


def _decoded(line: bytes) -> bytes:
    try:
        return base64.b64decode(line, altchars=b"-_", validate=True)
    except ValueError:
        return b""


def make_keys(path: Path) -> None:
    """A first key, in a folder for its owner only; never over a file that exists."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write(path, [new_key()])
        _settle(path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error


def write_keys(path: Path, keys: Sequence[Key]) -> None:
    """Replace the keys of a file, all at once: a cut leaves the old file or the new one."""
    path = path.resolve()
    part = path.with_name(f"{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        _write(part, keys)
        part.replace(path)
        _settle(path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> KeyFault:
    return KeyFault(f"CODIR_KEY_FILE : {path} ne peut pas être écrit ({error.strerror})")


def _write(path: Path, keys: Sequence[Key]) -> None:
    text = b"".join(base64.urlsafe_b64encode(key.secret) + b"\n" for key in keys)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FOR_OWNER)
    with os.fdopen(descriptor, "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """A new name in a folder lasts once the folder itself is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

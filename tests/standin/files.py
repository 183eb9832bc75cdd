"""Files that went through the stand-in, by their file_id."""

import hashlib
import mimetypes
from dataclasses import dataclass
from typing import Any

from .errors import bad

MAX_UPLOAD = 50 * 1000 * 1000
MAX_PHOTO = 10 << 20
MAX_DOWNLOAD = 20 << 20
PIXEL = b"\xff\xd8\xff\xe0" + b"stand-in photo" + b"\xff\xd9"


@dataclass(frozen=True)
class StoredFile:
    """One file; equal bytes and names still have ids of their own."""

    file_id: str
    unique_id: str
    name: str
    data: bytes
    kind: str

    def to_json(self) -> dict[str, Any]:
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
        }

    @property
    def path(self) -> str:
        folder = "photos" if self.kind == "photo" else "documents"
        suffix = "." + self.name.rsplit(".", 1)[-1] if "." in self.name else ""
        return f"{folder}/file_{self.unique_id}{suffix}"


class FileStore:
    """Keeps what was sent, so that it can be sent again or fetched."""

    def __init__(self) -> None:
        self.files: dict[str, StoredFile] = {}

    def keep(self, name: str, data: bytes, kind: str = "document") -> StoredFile:
        number = len(self.files) + 1
        digest = hashlib.sha256(data).hexdigest()[:12]
        file = StoredFile(f"BQAC{number:06d}{digest}", f"Ag{number:06d}", name, data, kind)
        self.files[file.file_id] = file
        return file

    def again(self, file_id: str, kind: str) -> StoredFile:
        """A file by the id that the bot knows."""
        if file_id.startswith(("http://", "https://")):
            raise bad("Failed to get HTTP URL content")
        file = self.files.get(file_id)
        if file is None:
            raise bad("Wrong file identifier/HTTP URL specified")
        if file.kind != kind:
            raise bad(f"Can't use file of type {file.kind.capitalize()} as {kind.capitalize()}")
        return file

    def at_path(self, path: str) -> StoredFile | None:
        return next((file for file in self.files.values() if file.path == path), None)


def document_json(file: StoredFile) -> dict[str, Any]:
    guessed = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return {"file_name": file.name, "mime_type": guessed, **file.to_json()}


def photo_json(file: StoredFile) -> list[dict[str, Any]]:
    return [{"width": 1280, "height": 960, **file.to_json()}]

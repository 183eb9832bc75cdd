"""The documents' building blocks: knowledge/texts*.yaml, one tree for each language."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.content.yaml import load

PARTS = ("common", "fr", "en")


def load_texts(folder: Path) -> dict[str, Any]:
    """Every file of texts as one. Raises ContentError for a key that two files define."""
    found: dict[str, Any] = {part: {} for part in PARTS}
    for path in sorted(folder.glob("texts*.yaml")):
        loaded = load(path)
        for part, tree in loaded.data.items():
            if part not in found:
                raise loaded.fault((part,), f"« {part} » : attendu common, fr ou en")
            for key, value in tree.items():
                if key in found[part]:
                    message = f"« {part}.{key} » est déjà défini dans un autre fichier de textes"
                    raise loaded.fault((part, key), message)
                found[part][key] = value
    return found

"""The bot's own words: dialogs/messages*.yaml, one key a sentence, in each language."""

from __future__ import annotations

import string
from collections.abc import Mapping
from pathlib import Path

from bot.content.yaml import Loaded, load

LANGS = ("fr", "en")
_Forms = tuple[str, str]


class Messages:
    """Sentences by key and language. A sentence in two forms agrees with its word `n`."""

    def __init__(self, forms: Mapping[tuple[str, str], _Forms]) -> None:
        self._forms = forms

    def __contains__(self, key: object) -> bool:
        return (key, "fr") in self._forms

    @property
    def keys(self) -> list[str]:
        """Every key, in file order."""
        return [key for key, lang in self._forms if lang == "fr"]

    def __call__(self, lang: str, key: str, /, **words: object) -> str:
        """The sentence with its words filled. Raises KeyError for an unknown key or word."""
        one, other = self._forms[key, lang]
        form = one if _singular(lang, words.get("n")) else other
        return form.format_map(words) if "{" in form else form

    def longest(self, lang: str, key: str) -> int:
        """The characters of the longer form, its words unfilled."""
        return max(len(form) for form in self._forms[key, lang])

    def words(self, key: str, lang: str) -> set[str]:
        """The words that a sentence expects."""
        return {name for form in self._forms[key, lang] for name in _fields(form)}


def _singular(lang: str, n: object) -> bool:
    if not isinstance(n, int):
        return False
    return n == 1 or (lang == "fr" and n == 0)


def _fields(form: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(form) if name}


def load_messages(folder: Path) -> Messages:
    """Every file of words as one catalogue.

    Raises ContentError for a key without both languages and their words, or written twice.
    """
    forms: dict[tuple[str, str], _Forms] = {}
    for path in sorted(folder.glob("messages*.yaml")):
        loaded = load(path)
        for key, entry in loaded.data.items():
            if (key, "fr") in forms:
                raise loaded.fault((key,), f"« {key} » est déjà écrit dans un autre fichier")
            forms |= {(key, lang): _said(loaded, key, lang, entry) for lang in LANGS}
            _agree(loaded, key, forms)
    return Messages(forms)


def _said(loaded: Loaded, key: str, lang: str, entry: object) -> _Forms:
    text = entry.get(lang) if isinstance(entry, dict) else None
    if isinstance(text, dict) and set(text) == {"one", "other"}:
        return text["one"], text["other"]
    if isinstance(text, str) and text:
        return text, text
    raise loaded.fault((key,), f"« {key} » n'a pas de texte en « {lang} »")


def _agree(loaded: Loaded, key: str, forms: Mapping[tuple[str, str], _Forms]) -> None:
    french, english = (
        {name for form in forms[key, lang] for name in _fields(form)} for lang in LANGS
    )
    if french != english:
        differing = ", ".join(sorted(french ^ english))
        raise loaded.fault((key,), f"« {key} » : mots différents selon la langue ({differing})")

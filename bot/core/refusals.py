"""What a value in a file or a setting should have been, in the words of whoever wrote it."""

from __future__ import annotations

from collections.abc import Mapping

_SAID = {
    "missing": "manque",
    "extra_forbidden": (
        "inconnu ici ; une faute de frappe, ou un texte à mettre entre guillemets parce qu'il "
        "contient une virgule ou un deux-points ?"
    ),
    "literal_error": "attendu : {expected}",
    "enum": "attendu : {expected}",
    "int_parsing": "attendu : un nombre entier",
    "decimal_parsing": "attendu : un nombre, avec un point pour les décimales",
    "float_parsing": "attendu : un nombre, avec un point pour les décimales",
    "bool_parsing": "attendu : true ou false",
    "greater_than_equal": "{ge} au moins",
    "less_than_equal": "{le} au plus",
    "string_too_long": "{max_length} caractères au plus",
    "too_short": "il en faut {min_length} au moins",
    "string_type": "attendu : un texte",
    "list_type": "attendu : une liste",
    "dict_type": "attendu : des clés et leurs valeurs",
    "model_type": "attendu : des clés et leurs valeurs",
    "value_error": "{error}",
}


def refusal(kind: str, context: Mapping[str, object], otherwise: str) -> str:
    """The sentence for a kind of fault; `otherwise` for a kind without one."""
    words = {**context, "expected": _listed(str(context.get("expected", "")))}
    return _SAID[kind].format_map(words) if kind in _SAID else otherwise


def _listed(expected: str) -> str:
    """« 'a', 'b' or 'c' » as « a, b ou c »."""
    return expected.replace("'", "").replace(" or ", " ou ")

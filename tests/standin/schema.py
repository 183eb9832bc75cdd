"""Validates a request against the published shapes of the Bot API."""

import json
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

Problems = list[str]
SHORT_FORMS = {"KeyboardButton"}  # a String may stand for the whole object


@cache
def shapes() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(
        Path(__file__).with_name("schema.json").read_text(encoding="utf-8")
    )
    return loaded


@cache
def canonical() -> dict[str, str]:
    """Method names by their lower case, which is how the server compares them."""
    return {name.lower(): name for name in shapes()["methods"]}


def not_played(method: str) -> bool:
    """True for a method that the real server has and the stand-in has not."""
    return method.lower() in {name.lower() for name in shapes()["not_played"]}


def read(
    method: str, raw: dict[str, Any], files: Collection[str]
) -> tuple[dict[str, Any], Problems]:
    """The parameters with their own types, and what is wrong with them."""
    fields = shapes()["methods"][method]
    values: dict[str, Any] = {}
    problems: Problems = []
    for name, given in raw.items():
        if name not in fields:
            problems.append(f"unknown parameter {name}")
            continue
        types = fields[name].rstrip("!").split("|")
        value = decoded(given, types)
        wrong = mismatch(value, types)
        problems += [f"{name}{problem}" for problem in wrong]
        values[name] = value
    for name, wanted in fields.items():
        if wanted.endswith("!") and name not in values and name not in files:
            problems.append(f"missing parameter {name}")
    return values, problems


def decoded(given: Any, types: list[str]) -> Any:
    """A parameter of a form or a query is text; this gives it the type that is asked for."""
    if not isinstance(given, str):
        return given
    for kind in types:
        if kind == "Integer" and given.lstrip("-").isdigit():
            return int(given)
        if kind == "Float" and given.lstrip("-").replace(".", "", 1).isdigit():
            return float(given)
        if kind in {"Boolean", "True"} and given.lower() in {"true", "false"}:
            return given.lower() == "true"
    if "String" in types:
        return given
    try:
        return json.loads(given)
    except ValueError:
        return given


def mismatch(value: Any, types: list[str]) -> Problems:
    """Nothing when one of the types fits, else the complaints of the nearest one."""
    arrays = [kind.removeprefix("Array of ") for kind in types if kind.startswith("Array of ")]
    others = [kind for kind in types if not kind.startswith("Array of ")]
    complaints = [check(value, kind) for kind in others]
    if arrays:
        complaints.append(check_array(value, arrays))
    return min(complaints, key=severity)


def severity(problems: Problems) -> tuple[int, int]:
    """What is wrong with the object itself weighs more than what is wrong inside it."""
    return sum(problem.startswith(" ") for problem in problems), len(problems)


def check(value: Any, kind: str) -> Problems:
    if kind.startswith("="):
        return [] if value == kind[1:] else [f" must be {kind[1:]}, not {value!r}"]
    if kind in {"String", "InputFile"}:
        return [] if isinstance(value, str) else [f" must be a String, not {value!r}"]
    if kind == "Integer":
        fine = isinstance(value, int) and not isinstance(value, bool)
        return [] if fine else [f" must be an Integer, not {value!r}"]
    if kind == "Float":
        fine = isinstance(value, int | float) and not isinstance(value, bool)
        return [] if fine else [f" must be a Float, not {value!r}"]
    if kind in {"Boolean", "True"}:
        return [] if isinstance(value, bool) else [f" must be a Boolean, not {value!r}"]
    return check_object(value, kind)


def check_array(value: Any, kinds: list[str]) -> Problems:
    if not isinstance(value, list):
        return [f" must be an Array of {' or '.join(kinds)}, not {value!r}"]
    return [
        f"[{index}]{problem}"
        for index, item in enumerate(value)
        for problem in mismatch(item, kinds)
    ]


def check_object(value: Any, kind: str) -> Problems:
    if kind in SHORT_FORMS and isinstance(value, str):
        return []
    shape = shapes()["types"][kind]
    if isinstance(shape, list):
        return mismatch(value, shape)
    if not isinstance(value, dict):
        return [f" must be a {kind}, not {value!r}"]
    problems = [f" has the unknown field {name} in a {kind}" for name in value if name not in shape]
    for name, wanted in shape.items():
        if name in value:
            wrong = mismatch(value[name], wanted.rstrip("!").split("|"))
            problems += [f".{name}{problem}" for problem in wrong]
        elif wanted.endswith("!"):
            problems.append(f" lacks the field {name} of a {kind}")
    return problems

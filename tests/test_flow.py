"""What a flow remembers is what its machine does."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from bot.content.library import Library
from bot.core.condition import Values
from bot.core.dialog import Blank, Question, Type
from bot.core.flow import END, START, Flow, _Token


def walked(flow: Flow, values: Values) -> tuple[str, ...]:
    """The path as the machine walks it when its guards are shown every answer."""
    token, found = _Token(START), []
    while flow._trigger(token, values) and token.state != END:
        found.append(token.state)
    return tuple(found)


def some_answer(chance: random.Random, question: Question) -> object:
    if chance.random() < 0.1:
        return chance.choice((Blank.NSP, "nsp", Blank.SO, Blank.SKIPPED))
    ids = [choice.id for choice in question.choices]
    if question.type is Type.MULTI:
        return tuple(sorted(chance.sample(ids, chance.randint(1, min(3, len(ids))))))
    if question.type is Type.SCALE:
        return chance.randint(1, 5)
    amount = chance.choice((0, 1, 24, 60_000))
    return chance.choice(ids) if ids else chance.choice((amount, Decimal(amount), "1"))


@pytest.mark.parametrize("name", ["diagnostic", "documents", "second_round"])
def test_a_remembered_path_is_the_path_of_the_machine(library: Library, name: str) -> None:
    flow, chance = Flow(library.dialogs[name]), random.Random(20261125)
    asked = [q for dialog in library.dialogs.values() for q in dialog.questions]
    kinds = sorted({kind for option in library.model.options for kind in option.docs})
    people: list[dict[str, object]] = []
    for _ in range(150):
        known = {q.id: some_answer(chance, q) for q in asked if chance.random() < 0.7}
        documents = tuple(chance.sample(kinds, chance.randint(0, 3)))
        depth = chance.choice(("utile", "tout", "detail"))
        people.append({**known, "owner": "oui", "documents": documents, "depth": depth})
    for values in [*people, *people[::-1]]:
        assert flow.path(values) == walked(flow, values)
        missing = (id_ for id_ in walked(flow, values) if id_ not in values)
        assert flow.position(values) == next(missing, END)
    assert flow._path.cache_info().hits, "some were remembered"

"""What a committee's documents may say of its answers: statuses, distributions, pivots."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from bot.core.digest import Digest, Item, Signal
from bot.core.rounds import ordered, priority, weights
from bot.documents.chart_dots import APART, most_apart
from bot.documents.facts import Case
from bot.documents.facts_words import NOTHING, Words, inside, upper_first

MOST_PIVOTS = 3
"""The pivots that are named where there is little room."""
MANY = 3
"""From so many answers on, they are « sinon »."""
_QUOTED = re.compile(r"« ?([^»]*?) ?»")


@dataclass(slots=True)
class Turning:
    """Neighbouring answers to a pivot that put the same option first, said as a `bound` or not."""

    id_: str
    option: str
    answers: list[str]
    bound: str = ""
    least: bool = False


def digest_of(case: Case) -> Digest:
    """The results that the document speaks of."""
    assert case.committee is not None
    return case.committee.digest


def name(words: Words, id_: str) -> str:
    """A question in a few words."""
    if words.has(f"committee.items.{id_}.name"):
        return words.plain(f"committee.items.{id_}.name")
    asked = words.case.question(id_)
    return (asked.topic or asked.short or asked.text)[words.lang]


def asked(case: Case, words: Words, id_: str) -> Markup:
    """A question as it was asked, its own quotation marks turned into inner ones."""
    text = case.question(id_).text[words.lang]
    return escape(_QUOTED.sub("“\\1”", text))


def spread(case: Case, words: Words, id_: str) -> Markup:
    """« Cinq réponses : très flou (1), plutôt clair (4). », or the median of three, or nothing."""
    item = digest_of(case).items.get(id_)
    if item is None:
        return NOTHING
    n = upper_first(words.plural("committee.answers", item.answers))
    if item.counts:
        steps = Markup(", ").join(_steps(case, words, id_, item))
        return words("committee.spread", n=n, steps=steps)
    if item.median is not None:
        choices = case.question(id_).choices
        step = inside(choices[round(item.median) - 1].text[words.lang])
        return words("committee.median", n=n, step=step)
    return NOTHING


def _steps(case: Case, words: Words, id_: str, item: Item) -> Iterator[Markup]:
    named = case.committee is not None and case.committee.functions
    for choice, count in zip(case.question(id_).choices, item.counts, strict=True):
        if not count:
            continue
        step = inside(choice.text[words.lang])
        if roles := item.roles.get(choice.id, ()) if named else ():
            yield words("committee.step_named", step=step, who=functions(words, roles))
        else:
            yield words("committee.step", step=step, n=count)


def functions(words: Words, roles: tuple[str, ...]) -> str:
    """« marketing, commerce »."""
    return ", ".join(inside(words.plain(f"committee.functions.{role}")) for role in roles)


def standing(case: Case, words: Words, id_: str) -> Markup:
    """« Avis opposés, désaccord stable », or nothing when there is nothing to say."""
    digest = digest_of(case)
    item, ending = digest.items.get(id_), digest.endings.get(id_)
    status = item.status if item else ""  # that of a fact only says that its values differ
    parts = [_status(case, words, status)] if status else []
    if ending is not None:
        fact = digest.facts.get(id_)
        apart = status in APART or (fact is not None and fact.disputed)
        path = "moving" if not ending.stable else "stable" if apart else "found"
        parts.append(words.plain(f"committee.{path}"))
    return upper_first(escape(", ".join(parts)))


def _status(case: Case, words: Words, status: str) -> str:
    expertise = case.shelf.expertise
    assert expertise is not None
    return inside(expertise.divergences.names[status][words.lang])


def received(case: Case, words: Words, id_: str) -> Markup:
    """The different answers to a fact, without authors: « de 0 à 2 ; de 3 à 5 »."""
    fact = digest_of(case).facts.get(id_)
    if fact is None or case.committee is None or case.committee.few:
        return NOTHING
    return words.series([value(words, id_, one) for one in fact.values])


def value(words: Words, id_: str, one: Signal) -> str:
    """One answer, inside a sentence."""
    known = f"committee.values.{id_}.{one}"
    if words.has(known):
        return words.plain(known)
    parts = one if isinstance(one, tuple) else (one,)
    return ", ".join(words.label(id_, str(part)) for part in parts)


def reasons(case: Case, words: Words, id_: str) -> Markup:
    """The reasons of the second round, whose authors and number nobody knows."""
    ending = digest_of(case).endings.get(id_)
    codes = tuple(words.tree("committee.reason")) if ending else ()
    said = [words.plain(f"committee.reason.{c}") for c in codes if ending and c in ending.reasons]
    return words("committee.reasons", what=words.series(said)) if said else NOTHING


def turns(case: Case, words: Words, id_: str) -> list[Turning]:
    """Which option each answer to a pivot would put first, neighbours together."""
    found = digest_of(case).turns.get(id_, {})
    groups: list[Turning] = []
    for one in (choice.id for choice in case.question(id_).choices if choice.id in found):
        if groups and groups[-1].option == found[one]:
            groups[-1].answers.append(one)
        else:
            groups.append(Turning(id_, found[one], [one]))
    if len(groups) == 2:
        _bound(words, groups[0], "most", groups[0].answers[-1])
        _bound(words, groups[1], "least", groups[1].answers[0])
    return groups


def _bound(words: Words, group: Turning, bound: str, edge: str) -> None:
    path = f"committee.turns.{group.id_}.{bound}.{edge}"
    group.bound = words.plain(path) if words.has(path) else ""
    group.least = bound == "least"


def _when(words: Words, group: Turning, *, unit: bool) -> Markup:
    """« à cinq jours par mois ou moins », « à partir de six », or the answers themselves."""
    if group.bound:
        whole = unit and group.least
        return escape(
            group.bound + (words.plain(f"committee.turns.{group.id_}.unit") if whole else "")
        )
    return words("committee.turn_one", answers=_quoted(words, group))


def changes(case: Case, words: Words, id_: str) -> Markup:
    """« à cinq jours ou moins, l'option en tête devient « réorganiser » ; à partir de six, … »."""
    groups = turns(case, words, id_)
    long = [group for group in groups if len(group.answers) >= MANY and not group.bound]
    if len(groups) == 2 and long:
        groups = [group for group in groups if group is not long[-1]] + [long[-1]]
    said = []
    for n, group in enumerate(groups):
        stays = "turn_stays" if group.option == case.advice.top else "turn_first"
        rest = bool(n) and len(groups) == 2 and group in long
        when = words("committee.otherwise") if rest else _when(words, group, unit=False)
        path = f"committee.{'turn_next' if n else stays}"
        said.append(words(path, when=when, option=brief(words, group.option)))
    return words.series(said)


def main_pivots(case: Case) -> tuple[str, ...]:
    """The pivots that weigh most in the meeting; when little separates the options, all do."""
    digest = digest_of(case)
    assert case.shelf.expertise is not None
    asked = {id_: ending.discuss for id_, ending in digest.endings.items()}
    by = priority(digest, weights(case.shelf.expertise), asked)
    return ordered(digest.pivots, by)[:MOST_PIVOTS]


def switching(case: Case, words: Words) -> list[Markup]:
    """For each option that a main pivot would put first, the answers that would do so."""
    ways: dict[str, list[Turning]] = {}
    for id_ in main_pivots(case):
        for group in turns(case, words, id_):
            if group.option != case.advice.top:
                ways.setdefault(group.option, []).append(group)
    return [_switch(words, groups) for groups in ways.values()]


def _switch(words: Words, groups: list[Turning]) -> Markup:
    """One way is said in full; several, as a question and its answer each."""
    option = brief(words, groups[0].option)
    if len(groups) == 1 and groups[0].bound:
        when = _when(words, groups[0], unit=True)
        return words("committee.turn_short", when=when, option=option)
    said = (
        words("committee.turn_on", name=inside(name(words, g.id_)), answers=_quoted(words, g))
        for g in groups
    )
    joint = Markup(",") + words.plain("committee.or")
    return words("note.switch", answers=joint.join(said), option=option)


def _quoted(words: Words, group: Turning) -> Markup:
    told = (words("committee.quoted", answer=value(words, group.id_, a)) for a in group.answers)
    return escape(words.plain("committee.or")).join(told)


def brief(words: Words, option: str) -> str:
    """An option in two or three words."""
    return words.plain(f"committee.brief.{option}")


def apart(case: Case) -> list[str]:
    """What divides the committee, pivots left out: the order of the second round, else by A."""
    digest = digest_of(case)
    assert case.shelf.expertise is not None
    found = most_apart(digest, case.shelf.expertise.divergences)
    ordered = dict.fromkeys((*(id_ for id_ in digest.endings if id_ in digest.items), *found))
    return [
        id_ for id_ in ordered if digest.items[id_].status in APART and id_ not in digest.pivots
    ]


def lone(case: Case, id_: str) -> bool:
    """Whether one voice differs from the others, which is never asked to speak up."""
    item = digest_of(case).items.get(id_)
    return item is not None and item.status == "isole"


def unsettled_facts(case: Case) -> list[str]:
    """The facts told differently of which the owner kept no value, pivots left out."""
    digest = digest_of(case)
    return [
        id_ for id_, fact in digest.facts.items() if fact.unsettled and id_ not in digest.pivots
    ]

"""From the private answers to what the committee may see of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from statistics import fmean, median

from bot.core.alignment import align
from bot.core.assessment import PERCEPTIONS, Expertise, observed
from bot.core.condition import Values
from bot.core.decision import winner
from bot.core.dialog import Question, Type
from bot.core.digest import ENOUGH, FEW, Digest, Fact, Signal
from bot.core.voices import Voices, asked_of_owner, heard, items, scores, unknowns

AGENDA = "agenda"
"""The pick that sends a fact to the meeting: it settles nothing."""
NEVER = ("initial_preference",)
"""What people leant towards feeds nothing that can be traced back to them."""


def digest(
    expertise: Expertise,
    answers: Mapping[str, Values],
    *,
    invited: int,
    named: bool,
    both: bool = False,
    picks: Mapping[str, Signal] | None = None,
    hidden: bool = False,
) -> Digest:
    """The results of a round from everybody's answers, by seat, the owner's first."""
    people = heard(expertise, answers)
    voices = Voices(expertise, people, named, both, hidden)
    shown, facts, dimensions = items(voices), _facts(voices), scores(voices)
    found = Digest(
        answered=len(people),
        invited=invited,
        unknown=unknowns(expertise.dialog, voices),
        items=shown,
        facts=facts,
        signals=_signals(voices, {id_: score for id_, (score, _) in dimensions.items()}),
        shared={} if hidden else _shared(voices, facts),
        dimensions={id_: score for id_, (score, _) in dimensions.items()},
        behind={id_: behind for id_, (_, behind) in dimensions.items()},
    )
    found = replace(found, turns=turning(expertise, found))
    for name, value in (picks or {}).items():
        found = picked(expertise, found, name, value)
    return found


def picked(expertise: Expertise, found: Digest, name: str, value: Signal) -> Digest:
    """The results once the owner kept one value of a fact that was told differently.

    Nothing but the results is read, so that it can be done when somebody has left meanwhile.
    """
    if value == AGENDA or name not in found.facts:
        return found
    fact = replace(found.facts[name], held=value, picked=True)
    signals = {**found.signals, name: value} if name in expertise.kinds else found.signals
    if name == "sponsor":
        signals = {**signals, "conflict.sponsor": False}
    settled = replace(
        found,
        facts={**found.facts, name: fact},
        signals=signals,
        shared={**found.shared, name: value},
    )
    return replace(settled, turns=turning(expertise, settled))


def turning(expertise: Expertise, found: Digest) -> dict[str, dict[str, str]]:
    """Each pivot (4.1, step 8), with the option that each of its answers would put first.

    Only the answers that are shown are tried: those of an opinion with its distribution, those
    of a fact with its values. A pivot found otherwise would tell on which side somebody stands.
    """
    top = winner(expertise.model, found.signals)
    turns: dict[str, dict[str, str]] = {}
    for name in (*PERCEPTIONS, *expertise.divergences.facts):
        values = _listed(expertise, found, name)
        tried = {
            str(value): winner(expertise.model, {**found.signals, name: value}) for value in values
        }
        ends = list(tried.values())
        ends = [ends[0], ends[-1]] if name in PERCEPTIONS and ends else ends
        if len(tried) > 1 and any(option != top for option in ends):
            turns[name] = tried
    return turns


def _listed(expertise: Expertise, found: Digest, name: str) -> list[Signal]:
    if name in found.facts:
        return list(found.facts[name].values) if found.facts[name].unsettled else []
    item = found.items.get(name)
    question = expertise.dialog[name]
    given = [c.id for c, n in zip(question.choices, item.counts, strict=False) if n] if item else []
    return [int(id_) for id_ in given] if question.type is Type.SCALE else list(given)


def _signals(voices: Voices, shown: Mapping[str, float]) -> dict[str, Signal]:
    """What the rules go by. The scores that show count as they show.

    The mean of three answers, which does not, could set off another rule than their median, and
    the points would tell it.
    """
    expertise = voices.expertise
    scores = {**align(expertise.scale, voices.answers).dimensions, **shown}
    found = observed(expertise, voices.answers)
    counted = {f"alignment.{id_}": score for id_, score in scores.items()}
    if len(scores) >= expertise.scale.least:
        counted["alignment.overall"] = fmean(scores.values())
    return {n: v for n, v in {**found, **counted}.items() if n not in NEVER}  # type: ignore[misc]


# -- Facts ---------------------------------------------------------------------
# The order of authority is public: whoever reads a value that one person gave can tell who. A
# value is therefore held only when two people gave it or the owner picked it, whichever value
# the rules go on with. Of two people who answered, each would read the other's answer in a list
# of values: nothing is listed, and that they differ is a status, told if both accepted it. Two
# people alone in a session do not even hold a value together without that.


def _facts(voices: Voices) -> dict[str, Fact]:
    dialog = voices.expertise.dialog
    names = [q.id for q in dialog.questions if _common_fact(q)]
    return {
        name: _fact(voices, dialog[name], given) for name in names if (given := voices.given(name))
    }


def _common_fact(question: Question) -> bool:
    single = question.kind == "fact" and question.type is Type.SINGLE
    return single and question.id != "role" and not asked_of_owner(question)


def _fact(voices: Voices, question: Question, given: Mapping[str, Signal]) -> Fact:
    counts = Counter(given.values())
    listed = len(given) >= FEW and not voices.hidden
    values = tuple(choice.id for choice in question.choices if choice.id in counts)
    twice = [value for value in values if counts[value] >= 2]
    return Fact(
        values=values if listed else (),
        held=twice[0] if len(twice) == 1 and voices.holding else None,
        differ=len(values) > 1 and voices.telling(len(given)),
    )


# -- What documents may print --------------------------------------------------


def _shared(voices: Voices, facts: Mapping[str, Fact]) -> dict[str, Signal]:
    found: dict[str, Signal] = {id_: f.held for id_, f in facts.items() if f.held is not None}
    for question in voices.expertise.dialog.questions:
        if question.id in NEVER or question.id in found or question.id == "role":
            continue
        value = _owners(voices, question, found) or _common(voices, question)
        if value is not None and value != ():
            found[question.id] = value
    return found


def _owners(voices: Voices, question: Question, found: Values) -> Signal | None:
    """What only the owner is asked, when everybody can see why it was asked.

    The apprentice's supervisor is asked for some budgets and some preferences only: telling
    the answer would tell those, unless what is printed already explains the question.
    """
    if not asked_of_owner(question) or not question.when({**found, "owner": "oui"}):
        return None
    return next(iter(voices.given(question.id).values()), None)


def _common(voices: Voices, question: Question) -> Signal | None:
    if asked_of_owner(question):
        return None
    given = voices.given(question.id) if voices.holding else {}
    if question.type is Type.SCALE and len(given) >= FEW:
        middle = median(int(str(value)) for value in given.values())
        return int(middle) if middle == int(middle) else None
    if question.ordinal and question.kind == "perception" and len(given) >= FEW:
        ranks = sorted(question.ordinal.index(str(value)) for value in given.values())
        return question.ordinal[ranks[(len(ranks) - 1) // 2]]
    if question.type is Type.MULTI:
        return _ticked(question, given)
    return _most(question, given) if question.kind == "perception" else None


def _ticked(question: Question, given: Mapping[str, Signal]) -> tuple[str, ...]:
    """The choices of a multiple choice that two people ticked; for an opinion, half of them.

    « Aucune », which excludes the others, is left out as soon as another choice is there.
    """
    opinion = question.kind == "perception" or question.union
    if opinion and len(given) < ENOUGH:
        return ()
    counts = Counter(
        one for ticked in given.values() if isinstance(ticked, tuple) for one in ticked
    )
    least = max(2, len(given) / 2) if question.kind == "perception" else 2
    kept = [choice for choice in question.choices if counts[choice.id] >= least]
    free = tuple(choice.id for choice in kept if not choice.exclusive)
    return free or tuple(choice.id for choice in kept)


def _most(question: Question, given: Mapping[str, Signal]) -> Signal | None:
    """The answer that at least half of four people or more gave, if there is only one."""
    if len(given) < ENOUGH or question.type is not Type.SINGLE:
        return None
    found = [value for value, n in Counter(given.values()).items() if 2 * n >= len(given)]
    return found[0] if len(found) == 1 else None

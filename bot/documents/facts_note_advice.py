"""The decision asked for, the option advised, and what would change the advice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from bot.core.assessment import Assessment, unsettled
from bot.core.decision import Rule, reasons, reserves
from bot.core.sources import work_of
from bot.core.whatif import Change, Switch, switches
from bot.documents.facts import Case
from bot.documents.facts_committee import switching
from bot.documents.facts_common import CROWD, confidence, named, points, pros, short
from bot.documents.facts_words import Line, Words, inside, lower_first

MOST_AGAINST = 2
CITED = 2  # sources for each reason
LONGEST_REASON = 280  # characters, as many as the chat accepts


def decide(case: Case, words: Words, named: bool = True) -> Markup:
    """« Décision à prendre le 9 décembre 2026 : … », whatever is known of the date."""
    when = case.day("decision_date")
    date = words.day(when) if when else words("note.undated")
    return words("note.decide", date=date, what=_what(case, words, named))


def _what(case: Case, words: Words, named: bool) -> Markup:
    found, option = case.advice, case.option
    if option != found.top and option not in found.tied:
        if not named:
            return words("note.against_short")
        return words("note.against", chosen=_small(case, words, option), top=_small(case, words))
    if found.tied:
        if len(found.tied) > CROWD:
            return words("note.between_many", n=words.number(len(found.tied)))
        names = [words("note.between_one", name=_small(case, words, id_)) for id_ in found.tied]
        return words("note.between", names=words.listed(names))
    return words(f"note.engage.{option}")


def _small(case: Case, words: Words, option: str = "") -> str:
    return short(case, words, option or case.advice.top)


def chosen(case: Case, words: Words) -> dict[str, Markup]:
    """What to print when the option chosen is not the first; empty when it is."""
    found, option = case.advice, case.option
    if option == found.top:
        return {}
    name = named(case, words, option)
    given: dict[str, object] = {"chosen": name, "top": _small(case, words)}
    given["points"] = points(case, words, found.top)
    given["own"] = words.signed(found.points[option])
    tied = "_tied" if option in found.tied else ""
    parts = {"head": words(f"note.chosen{tied}", **given)}
    gates = found.gated.get(option, ())
    texts = [gate.text[words.lang] for gate in case.shelf.model.gates if gate.id in gates]
    if texts:
        why = inside(" ".join(texts)).rstrip(".")
        parts["gated"] = words("note.chosen_gated", why=why)
    for_it = [short_reason(case, words, rule) for rule in pros(case, option)]
    if for_it:
        parts["pros"] = words("note.chosen_for", what=words.series(for_it))
    reason = " ".join(case.order.reason.split()).rstrip(".")
    if reason:
        for name, longest in (("reason", LONGEST_REASON), ("half_reason", LONGEST_REASON // 2)):
            parts[name] = words("note.reason", reason=_clipped(reason, longest))
    return parts


def _clipped(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def advice(case: Case, words: Words) -> dict[str, object]:
    """The option advised, how sure, three reasons, two reserves, and what would change it."""
    level, why = confidence(case, words)
    top = pros(case, case.advice.top)
    against = list(_reserves(case, words, [rule.id for rule in top]))[:MOST_AGAINST]
    return {
        "head": _standing(case, words),
        "confident": words(
            "note.confident_short" if _bare(case) else "note.confident", level=level, why=why
        ),
        "confident_short": words("note.confident_short", level=level),
        "reasons": [(words.ours(rule.text[words.lang]), rule.sources[:CITED]) for rule in top],
        "reserves": against,
        "switches": _switches(case, words),
        "unsettled": _unsettled(case, words),
    }


def _bare(case: Case) -> bool:
    """Whether points stay out: of two people, each could work out the other's answers from them."""
    return case.committee is not None and case.committee.few


def _standing(case: Case, words: Words) -> Markup:
    found = case.advice
    if _bare(case):
        return _standing_bare(case, words)
    given: dict[str, object] = {"top": case.shelf.model.option(found.top).name[words.lang]}
    given["points"] = points(case, words, found.top)
    if len(found.ranking) < 2:
        return words("note.alone", **given)
    if len(found.tied) > CROWD:
        return words("note.tied_many", n=words.number(len(found.tied)), **given)
    if found.tied:
        names = [
            words("note.tied_one", name=_small(case, words, id_), points=_points(case, words, id_))
            for id_ in found.tied[1:]
        ]
        return words("note.tied", names=words.listed(names), **given)
    second = found.ranking[1]
    given |= {"next": _small(case, words, second), "next_points": _points(case, words, second)}
    return words("note.ahead", **given)


def _standing_bare(case: Case, words: Words) -> Markup:
    """The same order of options, without their points."""
    found = case.advice
    top = case.shelf.model.option(found.top).name[words.lang]
    if len(found.ranking) < 2:
        return words("note.bare_alone", top=top)
    if found.tied:
        names = [words("note.bare_one", name=_small(case, words, id_)) for id_ in found.tied[1:]]
        return words("note.bare_tied", top=top, names=words.listed(names))
    return words("note.bare_ahead", top=top, next=_small(case, words, found.ranking[1]))


def _points(case: Case, words: Words, option: str) -> str:
    return words.signed(case.advice.points[option])


def _reserves(case: Case, words: Words, said: list[str]) -> Iterator[Line]:
    """Rules against, the best argument of the next option, then who sells what."""
    model, found = case.shelf.model, case.advice
    for rule, _ in reserves(model, found, found.top):
        text = words.shown(words.ours(rule.text[words.lang]).rstrip("."))
        yield lower_first(text), list(rule.sources[:1])
    for second in found.ranking[1:2]:
        for rule, _ in reasons(model, found, second)[:MOST_AGAINST]:
            if rule.id not in said:
                yield (
                    words("note.for_next", what=short_reason(case, words, rule)),
                    [rule.sources[0]],
                )
                break
    yield from _interest(case, words)


def short_reason(case: Case, words: Words, rule: Rule) -> str | Markup:
    """A rule in a few words; those on the budget say « budget », to which the band is added."""
    decided = case.value("annual_budget") != "indecis"
    if rule.when.names == {"annual_budget"} and decided:
        return words("note.budget", band=words.answer("annual_budget", "band"))
    return words.ours(rule.short[words.lang])


def _interest(case: Case, words: Words) -> Iterator[Line]:
    """Who wrote most of the reasons, when they gain from being believed."""
    ids = [work_of(id_) for rule in pros(case, case.advice.top) for id_ in rule.sources[:CITED]]
    for id_, _ in Counter(ids).most_common(1):
        source = case.shelf.sources.get(id_)
        if source is not None and source.stake:
            yield words("note.stake", id=id_, stake=source.stake[words.lang]), []


def _switches(case: Case, words: Words) -> dict[str, object]:
    """The other answers that would put another option first; empty when they are not known."""
    if case.committee:
        turning = switching(case, words)
        head = words("note.turning")
        return {"head": head, "each": turning, "first": turning[:1]} if turning else {}
    if case.shelf.expertise is None:
        return {}
    most = int(case.shelf.texts["common"]["note"]["inputs"])
    found = switches(case.shelf.expertise, case.order.values, most)
    found = found[:1] if found and len(found[0].changes) > 1 else found  # two changes are much
    if not found:
        return {"none": words("note.switch_none")}
    head = words("note.switches")
    first = _listed(case, words, found[:1])
    return {"head": head, "each": _listed(case, words, found), "first": first}


def _listed(case: Case, words: Words, found: Sequence[Switch]) -> list[Markup]:
    """One line for each option that would come first."""
    both, either = (escape(words.plain(f"note.switch_{name}")) for name in ("and", "or"))
    ways: dict[str, list[Markup]] = {}
    for switch in found:
        answers = both.join(_answer(case, words, change) for change in switch.changes)
        ways.setdefault(switch.option, []).append(answers)
    return [
        words("note.switch", answers=either.join(answers), option=_small(case, words, option))
        for option, answers in ways.items()
    ]


def _answer(case: Case, words: Words, change: Change) -> Markup:
    name, value = change
    choice = str(value[0] if isinstance(value, tuple) else value)
    label = words.label(name, choice)
    return words("note.switch_answer", subject=_subject(case, words, name), answer=label)


def _subject(case: Case, words: Words, name: str) -> str:
    """A question in two words."""
    if words.has(f"note.subjects.{name}"):
        return words.plain(f"note.subjects.{name}")
    question = case.question(name)
    return inside((question.short or question.text)[words.lang])


def _unsettled(case: Case, words: Words) -> Markup | str:
    """The answers that are missing and could change the advice."""
    if case.shelf.expertise is None or case.committee:
        return ""
    judged = Assessment(case.alignment, {}, case.signals, case.advice)
    names = unsettled(case.shelf.expertise, judged)
    if not names:
        return ""
    what = words.series([_subject(case, words, name) for name in names])
    return words("note.unsettled", what=what)

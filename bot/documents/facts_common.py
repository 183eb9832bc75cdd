"""What every document says of itself: heading, choice made, confidence, sources."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping

from markupsafe import Markup

from bot.core.decision import Confidence, Rule, reasons
from bot.core.sources import Source, work_of
from bot.documents import template
from bot.documents.facts import FINAL, Case
from bot.documents.facts_words import NOTHING, Words, inside

REASONS = 3
NAMED = 2  # decisive rules that a sentence can name
CROWD = 3  # options that nothing separates, and that no sentence names one by one


class Citations:
    """Cites the sources of each sentence and remembers them for the foot of the document."""

    def __init__(self, sources: Mapping[str, Source], words: Words) -> None:
        self._sources = sources
        self._words = words
        self._cited: dict[str, None] = {}

    def __call__(self, ids: str | Iterable[str]) -> Markup:
        names = [ids] if isinstance(ids, str) else list(ids)
        self._cited.update(dict.fromkeys(names))
        return template.cite(names)

    def also(self, *ids: str) -> Markup:
        """Sources named in a sentence rather than cited after it."""
        self._cited.update(dict.fromkeys(ids))
        return NOTHING

    def line(self, text: Markup | str, ids: Iterable[str] = ()) -> Markup:
        """A sentence, its sources before the full stop unless it names them itself."""
        body = self._words.shown(text)
        named = [id_ for id_ in ids if id_ in body]
        self.also(*named)
        cited = self([id_ for id_ in ids if id_ not in named])
        body = body.removesuffix(".") if cited or body.endswith(".") else body
        stop = "" if body.endswith(("?", "…")) and not cited else "."
        return Markup("{} {}{}").format(body, cited, stop) if cited else body + stop

    def works(self) -> list[Markup]:
        """« S002 : Xavier Gueny, Plug&Pulse, sans date (partie prenante : vend …) », in order."""
        found = {work_of(id_) for id_ in self._cited}
        lines = [self._line(id_) for id_ in sorted(found, key=_rank) if id_ in self._sources]
        corrections = self._words.tree("corrections")
        return lines + [
            self._words(f"corrections.{id_}") for id_ in self._cited if id_ in corrections
        ]

    def _line(self, id_: str) -> Markup:
        source, lang = self._sources[id_], self._words.lang
        label = source.label[lang] or source.title or source.ref
        stake = f" ({source.stake[lang]})" if source.stake else ""
        colon = " :" if lang == "fr" else ":"
        return Markup("{}{} {}{}.").format(id_, colon, label, stake)


def _rank(id_: str) -> tuple[int, str]:
    return (0 if re.match(r"S\d", id_) else 1 if id_.startswith("X") else 2, id_)


def common(case: Case, words: Words) -> dict[str, object]:
    """The context that every template may use."""
    order = case.order
    cite = Citations(case.shelf.sources, words)
    version = words("version", n=order.version) if order.version > 1 else NOTHING
    return {
        "say": words,
        "case": case,
        "cite": cite,
        "line": cite.line,
        "number": itertools.count(1).__next__,
        "date": order.today.isoformat(),
        "day": words.day(order.today),
        "version": version,
        "status": words.plain("final" if case.status == FINAL else "draft"),
        "company_name": case.text("company_name") or words.plain("company_blank"),
        "company_known": bool(case.text("company_name")),
        "company": words.company,
        "company_inside": words.company_inside,
        "option": named(case, words, case.option),
        "by": words.plain(f"roles_by.{role(case)}"),
        "role": words(f"roles.{role(case)}"),
        "ranked": ranked(case, words),
        "confidence": confidence(case, words),
        "decision": decision(case, words),
    }


def role(case: Case) -> str:
    """The function of whoever answered, among those that have a name."""
    found = str(case.value("role") or "unknown")
    return found if found in case.shelf.texts["fr"]["roles"] else "unknown"


def named(case: Case, words: Words, option: str) -> str:
    """An option after a colon: « Pas encore : … » has one of its own, and gives way."""
    name = case.shelf.model.option(option).name[words.lang]
    return short(case, words, option) if ":" in name else inside(name)


def short(case: Case, words: Words, option: str) -> str:
    """An option inside a sentence."""
    return case.shelf.model.option(option).short[words.lang]


def points(case: Case, words: Words, option: str) -> Markup:
    """« 26 points »."""
    return words.count("point", case.advice.points[option])


def ranked(case: Case, words: Words, best: str = "best") -> Markup:
    """Where the option chosen stands among the others."""
    advice, mine = case.advice, case.option
    own = points(case, words, mine)
    if mine != advice.top and mine not in advice.tied:
        top = short(case, words, advice.top)
        given = {"top": top, "points": points(case, words, advice.top)}
        return words("decision.not_best", own=words.signed(advice.points[mine]), **given)
    if len(advice.ranking) < 2:
        return words("decision.alone", points=own)
    others = [id_ for id_ in advice.tied if id_ != mine]
    if others:
        if len(others) >= CROWD:
            return words("decision.tied_many", n=words.number(len(others)))
        names = words.series([short(case, words, id_) for id_ in others])
        rest = words.listed([words.signed(advice.points[id_]) for id_ in others])
        return words("decision.tied", names=names, points=own, next_points=rest)
    second = advice.ranking[1]
    given = {"next": short(case, words, second), "next_points": words.signed(advice.points[second])}
    return words(f"decision.{best}", points=own, **given)


def confidence(case: Case, words: Words) -> tuple[Markup, Markup]:
    """The level, and the criteria that set it."""
    advice = case.advice
    level = words(f"confidence.{advice.confidence}")
    if advice.confidence is Confidence.HIGH:
        known = "most_known" if advice.unknown else "all_known"
        parts = [words(f"confidence.{part}") for part in (known, "clear", "stable")]
        return level, Markup(", ").join(parts)
    failing = []
    if advice.coverage < (0.65 if advice.confidence is Confidence.LOW else 0.85):
        failing.append(words.plural("confidence.coverage", len(advice.unknown)))
    if advice.pivots:
        failing.append(hinges(case, words))
    elif advice.decisive:
        failing.append(_unstable(case, words))
    if advice.margin < 4:
        failing.insert(0, _margin(advice.margin, words, alone=not failing))
    return level, words.series(failing)


def _margin(margin: int, words: Words, *, alone: bool) -> Markup:
    if margin <= 0:
        return words("confidence.level")
    path = "confidence.margin_alone" if alone else "confidence.margin"
    return words(path, points=words.count("point", margin))


def _unstable(case: Case, words: Words) -> Markup:
    quoted = [id_ for id_ in case.advice.decisive if id_ in case.advice.fired]
    if not quoted:
        return words("confidence.unstable_untold")
    rules = [case.shelf.model.rule(id_).short[words.lang] for id_ in quoted]
    said = words.series(rules[:NAMED])
    if len(rules) > NAMED:
        return words("confidence.unstable_many", n=words.number(len(rules)), rules=said)
    return words.plural("confidence.unstable", len(rules), rules=said)


def hinges(case: Case, words: Words) -> Markup:
    """« tout tient au temps de pilotage et au budget »; many points are counted."""
    pivots = case.advice.pivots
    if len(pivots) > CROWD:
        return words("confidence.hinges_many", n=words.number(len(pivots)))
    named = words.listed([words.plain(f"committee.items.{id_}.hinge") for id_ in pivots])
    return words("confidence.hinges", what=named)


def pros(case: Case, option: str) -> list[Rule]:
    """The three strongest rules for an option: weight down, then file order."""
    found = reasons(case.shelf.model, case.advice, option)
    return [rule for rule, _ in found[:REASONS]]


def decision(case: Case, words: Words) -> dict[str, object]:
    """What to print when the choice departs from the advice; empty when it does not."""
    found: dict[str, object] = {}
    chosen = named(case, words, case.option)
    if not case.fitting:
        other = "other" if case.order.kind.startswith("fiche") else "other_brief"
        found["other"] = words(f"decision.{other}", chosen=chosen)
    if case.option == case.advice.top or case.option in case.advice.tied:
        return found
    top = case.advice.top
    given = {"chosen": chosen, "top": named(case, words, top)}
    given["own"] = words.signed(case.advice.points[case.option])
    found["head"] = words("decision.chosen", points=points(case, words, top), **given)
    found["reasons"] = [(rule.text[words.lang], rule.sources) for rule in pros(case, top)]
    gates = case.advice.gated.get(case.option, ())
    texts = [gate.text[words.lang] for gate in case.shelf.model.gates if gate.id in gates]
    found["gated"] = (
        words("decision.gated", why=inside(" ".join(texts)).rstrip(".")) if texts else NOTHING
    )
    if case.order.reason.strip():
        reason = " ".join(case.order.reason.split()).rstrip(".")
        found["own_reason"] = words("decision.own_reason", reason=reason)
    return found

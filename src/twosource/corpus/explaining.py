"""The sentence that says why two reports are held to depend on each other, or not."""

from __future__ import annotations

from collections.abc import Iterator

from twosource.corpus.profile import Profile
from twosource.corpus.resemblance import Comparison
from twosource.corpus_records import Relation
from twosource.spans import Span

__all__ = ["explain"]

_RUN_WORTH_TELLING = 8  # words: shorter runs are common turns of phrase
_DETAILS = 4
_ODD_DIGITS = 3  # of a number that hardly comes up twice by chance
_OPENINGS = {
    Relation.REPRINT: "Reprint",
    Relation.REWRITE: "Rewrite of one text",
    Relation.UPDATE: "Update",
    Relation.NONE: "No sign of dependence, which proves no independence",
}
_ORDERS = {
    "date": "{earlier} was published first",
    "credit": "{later} credits {earlier}'s outlet",
    "toll": "{later} tells the later toll",
    None: "nothing shows which came first",
}


def explain(
    earlier: Profile, later: Profile, found: Comparison, relation: Relation, by: str | None, origin: str | None
) -> str:
    """One sentence for people: the relation, what speaks for it, the common origin, and what shows the order."""
    parts = [*_shared(found), *_facts(earlier, later, found, relation)]
    if relation is not Relation.NONE:
        if origin:
            parts.append(f"common origin {origin}")
        parts.append(_ORDERS[by].format(earlier=earlier.report, later=later.report))
    return f"{_OPENINGS[relation]}: {'; '.join(parts)}."


def _shared(found: Comparison) -> Iterator[str]:
    measures = found.resemblance
    yield f"{measures.containment:.0%} of the shorter one's runs of five words, quotations left out, are in the other"
    if found.run and len(found.run[0]) >= _RUN_WORTH_TELLING:
        yield f"the longest shared run has {len(found.run[0])} words"
    if found.quoted:
        yield "one quotation in common" if found.quoted == 1 else f"{found.quoted} quotations in common"
    if measures.order > 0:
        yield f"{measures.order:.0%} of the shorter one's sentences are told in the other in the same order"


def _facts(earlier: Profile, later: Profile, found: Comparison, relation: Relation) -> Iterator[str]:
    if relation is not Relation.NONE and (details := _details(earlier, later)):
        yield f"details in common, such as {', '.join(details[:_DETAILS])}"
    if found.resemblance.toll_moved:
        yield f"the lead's toll is {earlier.top_toll} in {earlier.report} and {later.top_toll} in {later.report}"
    if found.resemblance.other_agency:
        yield f"they credit {_names(earlier)} and {_names(later)}"
    if found.resemblance.other_weekday:
        yield "their leads name different weekdays"
    if earlier.day and later.day and found.resemblance.days_apart:
        yield f"they were published {abs((later.day - earlier.day).days)} days apart"


def _names(profile: Profile) -> str:
    return " and ".join(sorted(profile.agencies))


def _details(a: Profile, b: Profile) -> tuple[str, ...]:
    """Numbers of three digits and more, then names, that both have once: odd enough to be told, as the first writes."""
    found: list[tuple[bool, str]] = []
    for at, key in enumerate(a.keys):
        if a.counts[key] == b.counts[key] == 1 and (key in a.names & b.names or a.values[at] in a.numbers & b.numbers):
            odd = key.isdecimal()
            if not odd or len(key) >= _ODD_DIGITS:
                found.append((not odd, a.words.span(Span(at, at + 1)).of(a.text)))
    return tuple(words for _, words in sorted(found, key=lambda one: one[0]))

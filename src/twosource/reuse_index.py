"""The index of prints in a project: reports are put into it, and it tells for which others that makes a difference.

A print that is boilerplate, or that too many reports hold, is closed and leads to nobody. Only open prints are looked
up with their holders, so that a report costs the same however many the index holds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from twosource.corpus.candidates import Closed, Holder, closed_by, closed_further, is_candidate
from twosource.corpus.profile import Profile, indexed_prints, is_set_aside, keys_of_prints, sentences_holding
from twosource.knowledge.lineage_rules import LineageRules
from twosource.records import Report
from twosource.store import lineage as stored

__all__ = ["Difference", "Pair", "index_reports", "pairs_of", "parted_pairs", "profiles_of", "remasked"]

Pair = tuple[str, str]
_Prints = Mapping[str, frozenset[int]]


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What putting reports into the index changed: prints that are closed otherwise than before, with other holders.

    ``closed`` are those that were open, ``opened`` those that are again; ``stocked`` those that became boilerplate or
    ceased to be, which matters to sentences that hold them. All by print, with the reports (ids) that stayed.

    What was looked up for it need not be looked up again: ``prints`` of the reports that were put in, ``numbers`` all
    prints that were looked at, and of those that are open now the holders (``open``).
    """

    closed: Mapping[int, frozenset[str]]
    opened: Mapping[int, frozenset[str]]
    stocked: Mapping[int, frozenset[str]]
    was_stock: frozenset[int]
    prints: _Prints
    numbers: frozenset[int]
    open: Mapping[int, Sequence[Holder]]


def index_reports(connection: Connection, reports: Sequence[Report], fingerprint: str) -> Difference:
    """Puts the reports into the index, in the place of what it held of them."""
    ids = [one.id for one in reports]
    old = {id_: indexed_prints(text) for id_, text in stored.texts_in_index(connection, ids).items()}
    new = {one.id: indexed_prints(one.text) for one in reports}
    left = {one for prints in old.values() for one in prints}
    numbers = left.union(*new.values())
    before = stored.closed_among(connection, numbers)
    stored.forget_reports(connection, old)
    asked = {one for one in numbers if one in left or one not in before}
    holders = stored.keep_prints(connection, fingerprint, reports, new, asked)
    now = {one: closed_by(holders.get(one, ())) for one in asked}
    now.update(_further(reports, new, {one: closed for one, closed in before.items() if one not in left}))
    changed = {one for one, closed in now.items() if closed != before.get(one)}
    stored.keep_closed(connection, {one: now[one] for one in changed})
    return Difference(
        prints=new,
        numbers=frozenset(numbers),
        open={one: holders.get(one, ()) for one, closed in now.items() if closed is None},
        **_changes(connection, changed, before, now, holders, frozenset(ids)),
    )


def _further(reports: Sequence[Report], prints: _Prints, before: Mapping[int, Closed]) -> dict[int, Closed]:
    """What closed prints are closed as, now that these reports hold them too."""
    days: dict[int, set[int | None]] = {}
    for report in reports:
        day = report.published.toordinal() if report.published else None
        for one in prints[report.id]:
            if one in before and not before[one].stock:
                days.setdefault(one, set()).add(day)
    return {one: closed_further(before[one], theirs) for one, theirs in days.items()}


def _changes(
    connection: Connection,
    changed: Collection[int],
    before: Mapping[int, Closed],
    now: Mapping[int, Closed | None],
    holders: Mapping[int, Sequence[Holder]],
    fresh: frozenset[str],
) -> dict[str, Any]:
    """The fields of a difference that tell what changed."""
    was_stock = {one for one in changed if one in before and before[one].stock}
    is_stock = {one for one in changed if (found := now[one]) is not None and found.stock}
    unknown = (was_stock ^ is_stock) - holders.keys()
    every = {**holders, **stored.holders_of_prints(connection, unknown)}
    others = {one: frozenset(held.report for held in every.get(one, ())) - fresh for one in changed}
    return {
        "closed": {one: others[one] for one in changed if one not in before and others[one]},
        "opened": {one: others[one] for one in changed if now[one] is None and others[one]},
        "stocked": {one: others[one] for one in was_stock ^ is_stock if others[one]},
        "was_stock": frozenset(was_stock),
    }


def remasked(connection: Connection, made: Difference, rules: LineageRules) -> set[str]:
    """The reports (ids) of which other sentences are boilerplate than before."""
    prints_of: dict[str, set[int]] = {}
    for one, held in made.stocked.items():
        for report in held:
            prints_of.setdefault(report, set()).add(one)
    texts = stored.texts_in_index(connection, prints_of)
    key_of = _keys_of(connection, made)
    asked = {}
    for report, text in texts.items():
        known = all(one in key_of for one in prints_of[report])
        keys = {key_of[one] for one in prints_of[report]} if known else None
        asked[report] = sentences_holding(text, prints_of[report], rules, keys)
    closed = stored.closed_among(
        connection, {one for sentences in asked.values() for held in sentences for one in held}
    )
    now = {one for one, found in closed.items() if found.stock}
    before = (now - made.stocked.keys()) | (made.was_stock & made.stocked.keys())
    return {
        report
        for report, sentences in asked.items()
        if any(is_set_aside(sentence, before) != is_set_aside(sentence, now) for sentence in sentences)
    }


def _keys_of(connection: Connection, made: Difference) -> dict[int, str]:
    """For the prints that became boilerplate, or ceased to be, a word of each that a report has which was put in."""
    left, holding = set(made.stocked), []
    for report, prints in made.prints.items():
        if not left.isdisjoint(prints):
            holding.append(report)
            left -= prints
    texts = stored.texts_in_index(connection, holding)
    return {one: key for text in texts.values() for one, key in keys_of_prints(text, made.stocked).items()}


def parted_pairs(connection: Connection, made: Difference, but: Collection[str]) -> set[Pair]:
    """The kept pairs, none with a report of ``but``, that share too little now that prints they share are closed."""
    held = {report for reports in made.closed.values() for report in reports} - set(but)
    pairs = {one.pair for one in stored.dependences_around(connection, held)}
    pairs = {pair for pair in pairs if any(reports.issuperset(pair) for reports in made.closed.values())}
    pairs = {pair for pair in pairs if not set(but).intersection(pair)}
    texts = stored.texts_in_index(connection, {report for pair in pairs for report in pair})
    prints = {report: indexed_prints(text) for report, text in texts.items()}
    shared = {pair: prints[pair[0]] & prints[pair[1]] for pair in pairs}
    closed = stored.closed_among(connection, {one for both in shared.values() for one in both})
    return {
        pair
        for pair, both in shared.items()
        if not is_candidate(len(both - closed.keys()), len(prints[pair[0]]), len(prints[pair[1]]))
    }


def pairs_of(connection: Connection, reports: Iterable[str], made: Difference) -> list[Pair]:
    """The pairs that are worth comparing with one of these reports in them, in order; ``made`` was made last."""
    asked = frozenset(reports)
    shared: Counter[Pair] = Counter()
    sizes: dict[str, int] = {}
    for held in _open_holders(connection, asked, made):
        names = [one.report for one in held]
        sizes.update((one.report, one.prints) for one in held)
        shared.update(
            (one, other) if one < other else (other, one)
            for one in names
            if one in asked
            for other in names
            if other not in asked or one < other
        )
    return sorted(pair for pair, count in shared.items() if is_candidate(count, sizes[pair[0]], sizes[pair[1]]))


def _open_holders(connection: Connection, reports: frozenset[str], made: Difference) -> list[Sequence[Holder]]:
    """The holders of every open print that one of the reports holds."""
    texts = stored.texts_in_index(connection, reports - made.prints.keys())
    others = {one for text in texts.values() for one in indexed_prints(text)}
    known = {one for report in reports & made.prints.keys() for one in made.prints[report]}
    unknown = others - made.numbers
    found = stored.holders_of_prints(connection, unknown - stored.closed_among(connection, unknown).keys())
    return [*(made.open[one] for one in (known | others) & made.open.keys()), *found.values()]


def profiles_of(connection: Connection, reports: Iterable[Report], rules: LineageRules) -> dict[str, Profile]:
    """The reports ready to be compared, boilerplate set aside."""
    found = {report.id: Profile(report, rules) for report in reports}
    numbers = {one for profile in found.values() for one in profile.sampled()}
    stock = {one for one, closed in stored.closed_among(connection, numbers).items() if closed.stock}
    for profile in found.values():
        profile.set_aside(stock)
    return found

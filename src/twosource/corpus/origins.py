"""How many independent origins stand behind accounts of one thing: lineages and original sources, not mastheads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from twosource.corpus_records import Lineage

__all__ = ["Resting", "independent_origins", "lineages_of"]


class Resting(msgspec.Struct, frozen=True, kw_only=True):
    """What one account rests on: its report (an id), and the original sources that it names, under one name each.

    ``sources`` are names that mean one person or body wherever they stand, such as an actor's id ('Syrian Observatory
    for Human Rights'). Unnamed ones ('residents', 'two officials') are not among them: they belong to the lineage.
    """

    report: str
    sources: frozenset[str] = frozenset()


def lineages_of(found: Iterable[Lineage]) -> dict[str, frozenset[str]]:
    """The ids of each report's lineages; a report without any is not in it."""
    of: dict[str, set[str]] = {}
    for lineage in found:
        for report in lineage.reports:
            of.setdefault(report, set()).add(lineage.id)
    return {report: frozenset(ids) for report, ids in of.items()}


def independent_origins(accounts: Sequence[Resting], lineages: Mapping[str, frozenset[str]]) -> tuple[Resting, ...]:
    """Accounts of which no two share a report, a lineage or a named source; how many they are is the count.

    They are chosen so that those that share least with others come first, then by report: whatever the order of the
    accounts, the same are taken. A reprint adds none.
    """
    rests = {account: _rests_on(account, lineages) for account in accounts}
    order = sorted(rests, key=lambda one: (_ties(one, rests), one.report, sorted(one.sources)))
    taken: list[Resting] = []
    used: set[str] = set()
    for account in order:
        if not rests[account] & used:
            taken.append(account)
            used |= rests[account]
    return tuple(sorted(taken, key=lambda one: (one.report, sorted(one.sources))))


def _rests_on(account: Resting, lineages: Mapping[str, frozenset[str]]) -> frozenset[str]:
    theirs = lineages.get(account.report, frozenset())
    return frozenset(
        [
            f"report {account.report}",
            *(f"lineage {one}" for one in theirs),
            *(f"source {one}" for one in account.sources),
        ]
    )


def _ties(account: Resting, rests: Mapping[Resting, frozenset[str]]) -> int:
    return sum(bool(rests[account] & other) for other in rests.values())

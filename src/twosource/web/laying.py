"""A report's reading with people's decisions laid over its claims, as the reading view shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from twosource.deciding import DecidedClaim, Mark, decided_claims
from twosource.records import Claim, Reading
from twosource.store import Project
from twosource.views.reading import ReportView, report_view
from twosource.web.cards import Card, cards_of

__all__ = ["LaidReading", "card_in", "cards_in", "laid"]


class LaidReading(msgspec.Struct, frozen=True):
    """The reading with its claims as they stand (rejected ones too), and how each stands, by its id.

    An older version of a report has no decisions laid over it, and can take none.
    """

    reading: Reading
    decided: Mapping[str, DecidedClaim]

    @property
    def standing(self) -> tuple[Claim, ...]:
        """The claims that were not rejected."""
        return tuple(
            claim
            for claim in self.reading.claims
            if claim.id not in self.decided or self.decided[claim.id].mark is not Mark.REJECTED
        )


def laid(project: Project, view: ReportView) -> LaidReading:
    """The reading of the view as people left it."""
    if not view.version.current:
        return LaidReading(view.reading, {})
    decided = decided_claims(project, view.reading.report.id)
    claims = tuple(one.claim for one in decided)
    return LaidReading(msgspec.structs.replace(view.reading, claims=claims), {one.claim.id: one for one in decided})


def card_in(project: Project, report: str, claim: str) -> Card | None:
    """The card of one claim as it stands now; None where the report or the claim is no more."""
    view = report_view(project, report)
    if view is None:
        return None
    return _cards(project, view).get(claim)


def cards_in(project: Project, claims: Iterable[tuple[str, str]]) -> Mapping[tuple[str, str], Card]:
    """The cards of claims, each named by its report and its own id; those that are no more are left out."""
    wanted: dict[str, set[str]] = {}
    for report, claim in claims:
        wanted.setdefault(report, set()).add(claim)
    found: dict[tuple[str, str], Card] = {}
    for report, ids in wanted.items():
        view = report_view(project, report)
        cards = _cards(project, view) if view else {}
        found.update({(report, id_): cards[id_] for id_ in ids & cards.keys()})
    return found


def _cards(project: Project, view: ReportView) -> dict[str, Card]:
    found = laid(project, view)
    return {card.claim: card for card in cards_of(found.reading, found.decided)}

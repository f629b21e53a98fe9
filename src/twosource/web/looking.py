"""How far people have looked through a report: the sentences in which the engine found nothing, ticked off or not."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from twosource.corpus.decided_claims import Lapsed
from twosource.corpus.looked_at import Look, Looks, looks_at
from twosource.deciding import looked_at, looked_in
from twosource.spans import Span
from twosource.store import Project
from twosource.views.reading import ReportView, report_view
from twosource.web.laying import LaidReading, laid
from twosource.web.missed import FOUND_RECALL, missed_in

__all__ = ["Looking", "Silent", "looking_at", "progress_in"]


class Silent(msgspec.Struct, frozen=True):
    """A sentence without a claim, the ticks that cover it (none while nobody looked), and its words.

    ``name`` is what a form calls it: 'start-end', in code points of the report's text.
    """

    span: Span
    words: str
    looks: tuple[Look, ...]

    @property
    def name(self) -> str:
        """The sentence's place in the text."""
        return f"{self.span.start}-{self.span.end}"


class Looking(msgspec.Struct, frozen=True, kw_only=True):
    """What is likely to be missed in a report, and its sentences without a claim.

    ``claims`` is the likely number of those missed, None where none was found to reckon from; ``recall`` the share that
    the engine finds, in percent. ``can_tick`` is False for an older version, which keeps no ticks.
    """

    report: str
    claims: int | None
    recall: int
    sentences: tuple[Silent, ...]
    lapsed: tuple[Lapsed, ...] = ()
    can_tick: bool = True

    @property
    def looked(self) -> int:
        """How many of the sentences somebody has looked at."""
        return sum(bool(one.looks) for one in self.sentences)


def looking_at(project: Project, view: ReportView, found: LaidReading) -> Looking:
    """How far the report of the view was looked through; ``found`` is its reading as people left it."""
    current = view.version.current
    return _looking(view, found, looked_at(project, view.reading.report.id) if current else Looks())


def progress_in(project: Project, reports: Sequence[str]) -> dict[str, tuple[int, int]]:
    """For those of the reports in which anybody ticked a sentence off: how many were looked at, of how many."""
    found: dict[str, tuple[int, int]] = {}
    for id_, looks in looked_in(project, reports).items():
        view = report_view(project, id_)
        if view is not None:
            told = _looking(view, laid(project, view), looks)
            found[id_] = (told.looked, len(told.sentences))
    return found


def _looking(view: ReportView, found: LaidReading, looks: Looks) -> Looking:
    report = view.reading.report
    missed = missed_in(view.reading, found.standing)
    return Looking(
        report=report.id,
        claims=missed.claims,
        recall=round(100 * FOUND_RECALL),
        sentences=tuple(
            Silent(span, span.of(report.text), looks_at(span, report.text, looks.looks)) for span in missed.sentences
        ),
        lapsed=looks.lapsed,
        can_tick=view.version.current,
    )

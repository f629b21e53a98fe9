"""Sentences without a claim that somebody has looked at: ticked off in the log, so that all who work on it see it."""

from __future__ import annotations

from collections.abc import Sequence

from twosource.corpus.looked_at import Look, Looks, lay_looks, tick_of
from twosource.corpus_records import Decision, DecisionKind
from twosource.deciding.claims import held_report
from twosource.errors import UsageError
from twosource.spans import Span
from twosource.store import Project
from twosource.store.decisions import append, decisions_in_force, lock_log
from twosource.store.lineage import reports_with

__all__ = ["Look", "Looks", "look", "looked_at", "looked_in"]

_NO_CLAIM = "holds no claim"


def look(project: Project, report: str, span: Span, *, who: str, reason: str = _NO_CLAIM) -> Decision:
    """Keeps that somebody has looked at these words (code points of the report's text); returns the entry.

    Words that were looked at already keep their entry, which is returned. ``deciding.undo`` takes a tick back. Raises
    UsageError for a report that isn't there and for a run that holds no words of it.
    """
    with project.writing() as connection:
        lock_log(connection)
        source = held_report(connection, report)
        if not 0 <= span.start < span.end <= len(source.text) or not span.trimmed(source.text).of(source.text):
            raise UsageError(
                f"{span.start}-{span.end} holds no words of {report}, which has {len(source.text)} characters"
            )
        words = span.trimmed(source.text)
        subjects = (report, f"{words.start}-{words.end}")
        for known in decisions_in_force(connection, DecisionKind.SENTENCE, subjects):
            if lay_looks(source, [known]).looks:
                return known
        entry = Decision(
            kind=DecisionKind.SENTENCE,
            subjects=subjects,
            verdict="looked",
            value=tick_of(words, source.text),
            before={"digest": source.digest},
            reason=reason,
            who=who,
        )
        return append(connection, entry)


def looked_at(project: Project, report: str) -> Looks:
    """What was looked at in the current version of a report; nothing for one that the project doesn't hold."""
    return looked_in(project, [report]).get(report, Looks())


def looked_in(project: Project, reports: Sequence[str]) -> dict[str, Looks]:
    """The same for those of several reports in which anybody looked at a sentence."""
    asked = set(reports)
    with project.looking() as connection:
        about = reports[0] if len(asked) == 1 else None
        ticks: dict[str, list[Decision]] = {}
        for one in decisions_in_force(connection, DecisionKind.SENTENCE, about=about):
            if one.subjects[0] in asked:
                ticks.setdefault(one.subjects[0], []).append(one)
        sources = reports_with(connection, ticks)
    return {id_: lay_looks(sources[id_], theirs) for id_, theirs in ticks.items() if id_ in sources}

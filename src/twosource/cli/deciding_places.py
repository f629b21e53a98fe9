"""The parts of 'decide' about names of places and about kinds of actors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from twosource import deciding
from twosource.cli.terminal import output
from twosource.corpus.decided_places import LOCATE, UNPLACED
from twosource.corpus_records import VERDICTS, Decision, DecisionKind
from twosource.deciding.actor_kinds import actor_kind
from twosource.errors import UsageError
from twosource.gathering import gather
from twosource.store import Project
from twosource.views.actors import find_actor
from twosource.views.place_candidates import gazetteer_place

__all__ = ["decide_on_actor", "decide_on_place"]


def decide_on_place(
    project: Project,
    subjects: Sequence[str],
    verdict: str,
    fields: Mapping[str, Any],
    *,
    reason: str,
    who: str,
    expected: int | None,
) -> None:
    """Keeps where a name of a place is: in a report and by its name, or by the name alone in all reports.

    Events are gathered anew by it. Raises UsageError for what can't be meant.
    """
    if len(subjects) not in (1, 2):
        raise UsageError("name a report and the name of a place in it, or the name alone for all reports")
    report, name = (subjects[0], subjects[1]) if len(subjects) == 2 else (None, subjects[0])
    if verdict == LOCATE and isinstance(fields.get("place"), str) and set(fields) == {"place"}:
        place = gazetteer_place(fields["place"])
        kept = deciding.locate(project, name, place, report=report, who=who, reason=reason, expected=expected)
    elif verdict == UNPLACED and not fields:
        kept = deciding.unplaced(project, name, report=report, who=who, reason=reason, expected=expected)
    elif verdict == LOCATE:
        raise UsageError(
            """--as locate needs the place: --fields '{"place": "geonames:169577"}', an id of 'twosource places find'"""
        )
    else:
        raise UsageError(
            f"{verdict!r} can't be said of a place: it is one of {', '.join(VERDICTS[DecisionKind.PLACE])}"
        )
    _tell(kept)
    gather(project)


def decide_on_actor(
    project: Project,
    subjects: Sequence[str],
    verdict: str,
    fields: Mapping[str, Any],
    *,
    reason: str,
    who: str,
    expected: int | None,
) -> None:
    """Keeps what kind of actor it is, by its id or one of its names. Raises UsageError for what can't be meant."""
    if len(subjects) != 1:
        raise UsageError(f"name one actor, not {len(subjects)}")
    if verdict not in VERDICTS[DecisionKind.ACTOR]:
        raise UsageError(f"{verdict!r} can't be said of an actor: it is classify")
    if not isinstance(fields.get("kind"), str) or set(fields) != {"kind"}:
        raise UsageError("""--as classify needs the kind: --fields '{"kind": "armed_group"}'""")
    kind = actor_kind(fields["kind"])
    id_ = find_actor(project, subjects[0])
    _tell(deciding.classify(project, id_, kind, who=who, reason=reason, expected=expected))


def _tell(kept: Decision) -> None:
    output().print(f"Kept as entry {kept.number}.")

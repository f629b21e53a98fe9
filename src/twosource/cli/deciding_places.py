"""The parts of 'decide' about names of places and about kinds of actors."""

from __future__ import annotations

from twosource import deciding
from twosource.cli.said import Said, tell
from twosource.corpus.decided_places import LOCATE, UNPLACED
from twosource.corpus_records import VERDICTS, Decision, DecisionKind
from twosource.deciding.actor_kinds import actor_kind
from twosource.errors import UsageError
from twosource.gathering import gather
from twosource.store import Project
from twosource.store.following import following
from twosource.views.actors import find_actor
from twosource.views.place_candidates import gazetteer_place

__all__ = ["decide_on_actor", "decide_on_place"]


def decide_on_place(project: Project, said: Said) -> None:
    """Keeps where a name of a place is: in a report and by its name, or by the name alone in all reports.

    Events are gathered anew by it. Raises UsageError for what can't be meant.
    """
    kept = _place_kept(project, said)
    tell(kept)
    with following(kept):
        gather(project)


def decide_on_actor(project: Project, said: Said) -> None:
    """Keeps what kind of actor it is, by its id or one of its names. Raises UsageError for what can't be meant."""
    fields = said.given
    if len(said.subjects) != 1:
        raise UsageError(f"name one actor, not {len(said.subjects)}")
    if said.verdict not in VERDICTS[DecisionKind.ACTOR]:
        raise UsageError(f"{said.verdict!r} can't be said of an actor: it is classify")
    if not isinstance(fields.get("kind"), str) or set(fields) != {"kind"}:
        raise UsageError("""--as classify needs the kind: --fields '{"kind": "armed_group"}'""")
    kind = actor_kind(fields["kind"])
    tell(deciding.classify(project, find_actor(project, said.subjects[0]), kind, **said.signed))


def _place_kept(project: Project, said: Said) -> Decision:
    fields = said.given
    if len(said.subjects) not in (1, 2):
        raise UsageError("name a report and the name of a place in it, or the name alone for all reports")
    report, name = (said.subjects[0], said.subjects[1]) if len(said.subjects) == 2 else (None, said.subjects[0])
    if said.verdict == LOCATE and isinstance(fields.get("place"), str) and set(fields) == {"place"}:
        return deciding.locate(project, name, gazetteer_place(fields["place"]), report=report, **said.signed)
    if said.verdict == UNPLACED and not fields:
        return deciding.unplaced(project, name, report=report, **said.signed)
    if said.verdict == LOCATE:
        raise UsageError(
            """--as locate needs the place: --fields '{"place": "geonames:169577"}', an id of 'twosource places find'"""
        )
    raise UsageError(
        f"{said.verdict!r} can't be said of a place: it is one of {', '.join(VERDICTS[DecisionKind.PLACE])}"
    )

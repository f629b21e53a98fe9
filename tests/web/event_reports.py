"""A project whose claims make events: told by two outlets, reprinted, denied, located or not, and hostile."""

from __future__ import annotations

from pathlib import Path

import msgspec

from fake_reading import find_claims, make_report
from twosource.closed_sets import Stance
from twosource.pipeline import Reader, store_reports
from twosource.records import Claim, Named, Place, Reading
from twosource.spans import Span
from twosource.stage import Batch, Stage, fingerprint
from twosource.store import Project, open_project
from twosource.views.events import EventFilter, find_events
from web.desk_reports import HOSTILE

_TOWN = "A farmer lost his barn, two cows and all seed. Norland shelled Aleppo on 2024-03-05, killing 14. No help came."
EVENT_REPORTS = [
    make_report(
        "wire",
        "Norland shelled Aleppo on 2024-03-05, killing 41. The old mill by the river was hit before dawn.",
        title="Shells fall on Aleppo",
        outlet="Courier",
        published="2024-03-05",
    ),
    make_report("own", _TOWN, title="A farmer's loss", outlet="Gazette", published="2024-03-06"),
    make_report(
        "denial",
        "The weather was fair. Sudden said Norland shelled Aleppo on 2024-03-05.",
        title="Denied",
        outlet="Herald",
        published="2024-03-07",
    ),
    make_report("province", "Sudria seized Idlib on 2024-03-06, it was said.", outlet="Herald", published="2024-03-08"),
    make_report("nowhere", "Sudria shelled Vale on 2024-03-09, killing 3.", outlet="Herald", published="2024-03-09"),
    make_report(
        "hostile/<i>&?#",
        "Evil seized Homs on 2024-03-20 and stayed.",
        title=HOSTILE,
        outlet=HOSTILE,
        published="2024-03-21",
    ),
]
_WHERE = {
    "Aleppo": ("geonames:170063", "city", "town", 36.20124, 37.16116),
    "Idlib": ("geonames:169387", "admin1", "province", 35.85279, 36.68289),
    "Homs": ("geonames:169577", "city", "town", 34.72405, 36.72559),
}
_FIELDS = ("place", "kind", "precision", "lat", "lon")


def _finish(readings: Batch, _equipment: object) -> list[Reading]:
    return [
        msgspec.structs.replace(
            one,
            claims=tuple(_claim(claim) for claim in one.claims),
            places=tuple(_place(named) for claim in one.claims for named in claim.places if named.name in _WHERE),
        )
        for one in readings
    ]


def _claim(claim: Claim) -> Claim:
    """What Sudden says is a denial; Evil's name is markup."""
    if any(named.name == "Sudden" for named in claim.sources):
        return msgspec.structs.replace(claim, stance=Stance.DENIES)
    actors = tuple(
        Named(name=HOSTILE if named.name == "Evil" else named.name, span=named.span, said_at=named.said_at)
        for named in claim.actors
    )
    return msgspec.structs.replace(claim, actors=actors)


def _place(named: Named) -> Place:
    span = Span(named.span.start, named.span.end)
    found = dict(zip(_FIELDS, _WHERE[named.name], strict=True))
    return msgspec.structs.replace(Place(span=span, name=named.name, rule="test", country="SY"), **found)


_STAGES: tuple[Stage[None], ...] = (
    Stage(name="fake", version=1, run=find_claims),
    Stage(name="finished", version=1, run=_finish),
)


def event_reader() -> Reader:
    """What reads the reports of the project."""
    return Reader(stages=_STAGES, equipment=None, fingerprint=fingerprint(_STAGES, {}))


def event_project(path: Path) -> Project:
    """The project; its events are gathered."""
    project = open_project(path, create=True)
    keep_events(project)
    return project


def keep_events(project: Project) -> None:
    """Stores the reports, and gathers their events."""
    store_reports(EVENT_REPORTS, project, event_reader())


def event_of(project: Project, report: str) -> str:
    """The id of the event that a report tells of, the first where it tells of several."""
    return find_events(project, EventFilter(report=report))[0].id

"""Measures events against reports that people put together by what they tell of: B-cubed over the listed reports.

A report is grouped by the event of its lead claim: the first claim of the families force to harm by its place in the
text that is of any event; standing states ('rebel-held') are of none. A report without one stands alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from twosource.closed_sets import family_of
from twosource.errors import InputError
from twosource.intake import read_paths
from twosource.pipeline import Reader, store_reports
from twosource.records import Report
from twosource.score.gold import read_gold
from twosource.store import Project, open_project
from twosource.views.claims import ClaimFilter, find_claims
from twosource.views.events import event_of_claim

__all__ = ["GoldCluster", "b_cubed", "lead_events", "read_clusters", "score_events"]

_FAMILIES = frozenset(["force", "control", "posture", "persons", "harm"])


class GoldCluster(msgspec.Struct, frozen=True, kw_only=True):
    """Reports (ids) that tell of one event; further keys are passed over."""

    event: str
    reports: tuple[str, ...]


def score_events(clusters: Path, reports: Sequence[Path], reader: Reader) -> dict[str, float]:
    """Reads the reports that the clusters list, gathers them, and compares the groups of their lead claims.

    Raises InputError for a listed report that is in none of the files.
    """
    gold = read_clusters(clusters)
    listed = {name for one in gold for name in one.reports}
    found = _listed(reports, listed)
    with TemporaryDirectory() as folder, open_project(Path(folder) / "scored.db", create=True) as project:
        store_reports(found.values(), project, reader)
        groups = lead_events(project, {name: report.id for name, report in found.items()})
    return b_cubed(groups, [one.reports for one in gold]) | {"reports": len(listed), "clusters": len(gold)}


def read_clusters(path: Path) -> list[GoldCluster]:
    """The clusters of a JSON Lines file. Raises InputError where it lists no report."""
    gold = read_gold(path, GoldCluster)
    if not any(one.reports for one in gold):
        raise InputError(f"{path} lists no report: give a file with an event and its reports a line")
    return gold


def _listed(paths: Sequence[Path], listed: set[str]) -> dict[str, Report]:
    """The listed reports, each under its id or its file's stem, as the list names it."""
    found: dict[str, Report] = {}
    for report in read_paths(paths):
        if isinstance(report, Report):
            stem = Path(report.origin.path).stem if report.origin and report.origin.line is None else report.id
            for name in listed & {report.id, stem}:
                found[name] = report
    if missing := sorted(listed - found.keys()):
        raise InputError(f"no report {missing[0]!r} is in the files given: give the file that holds it with --reports")
    return found


def lead_events(project: Project, reports: Mapping[str, str]) -> dict[str, str]:
    """For each report's name its group: the event of its lead claim, else the name itself. ``reports`` gives ids."""
    return {name: _lead_event(project, id_) or name for name, id_ in reports.items()}


def _lead_event(project: Project, report: str) -> str | None:
    for row in find_claims(project, ClaimFilter(report=report), limit=None):
        if family_of(row.claim.type) in _FAMILIES and (event := event_of_claim(project, row.claim.id)) is not None:
            return event
    return None


def b_cubed(groups: Mapping[str, str], gold: Iterable[Sequence[str]]) -> dict[str, float]:
    """B-cubed precision, recall and F1 of groups over the reports of the gold (names to groups).

    Two reports belong together where any gold cluster holds both, so a report may be in several.
    """
    peers: dict[str, set[str]] = {}
    for cluster in gold:
        for name in cluster:
            peers.setdefault(name, set()).update(cluster)
    members: dict[str, set[str]] = {}
    for name in peers:
        members.setdefault(groups[name], set()).add(name)
    precision = _mean(peers, lambda name: _share(members[groups[name]], peers[name]))
    recall = _mean(peers, lambda name: _share(peers[name], members[groups[name]]))
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"b3_precision": precision, "b3_recall": recall, "b3_f1": f1}


def _share(of: set[str], inside: set[str]) -> float:
    return len(of & inside) / len(of)


def _mean(names: Iterable[str], of: Callable[[str], float]) -> float:
    values = [of(name) for name in names]
    return sum(values) / len(values) if values else 0.0

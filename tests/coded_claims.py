"""Claims coded by hand, made into the engine's records, for tests that read no report and load no model."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

import twosource
from twosource.ids import make_id
from twosource.intake import read_paths
from twosource.pipeline import Reader, store_reports
from twosource.records import Claim, Figure, Named, Reading, Report, When
from twosource.spans import Span
from twosource.stage import Batch, Stage, fingerprint
from twosource.store import Project

EXAMPLES = Path(twosource.__file__).parent / "examples"


def example_rows() -> list[dict[str, Any]]:
    """The coded claims of the package's example reports."""
    return [json.loads(line) for line in (EXAMPLES / "claims.jsonl").read_text(encoding="utf-8").splitlines()]


def example_reports() -> list[Report]:
    """The package's example reports, under their file's names, by which the coding knows them."""
    return reports_in(EXAMPLES.glob("reports/*.txt"))


def reports_in(paths: Iterable[Path]) -> list[Report]:
    """The reports of files, under the files' names."""
    found = []
    for path in sorted(paths):
        [report] = [one for one in read_paths([path]) if isinstance(one, Report)]
        found.append(msgspec.structs.replace(report, id=path.stem))
    return found


def keep_coded(project: Project, reports: Iterable[Report], rows: Iterable[dict[str, Any]]) -> None:
    """Stores the reports with their coded claims as what was read in them."""
    store_reports(reports, project, coded_reader(rows))


def keep_examples(project: Project) -> None:
    """Stores the package's example reports as people coded them."""
    keep_coded(project, example_reports(), example_rows())


def coded_reader(rows: Iterable[dict[str, Any]]) -> Reader:
    """A reader that finds in each report, by its id, the claims that were coded."""
    coded: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        coded.setdefault(row["report"], []).append(row)

    def read(readings: Batch, _equipment: object) -> list[Reading]:
        return [
            msgspec.structs.replace(
                one, claims=tuple(claim_of(one.report, row) for row in coded.get(one.report.id, []))
            )
            for one in readings
        ]

    stages: tuple[Stage[None], ...] = (Stage(name="coded", version=1, run=read),)
    return Reader(stages=stages, equipment=None, fingerprint=fingerprint(stages, {}))


def claim_of(report: Report, row: dict[str, Any]) -> Claim:
    """The claim of a coded row, each value at the first place where its words stand, near the evidence if it can be."""
    evidence = tuple(_at(report, words, 0) for words in row["evidence"])
    start = evidence[0].start
    made = {"id": make_id("claim", report.id, row), "report": report.id, "evidence": evidence, "trigger": evidence[0]}
    for key in ("type", "stance", "certainty", "status", "negated"):
        made[key] = row[key]
    for key in ("actors", "targets", "places", "sources", "via"):
        made[key] = tuple(_named(report, name, start) for name in row[key])
    made["figures"] = tuple(_figure(report, one, start) for one in row["figures"])
    made["when"] = _when(report, row["when"], start) if row["when"] else None
    return msgspec.convert(made, Claim)


def _named(report: Report, name: str, near: int) -> Named:
    span = _at(report, name, near)
    return Named(name=name, span=span, said_at=span)


def _figure(report: Report, row: dict[str, Any], near: int) -> Figure:
    span = _at(report, row["phrase"], near)
    values = {key: None if row[key] is None else int(row[key]) for key in ("low", "high")}
    return msgspec.convert({**row, **values, "span": span, "number": span, "rule": "coded"}, Figure)


def _when(report: Report, row: dict[str, Any], near: int) -> When:
    return msgspec.convert({**row, "phrase": row["phrase"] or "", "span": _at(report, row["phrase"] or "", near)}, When)


def _at(report: Report, words: str, near: int) -> Span:
    """Where the words stand, at or after ``near`` if they do; the report's beginning where they stand nowhere."""
    found = report.text.find(words, near)
    start = found if found >= 0 else max(0, report.text.find(words))
    return Span(start, start + len(words))

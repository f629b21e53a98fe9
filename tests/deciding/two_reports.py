"""A project of two reports, and a person who decides on their claims."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import select

from fake_reading import fake_reader, find_claims, make_report
from twosource import deciding
from twosource.deciding import DecidedClaim, Mark
from twosource.pipeline import Reader, store_reports
from twosource.records import Reading
from twosource.stage import Batch, Stage, fingerprint
from twosource.store import Project, tables

TEXT = (
    "Émir said Norland shelled Vale-Port on 2024-03-01, killing 2. Sud seized Vale. "
    "Later the Red Guard struck Vale again, and some 30 men fled on Monday."
)
REPORT = make_report("b", TEXT)
OTHER = make_report("a", "Sud backs Norland. Norland seized Al-Vale on 2024-04-01.")
STRUCK = "the Red Guard struck Vale again"


def keep_two_reports(project: Project) -> None:
    """Stores the reports as the fake reader reads them."""
    store_reports([REPORT, OTHER], project, fake_reader())


def claims(project: Project, report: str = "b") -> dict[str, DecidedClaim]:
    """The claims of a report as they stand, by their words up to the day."""
    return {one.evidence[0].split(" on ")[0]: one for one in deciding.decided_claims(project, report)}


def id_of(project: Project, words: str) -> str:
    """The id of the claim with these words."""
    return claims(project)[words].claim.id


def fix(project: Project, words: str, fields: dict[str, Any], **told: Any) -> None:
    """Fixes the claim with these words."""
    deciding.fix(project, "b", id_of(project, words), fields, **({"who": "coder-1", "reason": "read it again"} | told))


def add(project: Project, **fields: Any) -> str:
    """Adds the claim that was missed, with other fields where they are given; its id."""
    given = {"type": "attack", "evidence": [STRUCK], "actors": ["Red Guard"], "places": ["Vale"]} | fields
    return deciding.add(project, "b", given, who="coder-1", reason="was missed").subjects[1]


def marks(project: Project) -> dict[str, str]:
    """How each claim that somebody decided on is marked, by its words."""
    return {words: one.mark.value for words, one in claims(project).items() if one.mark is not Mark.READ}


def lapsed(project: Project) -> list[tuple[int, str]]:
    """The decisions that no longer apply: their numbers, and why."""
    return [(one.decision.number, one.reason) for one in deciding.no_longer_apply(project)]


def as_read(project: Project) -> list[bytes]:
    """The rows of the claims as the engine read them."""
    with project.looking() as connection:
        return list(connection.execute(select(tables.claim.c.record).order_by(tables.claim.c.id)).scalars())


def read_by(change: Any, version: int) -> Reader:
    """A newer reader: the fake one, with each claim changed or (None) left out."""

    def run(batch: Batch, _: object) -> list[Reading]:
        return [
            msgspec.structs.replace(one, claims=tuple(c for c in map(change, one.claims) if c is not None))
            for one in find_claims(batch, None)
        ]

    stages: tuple[Stage[None], ...] = (Stage(name="fake", version=version, run=run),)
    return Reader(stages=stages, equipment=None, fingerprint=fingerprint(stages, {}))

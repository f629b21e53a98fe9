"""Reads reports whose claims were coded by hand, from the measuring data and from this folder's own.

A coding is a JSON line in the codebook's form. Texts lie in a folder beside it as <report>.txt. Reports that are only
there to be measured on are left out, whatever folder they lie in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from training.codings import unpack
from training.examples import rows_of
from twosource.intake import read_paths
from twosource.records import Report

ATTRIBUTION = "attribution/polnear_train.jsonl"
ATTRIBUTION_DEV = "attribution/polnear_dev.jsonl"
CLAIMS = ("claims/dev.jsonl", "claims/composed.jsonl")
BARRED = "claims/check_reports.txt"
APART = Path("bench/unseen.txt")
"""Reports that stand for outlets never seen: they are kept from the run, and so are all others of their outlets."""
OWN = Path(__file__).parent / "data"
"""Reports in this project's own words with their coding, and codings of others' texts as ids, values and offsets."""

FOLDS = 5
NEVER = ("seed-",)
"""Reports whose names begin so are kept for measuring from outside."""


class CodedReport(NamedTuple):
    """A report with its coded claims, and the fold in which all reports of its outlet are."""

    report: Report
    rows: tuple[dict[str, Any], ...]
    fold: int


def coded_of(data: Path, apart: Collection[str]) -> list[CodedReport]:
    """All reports with coded claims that may be trained on: those ``apart``, and all of their outlets, may not."""
    barred = set((data / BARRED).read_text("utf-8").split())
    sets = [(data / name, data / "claims/texts") for name in CLAIMS]
    sets.append((OWN / "reports/claims.jsonl", OWN / "reports"))
    coded = coded_reports(sets, barred, unpack(OWN / "codings.jsonl", data))
    outlets = {one.report.outlet for one in coded if one.report.id in apart} - {None}
    return [one for one in coded if one.report.id not in apart and one.report.outlet not in outlets]


def coded_reports(
    sets: Sequence[tuple[Path, Path]],
    barred: Collection[str],
    more: Iterable[tuple[Report, Sequence[dict[str, Any]]]] = (),
) -> list[CodedReport]:
    """The reports of all sets (a file of codings, a folder of texts) and ``more``, by name, without those barred."""
    coded: dict[str, tuple[Path, list[dict[str, Any]]]] = {}
    for codings, texts in sets:
        for row in rows_of(codings):
            if row["report"] not in barred and not row["report"].startswith(NEVER):
                coded.setdefault(row["report"], (texts, []))[1].append(row)
    read = [(_read(texts / f"{name}.txt"), tuple(rows)) for name, (texts, rows) in coded.items()]
    read += [(report, tuple(rows)) for report, rows in more if report.id not in barred and report.id not in coded]
    read.sort(key=lambda pair: pair[0].id)
    return [CodedReport(report, rows, fold_of(report.outlet or report.id)) for report, rows in read]


def _read(path: Path) -> Report:
    (report,) = (found for found in read_paths([path]) if isinstance(found, Report))
    return report


def fold_of(outlet: str) -> int:
    """The fold of an outlet, the same whatever other reports there are."""
    return int(hashlib.sha1(outlet.encode()).hexdigest(), 16) % FOLDS  # noqa: S324


def places_of(words: str, text: str) -> Iterator[tuple[int, int]]:
    """The offsets at which the words stand in the text, in order; none inside a longer word."""
    at = text.find(words)
    while words and at >= 0:
        end = at + len(words)
        inside = (at > 0 and text[at - 1].isalnum() and words[0].isalnum()) or (
            end < len(text) and text[end].isalnum() and words[-1].isalnum()
        )
        if not inside:
            yield at, end
        at = text.find(words, at + 1)

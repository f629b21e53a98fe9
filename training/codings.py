"""Codings of texts that belong to others, kept as ids, values and offsets: no word of the texts is part of the project.

    python -m training.codings FOLDER --data DATA --out training/data/codings.jsonl

packs a working folder: <report>.txt files (a small header with title, outlet and published, a blank line, the body),
claims.jsonl in the codebook's form, and origin.jsonl that says in which file of DATA and under which id each text
stands. A body must open the text it comes from. Training unpacks them again with the same DATA at hand.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from training.examples import rows_of
from twosource.intake import read_paths
from twosource.records import Report

Coding = dict[str, Any]
_WRAPPED = "muc4"  # what the data files with such texts are called
_OPENING = re.compile(r"^\W*\w|[.!?][\"']?\s+\W?\w|\n\W*\w")
NAMES = ("actors", "targets", "places", "sources", "via")


@cache
def _texts(path: Path) -> Mapping[str, str]:
    """The texts of a data file by id (and by row number), without space around them."""
    rows = rows_of(path)
    body = paragraphs_of if path.stem.startswith(_WRAPPED) else str.strip
    by_number = {str(number): body(row["text"]) for number, row in enumerate(rows)}
    return by_number | {str(row[key]): body(row["text"]) for row in rows for key in ("doc_id", "id") if key in row}


def paragraphs_of(text: str) -> str:
    """A text that is broken into lines of one width, with a line for each paragraph."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in re.split(r"\n[ \t]*\n", text.strip()))


def pack(folder: Path, data: Path) -> Iterator[Coding]:
    """One row a report, with its claims. A report whose text isn't found is told and left out, like a value."""
    claims: dict[str, list[Coding]] = {}
    for row in rows_of(folder / "claims.jsonl"):
        claims.setdefault(row["report"], []).append(row)
    for origin in rows_of(folder / "origin.jsonl"):
        path = folder / f"{origin['report']}.txt"
        if not path.is_file() or origin["report"] not in claims:
            continue
        packed = _packed(path, origin, _texts(data / origin["file"]), claims[origin["report"]])
        if packed is None:
            print(f"{path}: not the opening of its origin, left out", file=sys.stderr)
        else:
            yield packed


def _packed(path: Path, origin: Coding, texts: Mapping[str, str], rows: list[Coding]) -> Coding | None:
    (report,) = (found for found in read_paths([path]) if isinstance(found, Report))
    body = path.read_text("utf-8").split("\n\n", 1)[-1].strip()
    if not texts.get(str(origin["id"]), "").startswith(body):
        return None
    return {
        "report": origin["report"],
        "file": origin["file"],
        "id": str(origin["id"]),
        "length": len(body),
        "outlet": report.outlet,
        "published": report.published.isoformat() if report.published else None,
        "claims": [packed for row in rows if (packed := _by_offset(row, body)) is not None],
    }


def _by_offset(row: Coding, body: str) -> Coding | None:
    """The claim with an offset and a length for every run of words; None where its evidence is not in the body."""

    def at(words: str) -> list[int] | None:
        start = body.find(words)
        return [start, start + len(words)] if start >= 0 else None

    evidence = [span for words in row["evidence"] if (span := at(words)) is not None]
    if not evidence:
        return None
    when = row["when"] and {**row["when"], "phrase": at(row["when"]["phrase"] or "\0")}
    return {
        **{name: row[name] for name in ("type", "stance", "certainty", "status", "negated")},
        "evidence": evidence,
        **{name: [span for words in row[name] if (span := at(words)) is not None] for name in NAMES},
        "when": when,
        "figures": [{**figure, "phrase": span} for figure in row["figures"] if (span := at(figure["phrase"]))],
    }


def unpack(path: Path, data: Path) -> Iterator[tuple[Report, list[Coding]]]:
    """The reports with their claims in the codebook's form. A data file that is missing raises FileNotFoundError."""
    for packed in rows_of(path):
        body = _texts(data / packed["file"])[packed["id"]][: packed["length"]]
        if body.isupper():
            body = in_small_letters(body, packed["claims"])
        report = Report(
            id=packed["report"],
            text=body,
            outlet=packed["outlet"],
            published=datetime.date.fromisoformat(packed["published"]) if packed["published"] else None,
        )
        yield report, [_in_words(row, packed["report"], body) for row in packed["claims"]]


def in_small_letters(body: str, claims: Sequence[Coding]) -> str:
    """A text in capitals as others are written: its sentences and the coded names keep theirs, so that it is parsed."""
    spans = {tuple(span) for claim in claims for name in NAMES for span in claim[name]}
    names = sorted({body[start:end].lower() for start, end in spans}, key=len, reverse=True)
    said = _OPENING.sub(lambda found: found.group().upper(), body.lower())
    for name in names:
        titled = re.sub(r"(?<![\w'’])\w", lambda found: found.group().upper(), name)
        said = re.sub(rf"\b{re.escape(name)}\b", titled, said)
    return said if len(said) == len(body) else body


def _in_words(row: Coding, report: str, body: str) -> Coding:
    def words(span: list[int] | None) -> str | None:
        return body[span[0] : span[1]] if span else None

    return {
        **row,
        "report": report,
        **{name: [words(span) for span in row[name]] for name in ("evidence", *NAMES)},
        "when": row["when"] and {**row["when"], "phrase": words(row["when"]["phrase"])},
        "figures": [{**figure, "phrase": words(figure["phrase"])} for figure in row["figures"]],
    }


def main() -> None:
    """Packs a working folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    rows = [row for folder in given.folders for row in pack(folder, given.data)]
    rows.sort(key=lambda row: str(row["report"]))
    given.out.write_text("".join(json.dumps(row, separators=(",", ":")) + "\n" for row in rows), "utf-8")
    print(f"{len(rows)} reports, {sum(len(row['claims']) for row in rows)} claims")


if __name__ == "__main__":
    main()

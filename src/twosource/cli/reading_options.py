"""The options of the command that reads."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from twosource.pipeline import EngineKind, ReaderKind

__all__ = [
    "ColumnMap",
    "EngineOption",
    "Into",
    "Kind",
    "MinConfidence",
    "Paths",
    "Quiet",
    "Ray",
    "Strict",
    "TimeLimit",
    "Workers",
]

Paths = Annotated[
    list[Path],
    typer.Argument(
        help="Files or folders: text (.txt, .md), saved pages (.html), mail (.eml, .mbox), .docx, .pdf, "
        "web archives (.warc, .wacz), feeds (.rss, .xml), JSON lines (.jsonl) or tables (.csv, .tsv, .parquet).",
        show_default=False,
    ),
]
Into = Annotated[str, typer.Option("--into", metavar="PROJECT", help="The project file; made where it is not there.")]
ColumnMap = Annotated[
    str | None,
    typer.Option(
        "--map",
        metavar="THEIRS=OURS,...",
        help="Which column holds what, as in date=published,source=outlet. Ours are id, text, title, outlet, "
        "published, url, agency, language. Usual names need no map.",
    ),
]
Kind = Annotated[
    ReaderKind,
    typer.Option(
        "--reader",
        help="What finds claims and who says them: the trained reader, or rules, quicker, which find fewer.",
    ),
]
MinConfidence = Annotated[
    float,
    typer.Option(
        "--min-confidence",
        min=0,
        max=1,
        help="Leave out the claims of which the trained reader is less sure than this, from 0 to 1. "
        "Each leaves a note among the issues.",
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        min=0,
        metavar="NUMBER",
        help="In how many processes to read: as many as there are cores, at most 8, unless given. "
        "0 reads in this one, without a limit of memory.",
        show_default=False,
    ),
]
EngineOption = Annotated[
    EngineKind,
    typer.Option(
        "--engine",
        help="Read in processes of this machine (pool), or by Daft, on this machine or with --ray on a cluster.",
    ),
]
Ray = Annotated[
    str | None,
    typer.Option(
        "--ray",
        metavar="ADDRESS",
        help="The Ray cluster that --engine daft reads on: host:port, or auto for the one that runs here.",
        show_default=False,
    ),
]
TimeLimit = Annotated[
    float | None,
    typer.Option(
        "--time-limit",
        metavar="SECONDS",
        help="Give a report up that takes more processor time than this, and try those again that were given up "
        "before. Unless given: a minute, and a second for each 1,000 characters, "
        "560 seconds at most.",
        show_default=False,
    ),
]
Strict = Annotated[
    bool, typer.Option("--strict", help="Leave with exit code 1 where some of the input could not be read.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]

"""The options by which exports and snapshots choose, and by which they are made fit for publication."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from twosource.cli.terminal import day
from twosource.corpus_records import Grade
from twosource.errors import InputError, UsageError
from twosource.export.material import Choice, Publication
from twosource.views.claims import ClaimFilter, claim_type

__all__ = [
    "Filters",
    "ForPublication",
    "Grades",
    "MaskFile",
    "Masked",
    "Quotation",
    "Since",
    "Until",
    "WithPrivate",
    "choice",
]

_FIELDS = ("type", "family", "actor", "place", "source", "report", "text")

Filters = Annotated[
    list[str] | None,
    typer.Option(
        "--filter",
        metavar="FIELD=WORDS",
        help=f"Claims that meet this, and what belongs to them; give one for each field: {', '.join(_FIELDS)}.",
        show_default=False,
    ),
]
Since = Annotated[
    str | None, typer.Option(metavar="DAY", help="Claims not over before this day (2024-12-31).", show_default=False)
]
Until = Annotated[
    str | None, typer.Option(metavar="DAY", help="Claims begun by this day (2024-12-31).", show_default=False)
]
Grades = Annotated[
    list[Grade] | None,
    typer.Option("--grade", help="Claims of events with this grade; may be given several times.", show_default=False),
]
ForPublication = Annotated[
    bool,
    typer.Option(
        "--publication",
        help="Leave full texts out, cut quotations, and withhold marked names and those of private persons killed.",
    ),
]
WithPrivate = Annotated[
    bool,
    typer.Option("--names", help="Name private persons who were killed too in what is made for publication."),
]
Quotation = Annotated[
    int | None,
    typer.Option(metavar="NUMBER", help="Characters of a quotation that are kept; 200 with --publication."),
]
Masked = Annotated[
    list[str] | None,
    typer.Option("--mask", metavar="NAME", help="A name to withhold; may be given several times.", show_default=False),
]
MaskFile = Annotated[
    Path | None, typer.Option("--masks", metavar="FILE", help="Names to withhold, one a line.", show_default=False)
]


def choice(
    filters: Sequence[str] | None,
    since: str | None,
    until: str | None,
    grades: Sequence[Grade] | None,
    *,
    publish: bool,
    quotation: int | None,
    mask: Sequence[str] | None,
    masks: Path | None,
) -> Choice:
    """What the options choose. Raises UsageError for one that can't be meant; each of the last three publishes."""
    told: dict[str, Any] = {}
    for words in filters or ():
        name, equals, value = words.partition("=")
        name, value = name.strip(), value.strip()
        if name not in _FIELDS or not equals or not value:
            raise UsageError(f"--filter {words!r} can't be meant: write FIELD=WORDS, with one of {', '.join(_FIELDS)}")
        if name in told:
            raise UsageError(f"--filter asks for {name} twice: give each field once")
        told[name] = claim_type(value) if name == "type" else value
    withheld = tuple(dict.fromkeys([*(mask or ()), *_names(masks)]))
    publish = publish or quotation is not None or bool(withheld)
    length = {} if quotation is None else {"quotation": quotation}
    return Choice(
        claims=ClaimFilter(**told, since=day("--since", since), until=day("--until", until)),
        grades=frozenset(grades or ()),
        publication=Publication(masked=withheld, **length) if publish else None,
    )


def _names(masks: Path | None) -> list[str]:
    """The names in the file, without empty lines and those that begin with '#'."""
    if masks is None:
        return []
    try:
        lines = masks.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise InputError(f"{masks} can't be read: {fault}") from None
    return [name for line in lines if (name := line.strip()) and not name.startswith("#")]

"""Writes the table of types in docs/reference/codebook.md from closed_sets.py and data/event_types.toml.

python tools/build_codebook.py           writes the table between its two marks; the rest of the page is written by hand
python tools/build_codebook.py --check   fails, and says so, where the table is not what would be written
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from twosource.closed_sets import FAMILIES
from twosource.knowledge.event_types import EventType, load_event_types

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "codebook.md"
BEGIN = "<!-- the types: made by tools/build_codebook.py -->\n"
END = "<!-- end of the types -->\n"


def table() -> str:
    """The table of types by family, as Markdown with a newline at its end."""
    rows = load_event_types()
    lines = ["| family | type | as in | to know |", "|---|---|---|---|"]
    for family, types in FAMILIES.items():
        for number, type_ in enumerate(types):
            row = rows[type_]
            first = family if number == 0 else ""
            lines.append(f"| {first} | `{type_}` | {row.matches[0]} | {', '.join(_marks(row))} |")
    return "\n".join(lines) + "\n"


def _marks(row: EventType) -> Iterator[str]:
    if row.standing:
        yield "lasts"
    if row.symmetric:
        yield "all parties are actors"
    if row.speech:
        yield "the speaker is the actor"
    if row.harm_in:
        yield "takes a toll"


def renewed(page: str) -> str:
    """The page with the table as it should be. Raises ValueError where one of the two marks is missing."""
    for mark in (BEGIN, END):
        if page.count(mark) != 1:
            raise ValueError(f"the page must hold the line {mark.strip()!r} once")
    head, rest = page.split(BEGIN)
    return f"{head}{BEGIN}{table()}{END}{rest.split(END)[1]}"


def main(arguments: list[str]) -> int:
    """The exit code: 1 where ``--check`` finds the table outdated, else 0."""
    page = PAGE.read_text(encoding="utf-8")
    if arguments != ["--check"]:
        PAGE.write_text(renewed(page), encoding="utf-8")
    elif renewed(page) != page:
        print(
            f"{PAGE.name}: the types are not those of the code: run 'python tools/build_codebook.py'", file=sys.stderr
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

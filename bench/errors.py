"""`python -m bench.errors --gold ../shared`: the tables of docs/explanation/what-it-gets-wrong.md, made anew.

They are measured on the reports of bench/unseen.txt and put between the page's marks; without gold, nothing is changed.
"""

from __future__ import annotations

import argparse
import datetime
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.unseen import read_unseen
from twosource.score.breakdown import Breakdown, Part, break_down

__all__ = ["main", "tables"]

PAGE = Path(__file__).parents[1] / "docs/explanation/what-it-gets-wrong.md"
_BEGIN, _END = "<!-- measured: begin -->", "<!-- measured: end -->"
_FEW = 4  # types with fewer coded claims say nothing by themselves
_MOST_CONFUSED = 25


def tables(whole: Breakdown) -> str:
    """The tables as Markdown: by family, by type, by field, and what is taken for what."""
    return "\n".join(
        [
            "### By family\n",
            *_parts("family", whole.by_family),
            f"\n### By type (of {_FEW} coded claims and more)\n",
            *_parts("type", {name: part for name, part in whole.by_type.items() if part.gold >= _FEW}),
            "\n### By field, where a claim is found\n",
            *_rows(
                ("field", "claims that say something", "right"),
                [(name, str(count), f"{mean:.2f}") for name, (mean, count) in whole.fields.items()],
            ),
            "\n### What is taken for what\n",
            *_rows(
                ("coded as", "taken for", "claims"),
                [(a, b, str(n)) for a, b, n in whole.confused if a != b][:_MOST_CONFUSED],
            ),
        ]
    )


def _parts(of: str, parts: dict[str, Part]) -> Iterator[str]:
    heads = (of, "coded", "told", "found", "of those told, right type", "of those coded, right type", "claim F1")
    order = sorted(parts.items(), key=lambda pair: -pair[1].gold)
    yield from _rows(
        heads,
        [(name, str(one.gold), str(one.predicted), *map("{:.2f}".format, _shares(one))) for name, one in order],
    )


def _shares(one: Part) -> tuple[float, ...]:
    return one.found_r, one.typed_p, one.typed_r, one.claim_f1


def _rows(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|---" + "|---:" * (len(heads) - 1) + "|"
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def main() -> None:
    """Measures and writes the page; says so where the gold is not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=Path("../shared"), help="the folder that holds gold/")
    folder: Path = parser.parse_args().gold
    if not (folder / "gold/claims/dev.jsonl").exists():
        print(f"missing: {folder / 'gold/claims/dev.jsonl'}; the page stays as it is")
        return
    gold, found, raw = read_unseen(folder)
    day = datetime.datetime.now(tz=datetime.UTC).date()
    about = f"*{len(gold)} coded claims in {len(raw)} reports, {day}.*"
    measured = "\n".join([_BEGIN, about, "", tables(break_down(gold, found, raw)), _END])
    page = PAGE.read_text("utf-8")
    PAGE.write_text(re.sub(f"{_BEGIN}.*{_END}", lambda _: measured, page, flags=re.DOTALL), "utf-8")
    print(f"wrote {PAGE}")


if __name__ == "__main__":
    main()

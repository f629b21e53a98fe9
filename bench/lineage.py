"""`python -m bench.lineage`: how long relating takes on made-up reports with planted reprints, and how it grows.

Every fifth report is a reprint of an earlier one of the last week: some sentences cut, one word in thirty changed,
another headline. A report has some 300 words, drawn so that a few are very frequent and most are rare.
"""

from __future__ import annotations

import argparse
import datetime
import random
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from twosource.corpus_records import Relation
from twosource.ids import digest_of
from twosource.records import Report
from twosource.relating import default_judge, relate
from twosource.store import lineage as stored
from twosource.store import open_project, write

__all__ = ["made_up_reports", "main", "time_relating"]

_VOCABULARY = 30_000
_SENTENCES, _WORDS = 14, 22
_REPORTS_A_DAY = 25
_STOCK = "The monitoring group relies on a wide network of sources on the ground and could not be reached for comment."


def made_up_reports(count: int, seed: int = 5) -> tuple[list[Report], dict[str, str]]:
    """The reports, and for each reprint the report that it was made from."""
    draw = random.Random(seed)
    texts: list[list[str]] = []
    reports, sources = [], {}
    for number in range(count):
        name, recent = f"r{number:06}", [at for at in range(max(0, number - 150), number) if f"r{at:06}" not in sources]
        if number % 5 == 4 and recent:
            original = draw.choice(recent)
            texts.append(_edited(texts[original], draw))
            sources[name] = f"r{original:06}"
        else:
            texts.append([_sentence(draw) for _ in range(_SENTENCES)])
        stock = [_STOCK] if number % 10 == 0 else []
        reports.append(_report(name, " ".join([*texts[-1], *stock]), number // _REPORTS_A_DAY))
    return reports, sources


def _sentence(draw: random.Random) -> str:
    words = [_word(int(_VOCABULARY ** draw.random())) for _ in range(_WORDS)]
    return f"{' '.join(words).capitalize()}."


def _word(number: int) -> str:
    """A word of letters for a number."""
    letters = ""
    while number:
        number, rest = divmod(number, 20)
        letters += "bcdfghjklmnpqrstvwxz"[rest] + "aeiou"[rest % 5]
    return letters


def _edited(sentences: list[str], draw: random.Random) -> list[str]:
    kept = [one for one in sentences if draw.random() < 0.8] or sentences[:3]
    return [" ".join(_sentence(draw)[:4] if draw.random() < 1 / 30 else w for w in one.split()) for one in kept]


def _report(name: str, text: str, day: int) -> Report:
    published = datetime.date(2031, 1, 1) + datetime.timedelta(days=day)
    return Report(id=name, text=text, published=published, digest=digest_of(name, text))


def time_relating(count: int) -> dict[str, float]:
    """Seconds of the processor for putting the reports into the index and comparing them, and what was found."""
    reports, sources = made_up_reports(count)
    judge = default_judge()
    with tempfile.TemporaryDirectory() as folder, open_project(Path(folder) / "bench.db", create=True) as project:
        for at in range(0, count, 200):
            run = write.start_run(project, "bench")
            write.keep_batch(project, run, "bench", write.Batch(reports=tuple(reports[at : at + 200])))
        begun = time.process_time()
        relate(project, judge)
        seconds = time.process_time() - begun
        with project.looking() as connection:
            found = {one.pair for one in stored.dependences(connection) if one.relation is Relation.REPRINT}
    planted = {(min(pair), max(pair)) for pair in sources.items()}
    return {"reports": count, "seconds": seconds, "planted": len(planted), "found": len(planted & found)}


def main() -> None:
    """Prints a table, a row for each number of reports."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, nargs="+", default=[500, 1000, 2000, 4000])
    options = parser.parse_args()
    time_relating(50)  # patterns are compiled at their first use
    table = Table("reports", "seconds", "a report, in ms", "planted", "found", title="relating made-up reports")
    for count in options.reports:
        one = time_relating(count)
        each = f"{1000 * one['seconds'] / count:.1f}"
        table.add_row(str(count), f"{one['seconds']:.1f}", each, str(one["planted"]), str(one["found"]))
    Console().print(table)


if __name__ == "__main__":
    main()

"""Texts that nobody coded, which a network can learn from by what others answer on them.

None of them tells what measuring texts tell: a text is left out when more than a few of its runs of seven words stand
in one of those, or half of them in a text before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from training.codings import in_small_letters, paragraphs_of
from training.examples import rows_of

PLAIN = (
    "places/lgl.jsonl", "places/geowebnews.jsonl", "time/timebank.jsonl", "time/aquaint.jsonl",
    "reuse/news_clusters.jsonl", "events/muc4_dev.jsonl", "events/muc4_tst1.jsonl", "events/muc4_tst2.jsonl",
)  # fmt: skip
RUN, SHORTEST, LONGEST = 7, 200, 6000
"""How many words stand in a run; of how many characters a text must be, and how many are read of it."""
FEW, SHARE, ALIKE = 3, 0.03, 0.5

_WORD = re.compile(r"\w+")


def runs_of(text: str) -> set[tuple[str, ...]]:
    """The runs of seven words of a text, in small letters."""
    words = _WORD.findall(text.lower())
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def plain_texts(data: Path) -> Iterator[str]:
    """The texts of the data files that are named in ``PLAIN``, as they are read; capitals are made small."""
    for name in PLAIN:
        for row in rows_of(data / name):
            text = paragraphs_of(row["text"]) if name.startswith("events/") else row["text"]
            yield in_small_letters(text, []) if text.isupper() else text


def kept_apart(texts: Iterable[str], measured: Iterable[str], known: Iterable[str] = ()) -> Iterator[str]:
    """Of the texts those that repeat nothing ``measured``, and no other text or ``known`` one by half."""
    barred = {run for text in measured for run in runs_of(text)}
    seen = {run for text in known for run in runs_of(text)}
    for text in texts:
        cut = text.strip()[:LONGEST]
        runs = runs_of(cut)
        if (
            len(cut) < SHORTEST
            or len(runs & barred) > max(FEW, SHARE * len(runs))
            or len(runs & seen) > ALIKE * len(runs)
        ):
            continue
        seen |= runs
        yield cut

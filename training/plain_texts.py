"""Texts that nobody coded, which a network can learn from by what others answer on them.

None of them tells what measuring texts tell: a text is left out when more than a few of its runs of seven words stand
in one of those, or half of them in a text before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from training.coded import APART, ATTRIBUTION_DEV, BARRED, NEVER
from training.codings import in_small_letters, paragraphs_of
from training.examples import rows_of

NEWS = (
    "places/lgl.jsonl", "places/geowebnews.jsonl", "time/timebank.jsonl", "time/aquaint.jsonl",
    "reuse/news_clusters.jsonl",
)  # fmt: skip
"""News of towns, of markets and of the world, of which little is of a conflict."""
PLAIN = (*NEWS, "events/muc4_dev.jsonl", "events/muc4_tst1.jsonl", "events/muc4_tst2.jsonl")
EXAMPLES = Path("src/twosource/examples/reports")
RUN, SHORTEST, LONGEST = 7, 200, 6000
"""How many words stand in a run; of how many characters a text must be, and how many are read of it."""
FEW, SHARE, ALIKE = 3, 0.03, 0.5

_WORD = re.compile(r"\w+")


def runs_of(text: str) -> set[tuple[str, ...]]:
    """The runs of seven words of a text, in small letters."""
    words = _WORD.findall(text.lower())
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def plain_texts(data: Path, names: Iterable[str] = PLAIN) -> Iterator[str]:
    """The texts of the data files that are named, as they are read; capitals are made small."""
    for name in names:
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


def measured_in(data: Path) -> list[str]:
    """The texts that others measure with: reports kept apart or barred, first reports, examples, articles kept back."""
    named = {*APART.read_text("utf-8").split(), *(data / BARRED).read_text("utf-8").split()}
    texts = [
        path for path in (data / "claims/texts").glob("*.txt") if path.stem in named or path.stem.startswith(NEVER)
    ]
    texts += EXAMPLES.glob("*.txt")
    return [path.read_text("utf-8") for path in texts] + [row["text"] for row in rows_of(data / ATTRIBUTION_DEV)]

"""Fits how sure the reader must be of a cue, and writes it into its settings with the window sizes of today.

    python -m training.fit_thresholds --gold polnear_dev.jsonl --weights src/twosource/model/weights

Half of the articles (by their names) choose the probability whose contents have the greatest F1 at both overlaps; the
other half tells what it's worth there. Articles that the reader was trained on tell nothing here.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import msgspec

from twosource.closed_sets import Stance
from twosource.ids import make_id
from twosource.model.reader import ReaderSettings, TrainedReader
from twosource.reading.signals import Signals
from twosource.records import Attribution, AttributionKind, Report
from twosource.score.attribution import MarkedArticle, read_marked, score_attributions

CUES = (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7)


def is_chosen_on(article: MarkedArticle) -> bool:
    """Whether the article belongs to the half that chooses."""
    return int(hashlib.sha1(article.doc_id.encode()).hexdigest(), 16) % 2 == 0  # noqa: S324


def contents(signals: Signals, cue: float) -> list[Attribution]:
    """What the reader alone tells, as attributions that have no more than their contents."""
    return [
        Attribution(
            id=make_id("attribution", said.cue), cue=said.cue, sources=(), content=said.content,
            kind=AttributionKind.INDIRECT, stance=Stance.ASSERTS, rule="reader",
        )
        for said in signals.utterances
        if said.score >= cue
    ]  # fmt: skip


def worth(articles: Sequence[MarkedArticle], told: dict[str, Signals], cue: float) -> tuple[float, float]:
    """F1 of the contents at overlap 0.3 and 0.8."""

    def read(report: Report) -> list[Attribution]:
        return contents(told[report.id], cue)

    figures = score_attributions(articles, read)
    return figures["content_f1_03"], figures["content_f1_08"]


def main() -> None:
    """Reads every article once, prints what each probability is worth on either half, and writes the best."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True, help="articles with marked attributions, PolNeAR's form")
    parser.add_argument("--weights", type=Path, required=True, help="the folder of the reader's weights")
    given = parser.parse_args()
    reader, today = TrainedReader(given.weights), ReaderSettings()
    sizes = {name: getattr(today, name) for name in ("core", "before", "after")}
    reader.settings = msgspec.structs.replace(reader.settings, cue=min(CUES), **sizes)
    articles = read_marked(given.gold)
    told = {article.doc_id: reader.read(article.text) for article in articles}
    chosen = [article for article in articles if is_chosen_on(article)]
    other = [article for article in articles if not is_chosen_on(article)]
    for cue in CUES:
        print(cue, *(f"{figure:.3f}" for half in (chosen, other) for figure in worth(half, told, cue)), flush=True)
    best = max(CUES, key=lambda cue: sum(worth(chosen, told, cue)))
    path = given.weights / "settings.json"
    settings = json.loads(path.read_text("utf-8")) | sizes | {"cue": best}
    path.write_text(json.dumps(settings, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()

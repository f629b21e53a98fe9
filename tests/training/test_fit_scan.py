"""The scan's fit: words that stand where claims are count for them, and the report beside the passage."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from training.coded import ATTRIBUTION, ATTRIBUTION_DEV, BARRED
from training.fit_scan import Passage, Steps, buckets, fitted, least_for, looks_of_reports, other_news, told_passages
from training.plain_texts import NEWS

from twosource.closed_sets import ClaimType
from twosource.reading.signals import EventSignal
from twosource.spans import Span


def passage(words: str, holds: bool, report: int = 0, *, coded: bool = True) -> Passage:
    return Passage(buckets(words), holds, report, 0, coded)


def test_words_of_claims_count_for_them() -> None:
    rows = [passage("troops shelled the town", True), passage("the team won the match", False)] * 20
    claim, game, unknown = fitted(rows).scores([*rows[:2], passage("", False)])
    assert claim > 2 and game < -2 and game < unknown < claim


def test_steps_go_down_to_the_lowest_point() -> None:
    steps, values = Steps(2, 0.1), np.array([5.0, -5.0])
    for _ in range(500):
        values = steps.after(values, 2 * (values - np.array([1.0, 2.0])))
    assert values == pytest.approx([1, 2], abs=0.01)


def test_a_report_looks_like_its_passages_do() -> None:
    rows = [passage("a", False, 0), passage("b", False, 0), passage("c", False, 1)]
    assert looks_of_reports(rows, np.array([0.0, 50.0, 0.0])) == pytest.approx([0.75, 0.75, 0.5])


def test_the_least_score_passes_over_the_share_of_coded_claims() -> None:
    rows = [*(passage("a", True) for _ in range(11)), passage("b", False), passage("c", True, coded=False)]
    assert least_for(rows, np.array([*range(11), -50, -60]), 0.2) == 2


def event(type_: ClaimType, at: int, score: float) -> EventSignal:
    return EventSignal(
        anchor=Span(at, at + 4),
        score=score,
        types=tuple(float(one is type_) for one in ClaimType),
        status=(1.0, 0.0, 0.0),
        certainty=(1.0, 0.0),
        stance=(1.0, 0.0),
        negated=0.0,
        sourced=0.0,
        confidence=None,
        measures=(),
        parts={},
    )


def test_only_sure_events_of_a_conflict_make_an_article_s_passage_hold_a_claim() -> None:
    text = "Troops left.\nShe praised it.\nBombs fell.\n"
    events = [event(ClaimType.DEPLOYS, 7, 0.9), event(ClaimType.PRAISES, 17, 0.9), event(ClaimType.ATTACK, 35, 0.4)]
    assert [one.holds for one in told_passages(3, "paper", text, events)] == [True, False, False]


def written(path: Path, *rows: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def about(matter: str) -> str:
    return " ".join(f"Of {matter} ward {number} heard, and of {matter} it spoke until noon." for number in range(8))


def test_other_news_are_some_articles_and_texts_that_repeat_nothing_measured_or_coded(tmp_path: Path) -> None:
    written(tmp_path / ATTRIBUTION, *({"publisher": "paper", "text": f"Article {number}."} for number in range(6)))
    written(tmp_path / ATTRIBUTION_DEV, {"publisher": "paper", "text": about("rents")})
    for name in NEWS:
        written(tmp_path / name)
    written(tmp_path / NEWS[0], *({"text": about(matter)} for matter in ("rents", "wells", "trams", "coal")))
    written(tmp_path / BARRED)
    (tmp_path / BARRED).write_text("ward-trams\n", "utf-8")
    (tmp_path / "claims/texts").mkdir(parents=True)
    (tmp_path / "claims/texts/ward-trams.txt").write_text(about("trams"), "utf-8")
    found = list(other_news(tmp_path, 4, coded=[about("coal")]))
    assert found == [("paper", "Article 0."), ("paper", "Article 4."), (about("wells"), about("wells"))]

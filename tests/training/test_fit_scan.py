"""The scan's fit: words that stand where claims are count for them, and the report beside the passage."""

from __future__ import annotations

import numpy as np
import pytest
from training.fit_scan import Passage, Steps, buckets, fitted, least_for, looks_of_reports, told_passages

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

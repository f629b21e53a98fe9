"""From scores of word pieces to the parts of events: on a head that says what a test wants."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from twosource.closed_sets import ClaimType
from twosource.model.claim_head import ROLES, TRAITS
from twosource.model.events import EventReader, Told
from twosource.model.windows import Pieces, Window
from twosource.reading.signals import EventSignal

TEXT = "Men fired shells"
PIECES = Pieces(ids=(1, 2, 3), starts=(0, 4, 10), ends=(3, 9, 16), breaks=(0,))
NO = -9.0


class Head:
    """Tells the scores (pieces, roles) of each anchor by its piece, and keeps the states that it was asked of."""

    def __init__(self, scores: dict[int, dict[str, list[float]]]) -> None:
        self.parts, self.evidence = self, np.zeros(0)
        self._scores = scores

    def given_each(self, anchors, pieces, reach) -> Iterator[tuple[slice, np.ndarray]]:
        for _, first, _ in anchors:
            told = np.full((len(pieces), len(ROLES)), NO, dtype=np.float32)
            for role, own in self._scores[first].items():
                told[:, ROLES.index(role)] = own
            yield slice(0, len(pieces)), told

    def whole(self, anchors, evidence):
        self.evidence = evidence
        rows = len(anchors)
        return np.full((rows, len(ClaimType)), 1 / len(ClaimType), np.float32), {
            name: np.full((rows, count), 1 / count, np.float32) for name, count in TRAITS
        }


def read(head: Head, anchors: list[int], least: float = 0.5) -> list[EventSignal]:
    rng = np.random.default_rng(7)
    states = rng.random((3, 8), dtype=np.float32)
    rows = np.zeros((3, 2), np.float32)
    told = Told(anchor=rows[anchors], piece=rows, states=states, sure=np.full(3, 0.9, np.float32))
    return EventReader(head, least, {}).events(TEXT, PIECES, Window(0, 3, 0, 3), told, anchors)


def words(event: EventSignal, role: str) -> list[str]:
    return [part.span.of(TEXT) for part in event.parts[role]]


def test_a_run_ends_with_its_role_and_with_its_anchor():
    scores = {
        0: {"evidence": [NO, NO, 2], "actors": [2, NO, 2], "via": [NO, NO, 3]},
        1: {"evidence": [2, 2, NO]},
    }
    first, second = read(Head(scores), [0, 1])
    assert [words(first, role) for role in ("evidence", "actors", "via")] == [["shells"], ["Men", "shells"], ["shells"]]
    assert words(second, "evidence") == ["Men fired"]
    assert not any(second.parts[role] for role in ROLES if role != "evidence")


def test_a_part_is_as_sure_as_its_pieces_are_on_the_whole():
    [event] = read(Head({0: {"actors": [0.0, 4.0, NO]}}), [0])
    assert [part.score for part in event.parts["actors"]] == [round((0.5 + 1 / (1 + np.exp(-4))) / 2, 4)]


def test_a_piece_has_a_role_from_the_least_probability_on():
    scores = {0: {"actors": [0.85, 0.84, NO]}}
    assert words(read(Head(scores), [0], least=0.7)[0], "actors") == ["Men"]
    assert words(read(Head(scores), [0], least=0.69)[0], "actors") == ["Men fired"]


def test_evidence_is_the_same_alone_and_beside_others():
    scores = {0: {"evidence": [2, NO, 2]}, 1: {"evidence": [2, 2, 2]}}
    alone, beside = Head(scores), Head(scores)
    read(alone, [0])
    read(beside, [0, 1])
    assert np.array_equal(alone.evidence[0], beside.evidence[0])
    states = np.random.default_rng(7).random((3, 8), dtype=np.float32)
    assert np.allclose(alone.evidence[0], states[[0, 2]].mean(0))


def test_without_anchors_there_are_no_events():
    assert read(Head({}), []) == []

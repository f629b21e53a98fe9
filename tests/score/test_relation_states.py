import numpy as np

from twosource.score.relation_chances import TextEvents
from twosource.score.relation_states import PairStates
from twosource.spans import Span

STATES = np.array([[1, 0], [3, 0], [0, 5], [7, 7]], np.float32)
TOLD = TextEvents((0, 3, 7, 14), (3, 6, 13, 20), (), STATES)
REBELS, TROOPS = Span(0, 6), Span(14, 20)


def test_the_parts_are_source_target_and_between_with_order():
    asked = PairStates(TOLD, STATES)
    assert asked.of(REBELS, TROOPS).tolist() == [2, 0, 7, 7, 0, 5, 0, 5, 1]
    assert asked.of(TROOPS, REBELS).tolist() == [7, 7, 2, 0, 0, 5, 0, -5, -1]


def test_neighbours_have_nothing_between():
    assert PairStates(TOLD, STATES).of(REBELS, Span(6, 13)).tolist()[4:] == [0, 0, 0, 0, 1]


def test_pieces_are_those_that_share_code_points_with_the_span():
    assert TOLD.pieces(Span(2, 8)) == [0, 1, 2]
    assert TOLD.pieces(Span(6, 7)) == []
    assert TextEvents((0, 6, 6), (6, 6, 13), ()).pieces(Span(0, 13)) == [0, 2]

import numpy as np

from twosource.model.runs import role_runs, steadied


def runs(labels, role, anchor=(99, 99), words=None, sure=None):
    found = np.array([int(sign) for sign in labels])
    certain = np.array(sure or [1.0] * len(labels), dtype=np.float32)
    return role_runs(found, role, anchor, words or ["w"] * len(labels), certain)


def test_short_gaps_are_closed():
    assert runs("2200222", 2) == [(0, 6)]


def test_longer_gaps_stay():
    assert runs("22000222", 2) == [(0, 1), (5, 7)]


def test_a_gap_that_holds_the_anchor_stays():
    assert runs("2200222", 2, anchor=(2, 3)) == [(0, 1), (4, 6)]


def test_a_gap_that_holds_another_role_stays():
    assert runs("2211222", 2) == [(0, 1), (4, 6)]


def test_of_the_source_the_longest_run_stays():
    assert runs("1000011", 1) == [(5, 6)]


def test_a_short_run_that_is_surer_beats_a_long_one():
    assert runs("1000011", 1, sure=[0.9, 0, 0, 0, 0, 0.4, 0.4]) == [(0, 0)]


def test_a_single_piece_beside_a_long_content_is_a_slip():
    assert runs("2000222222", 2) == [(4, 9)]


def test_commas_and_dashes_at_the_edges_fall_away():
    assert runs("2222", 2, words=[",", "gone", "away", "—"]) == [(1, 2)]


def test_a_run_of_commas_alone_is_none():
    assert runs("2", 2, words=[","]) == []


def test_no_label_no_run():
    assert runs("0000", 2) == []


def signs(text):
    return [1.0 if sign == "+" else -1.0 for sign in text]


def shown(flags):
    return "".join("+" if flag else "-" for flag in flags)


def test_without_a_cost_every_piece_decides_for_itself():
    assert shown(steadied(signs("++-+--+"), (99, 99), 0)) == "++-+--+"


def test_a_cost_closes_gaps_and_drops_specks():
    assert shown(steadied(signs("+++-+++----+---"), (99, 99), 1.5)) == "+++++++--------"


def test_a_change_at_the_anchor_is_free():
    assert shown(steadied([1.0, 1.0, -8.0, 1.0, 1.0], (2, 2), 3)) == "++-++"


def test_a_long_run_is_worth_its_cost():
    assert shown(steadied(signs("----++++++----"), (99, 99), 2)) == "----++++++----"


def test_no_gain_no_run():
    assert steadied([], (0, 0), 1) == []

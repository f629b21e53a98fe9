import numpy as np
from training.relation_states import fit_states

PAIRS, WIDTH = 400, 8
FEATURES = [{"all": 1.0, "opens:the": 1.0}] * PAIRS
SHARES = np.full(PAIRS, 1 / PAIRS, np.float32)


def drawn():
    """States of pairs, of which those with the source's first number above 0 are wanted."""
    rows = np.random.default_rng(7).normal(size=(PAIRS, 4 * WIDTH + 1)).astype(np.float32)
    rows[:, -1] = np.sign(rows[:, -1])
    rows[:, 3 * WIDTH : -1] = rows[:, 2 * WIDTH : 3 * WIDTH] * rows[:, -1:]
    return rows, (rows[:, :1] > 0).astype(np.float32)


def test_a_number_that_goes_with_the_label_weighs_for_it():
    states, wanted = drawn()
    named, table = fit_states(FEATURES, ["all", "opens:the"], states, wanted, SHARES)
    right = (states @ table + named["all"] > 0) == (wanted > 0)
    assert right.mean() > 0.9
    assert np.abs(table[:, 0]).argmax() == 0


def test_numbers_moved_all_alike_are_told_apart_alike():
    states, wanted = drawn()
    moved = states + np.array([3.0] * 3 * WIDTH + [0.0] * (WIDTH + 1), np.float32)
    moved[:, 3 * WIDTH : -1] = moved[:, 2 * WIDTH : 3 * WIDTH] * moved[:, -1:]
    scores = []
    for rows in (states, moved):
        named, table = fit_states(FEATURES, ["all"], rows, wanted, SHARES)
        scores.append(rows @ table + named["all"])
    assert np.allclose(*scores, atol=1e-3)


def test_only_kind_and_distance_are_learned_along():
    states, wanted = drawn()
    named, table = fit_states(FEATURES, ["all", "opens:the"], states, wanted, SHARES)
    assert named.keys() == {"all"}
    assert table.shape == (4 * WIDTH + 1, 1)


def test_states_that_say_nothing_weigh_nothing():
    states, wanted = drawn()
    _, table = fit_states(FEATURES, ["all"], np.zeros_like(states), wanted, SHARES)
    assert not table.any()

import numpy as np

from twosource.model.roles import RoleHead, find_anchors, softmax, within_reach


def tags(*kinds):
    rows = {"o": (0.9, 0.05, 0.05), "b": (0.1, 0.8, 0.1), "i": (0.1, 0.1, 0.8)}
    return np.array([rows[kind] for kind in kinds], dtype=np.float32)


def test_probabilities_add_up_to_one():
    assert np.allclose(softmax(np.array([[1.0, 2.0, 3.0], [1000.0, 0.0, 0.0]], dtype=np.float32)).sum(-1), 1)


def test_an_anchor_runs_from_its_beginning_to_its_end():
    assert find_anchors(tags("o", "b", "i", "o", "b"), 0.5) == [(1, 2), (4, 4)]


def test_a_beginning_right_behind_an_anchor_opens_another():
    assert find_anchors(tags("b", "b", "i"), 0.5) == [(0, 0), (1, 2)]


def test_an_anchor_without_a_beginning_counts():
    assert find_anchors(tags("o", "i", "i"), 0.5) == [(1, 2)]


def test_a_higher_bar_finds_fewer():
    assert find_anchors(tags("b", "o"), 0.95) == []


def test_an_anchor_reaches_further_than_its_first_piece_must_be_sure():
    rows = np.array([[0.3, 0.6, 0.1], [0.7, 0.1, 0.2], [0.9, 0.05, 0.05], [0.6, 0.4, 0.0]], dtype=np.float32)
    assert find_anchors(rows, 0.2, 0.6) == [(0, 1)]
    assert find_anchors(rows, 0.6, 0.6) == [(0, 0)]
    assert find_anchors(rows, 0.2) == [(0, 1), (3, 3)]


def head(**changed):
    zeros = {
        "opening": np.eye(2), "opening_bias": np.zeros(2), "closing": np.eye(2),
        "distance": np.zeros((5, 2)), "product": np.zeros((2, 2)), "product_bias": np.zeros(2), "told": np.eye(2),
        "label": np.eye(2), "label_bias": np.zeros(2),
    }  # fmt: skip
    return RoleHead.from_arrays({name: np.asarray(value, np.float16) for name, value in (zeros | changed).items()})


def test_scores_depend_on_the_distance_to_the_anchor():
    distance = np.array([[9, 0], [4, 0], [1, 0], [0, 4], [0, 9]])
    rows = np.zeros((6, 2), np.float32)
    scores = head(distance=distance).given(rows[2] + rows[3], rows, 2, 3)
    assert scores.tolist() == [[9, 0], [4, 0], [1, 0], [1, 0], [0, 4], [0, 9]]


def test_scores_depend_on_both_ends_of_the_anchor_and_on_the_piece():
    opening, closing = np.array([[1, 0], [0, 0]], np.float32), np.array([[0, 0], [0, 2]], np.float32)
    piece = np.array([[1, 0], [0, 1]], np.float32)
    assert head().given(opening[0] + closing[1], piece, 0, 1).tolist() == [[2, 2], [1, 3]]


def test_the_product_of_anchor_and_piece_counts():
    ones = np.ones((1, 2), np.float32)
    plain = head().given(ones[0] + ones[0], ones, 0, 0)
    assert (head(product=np.eye(2)).given(ones[0] + ones[0], ones, 0, 0) - plain).tolist() == [[2, 2]]


def test_the_product_may_have_fewer_units_than_the_sum():
    ones = np.ones((1, 2), np.float32)
    plain = head().given(ones[0] + ones[0], ones, 0, 0)
    narrow = head(product=[[1], [1]], product_bias=[-1], told=[[0.5, 2]])
    assert (narrow.given(ones[0] + ones[0], ones, 0, 0) - plain).tolist() == [[1.5, 6]]


def test_what_is_asked_of_an_anchor_is_of_its_first_and_of_its_last_piece():
    states = np.array([[1, 0], [0, 1], [2, 2]], np.float32)
    own = head(opening_bias=[0.5, 0], closing=[[0, 3], [0, 3]])
    assert own.anchors(states, [0, 2], [1, 2]).tolist() == [[1.5, 3], [2.5, 14]]


def test_only_pieces_near_the_anchor_can_have_a_role():
    assert within_reach(150, 152, 400) == slice(50, 253)
    assert within_reach(3, 3, 9) == slice(0, 9)
    ones = np.ones((300, 2), dtype=np.float32)
    assert len(head().given(ones[0] + ones[0], ones, 150, 152)) == 203


def test_anchors_of_one_window_score_as_each_alone():
    rng = np.random.default_rng(3)
    tables = {"distance": rng.random((5, 2)), "product": rng.random((2, 2)), "told": rng.random((2, 3))}
    tables["label"] = rng.random((2, 3))
    own, rows = head(**tables, label_bias=np.ones(3)), rng.random((9, 2), dtype=np.float32)
    anchors = [(rows[0], 0, 0), (rows[5], 4, 6), (rows[8], 8, 8)]
    told = list(own.given_each(anchors, rows, 3))
    assert [near for near, _ in told] == [slice(0, 4), slice(1, 9), slice(5, 9)]
    alone = [own.given(anchor, rows, first, last, 3) for anchor, first, last in anchors]
    assert all(np.array_equal(scores, one) for (_, scores), one in zip(told, alone, strict=True))

import numpy as np

from twosource.score.linear import classify


def test_rows_are_told_apart_by_what_their_labels_share():
    known = np.array([[1.0, 0.0, 1.0], [0.9, 0.1, 1.0], [0.0, 1.0, 1.0], [0.1, 0.8, 1.0]])
    found = classify(known, np.array([0, 0, 1, 1]), np.array([[1.0, 0.1, 1.0], [0.0, 0.7, 1.0]]))
    assert found.tolist() == [0, 1]


def test_a_feature_that_tells_nothing_leaves_the_commoner_label():
    found = classify(np.ones((3, 1)), np.array([0, 1, 1]), np.ones((1, 1)))
    assert found.tolist() == [1]

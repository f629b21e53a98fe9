import numpy as np
import pytest
from training.relation_rows import Rows, descend

FEATURES = [{"all": 1.0, "a": 2.0}, {}, {"all": 1.0, "other": 3.0}]
NAMES = ["a", "all"]
MATRIX = np.array([[2, 1, 0.5], [0, 0, 1.5], [0, 1, -1]], np.float32)


@pytest.fixture
def rows():
    return Rows(FEATURES, NAMES, MATRIX[:, 2:])


def test_products_are_those_of_the_whole_matrix(rows):
    weights = np.arange(6, dtype=np.float32).reshape(3, 2)
    assert np.allclose(rows.times(weights), MATRIX @ weights)
    assert np.allclose(rows.back(weights), MATRIX.T @ weights)


def test_without_full_columns_there_are_those_of_the_names_alone():
    rows = Rows(FEATURES, NAMES)
    assert rows.width == 2
    assert np.allclose(rows.times(np.eye(2, dtype=np.float32)), MATRIX[:, :2])


def test_weights_are_where_the_loss_is_flat(rows):
    wanted = np.array([[1], [0], [1]], np.float32)
    shares = np.array([0.5, 0.25, 0.25], np.float32)
    weights = descend(rows, wanted, shares, 0.1, 400)
    chances = 1 / (1 + np.exp(-MATRIX @ weights))
    assert np.abs(MATRIX.T @ ((chances - wanted) * shares[:, None]) + 0.1 * weights).max() < 1e-4
    assert np.abs(weights).max() > 0.1

import numpy as np
import pytest

from twosource.model.confidence import MEASURES, confidence_of, measures_of

TYPES = (0.7, 0.2)
ROLES = [np.array(chances, dtype=np.float32) for chances in ([0.9, 0.7], [], [0.8], [])]
WEIGHTS = {**dict.fromkeys(MEASURES, 0.0), "bias": 0.0}


def told(**changed: float) -> dict[str, float]:
    return dict(
        zip(
            MEASURES,
            measures_of(**{"sure": 0.5, "types": TYPES, "roles": ROLES, "sourced": 0.5, **changed}),
            strict=True,
        )
    )


def test_a_role_counts_with_the_mean_of_its_words_and_with_nothing_where_it_has_none() -> None:
    measures = told()
    assert measures["evidence"] == pytest.approx(0.8)
    assert measures["targets"] == pytest.approx(0.8)
    assert measures["actors"] == measures["places"] == 0.0


def test_a_surer_anchor_and_a_clearer_type_stand_higher() -> None:
    assert told(sure=0.9)["anchor"] > told(sure=0.6)["anchor"]
    assert told()["type"] > told(types=(0.4, 0.4))["type"]


def test_being_sure_of_either_voice_counts_alike() -> None:
    assert told(sourced=0.1)["sourced"] == pytest.approx(told(sourced=0.9)["sourced"])


def test_certain_anchors_stay_finite() -> None:
    assert np.isfinite(told(sure=1.0)["anchor"])
    assert np.isfinite(told(sure=0.0)["anchor"])


def test_the_confidence_is_a_probability_that_follows_its_weights() -> None:
    measures = tuple(told(sure=0.9).values())
    assert confidence_of(measures, WEIGHTS) == 0.5
    assert confidence_of(measures, {**WEIGHTS, "anchor": 1.0}) > 0.8
    assert confidence_of(measures, {**WEIGHTS, "bias": -50.0}) == 0.0

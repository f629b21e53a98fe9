"""What is worth telling, as the package has it."""

from __future__ import annotations

import json

import pytest

from twosource.errors import KnowledgeError
from twosource.knowledge import toml_rules
from twosource.knowledge.telling import SIGNS, load_telling


def test_the_packaged_weights_have_one_for_every_sign() -> None:
    assert set(load_telling().weights) == {*SIGNS, "bias"}
    assert 0 < load_telling().least < 1


@pytest.mark.parametrize(
    ("weights", "odd"),
    [({**dict.fromkeys(SIGNS[1:], 0.1), "bias": 0.0}, SIGNS[0]), ({**dict.fromkeys(SIGNS, 0.1), "luck": 1.0}, "luck")],
    ids=["one is missing", "one that is no sign"],
)
def test_weights_that_do_not_fit_the_signs_are_told(
    weights: dict[str, float], odd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toml_rules, "data_bytes", lambda _: json.dumps({"weights": weights, "least": 0.2}).encode())
    with pytest.raises(KnowledgeError, match=odd):
        load_telling()

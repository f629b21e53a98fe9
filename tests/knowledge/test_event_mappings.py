from __future__ import annotations

import pytest

from twosource.closed_sets import ClaimType
from twosource.errors import KnowledgeError
from twosource.knowledge import event_mappings
from twosource.knowledge.event_mappings import load_event_mappings
from twosource.knowledge.toml_rules import data_bytes


def test_every_type_of_the_codebook_has_a_row_and_acled_s_event_type_goes_with_its_sub_event_type() -> None:
    mappings = load_event_mappings()
    assert list(mappings.rows) == list(ClaimType)
    for type_ in ClaimType:
        row = mappings[type_]
        assert (row.acled is None) is (row.acled_event is None)
        assert row.plover is not None or row.plover_mode is None


def test_an_airstrike_is_what_each_data_set_calls_it() -> None:
    row = load_event_mappings()[ClaimType.AIRSTRIKE]
    assert (row.acled_event, row.acled) == ("Explosions/Remote violence", "Air/drone strike")
    assert (row.plover, row.plover_mode, row.cameo) == ("ASSAULT", "heavy-weapons", "19")


@pytest.mark.parametrize(
    ("good", "bad", "told"),
    [
        ('acled = "Suicide bomb"', 'acled = "Suicide"', "suicide_bombing: 'Suicide'"),
        ('plover = "PROTEST:demo"', 'plover = "PROTEST:dance"', "protests: 'PROTEST:dance'"),
        ('cameo = "14"', 'cameo = "41"', "protests: '41'"),
        ('id = "siege"', 'id = "shelling"', "each type"),
        ('id = "siege"', 'id = "picnic"', "picnic"),
    ],
)
def test_a_wrong_word_is_refused(monkeypatch: pytest.MonkeyPatch, good: str, bad: str, told: str) -> None:
    changed = data_bytes("event_mappings.toml").replace(good.encode(), bad.encode())
    monkeypatch.setattr(event_mappings, "data_bytes", lambda _name: changed)
    with pytest.raises(KnowledgeError, match=told):
        load_event_mappings()

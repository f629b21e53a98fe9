from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.store.fold import fold, padded


@pytest.mark.parametrize(
    ("words", "folded"),
    [
        ("Al-Qaeda", "al qaeda"),
        ("al-Qāʿida’s", "al qaida s"),
        ("Côte d’Ivoire", "cote d ivoire"),
        ("STRASSE Straße", "strasse strasse"),
        ("İzmir", "izmir"),
        ("  50%\n_off ", "50 off"),
        ("حِزب", "حزب"),
        ("北京", "北京"),
        ("…", ""),
    ],
)
def test_case_accents_and_punctuation_are_left_out(words: str, folded: str) -> None:
    assert fold(words) == folded


@given(st.text())
def test_folding_again_changes_nothing(words: str) -> None:
    assert fold(fold(words)) == fold(words)


@given(st.text())
def test_no_wildcard_of_like_is_left(words: str) -> None:
    assert not set(padded(words)) & set("%_\\")

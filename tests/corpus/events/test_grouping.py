"""Groups of claims: whatever order they come in, no chains, and people's words first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from twosource.corpus.events.grouping import Pair, components, groups

CLAIMS = list("abcdefg")
PAIRS = [(one, other) for at, one in enumerate(CLAIMS) for other in CLAIMS[at + 1 :]]
scores = st.dictionaries(st.sampled_from(PAIRS), st.sampled_from([0.2, 0.4, 0.6, 0.8, 1.0]))
some_pairs = st.sets(st.sampled_from(PAIRS), max_size=3)


@given(scores, some_pairs, some_pairs, st.randoms(use_true_random=False))
def test_no_order_changes_a_group(
    found: dict[Pair, float], together: set[Pair], apart: set[Pair], draws: object
) -> None:
    shuffled, turned = CLAIMS[:], list(found.items())
    draws.shuffle(shuffled)  # type: ignore[attr-defined]
    draws.shuffle(turned)  # type: ignore[attr-defined]
    assert groups(shuffled, dict(turned), 0.5, together, apart) == groups(CLAIMS, found, 0.5, together, apart)


@given(scores, some_pairs)
def test_claims_that_a_person_parted_are_in_no_group_together(found: dict[Pair, float], apart: set[Pair]) -> None:
    for group in groups(CLAIMS, found, 0.5, apart=apart):
        assert not any(one in group and other in group for one, other in apart)


@given(scores, some_pairs)
def test_claims_that_a_person_joined_are_in_one_group(found: dict[Pair, float], together: set[Pair]) -> None:
    formed = groups(CLAIMS, found, 0.5, together)
    for one, other in together:
        assert any(one in group and other in group for group in formed)


@given(scores)
def test_every_claim_is_in_one_group(found: dict[Pair, float]) -> None:
    assert sorted(claim for group in groups(CLAIMS, found, 0.5) for claim in group) == CLAIMS


def test_a_chain_is_no_group() -> None:
    chain = {("a", "b"): 0.9, ("b", "c"): 0.8}
    assert groups(["a", "b", "c"], chain, 0.5) == [("a", "b"), ("c",)]


def test_components_hang_together_by_any_way() -> None:
    assert components("abcde", [("b", "c"), ("a", "c"), ("d", "e")]) == [["a", "b", "c"], ["d", "e"]]

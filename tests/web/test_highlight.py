"""The cutting of overlapping spans: the words always survive, and each piece knows exactly what covers it."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from twosource.spans import Span
from twosource.web.highlight import Layer, assign_lanes, paragraphs, segments

ALPHABET = "ab \n.é😀👩🏽‍🚒ضرب‮‏𝔘"
texts = st.text(st.sampled_from(ALPHABET), max_size=60) | st.text(max_size=60)
offsets = st.integers(-5, 70)
layer_lists = st.lists(
    st.builds(
        Layer,
        span=st.builds(Span, offsets, offsets),
        kind=st.sampled_from(["claim", "place", "who"]),
        claim=st.none() | st.integers(1, 4),
    ),
    max_size=12,
)


@given(texts, layer_lists, st.lists(offsets, max_size=4))
def test_segments_join_back_to_the_text(text: str, layers: list[Layer], cuts: list[int]) -> None:
    pieces = segments(text, layers, cuts)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text == piece.span.of(text) for piece in pieces)


@given(texts, layer_lists)
def test_each_code_point_has_exactly_the_layers_that_cover_it(text: str, layers: list[Layer]) -> None:
    for piece in segments(text, layers):
        for offset in range(piece.span.start, piece.span.end):
            expected = [layer for layer in layers if layer.span.start <= offset < layer.span.end]
            assert Counter(piece.layers) == Counter(expected)


@given(texts, layer_lists)
def test_no_segment_is_empty(text: str, layers: list[Layer]) -> None:
    assert all(len(piece.span) > 0 for piece in segments(text, layers))


def test_offsets_are_code_points_beside_emoji_and_arabic() -> None:
    text = "👩🏽‍🚒 قصف Kerat 😀 12"
    start = text.index("Kerat")
    place = Layer(Span(start, start + 5), "place")
    covered = [piece.text for piece in segments(text, [place]) if piece.layers]
    assert covered == ["Kerat"]


def test_the_longest_layer_stands_first() -> None:
    inner, outer = Layer(Span(2, 4), "place"), Layer(Span(0, 6), "claim", 1)
    assert segments("abcdef", [inner, outer])[1].layers == (outer, inner)


def test_crossing_layers_are_cut_at_all_four_borders() -> None:
    pieces = segments("abcdef", [Layer(Span(0, 4), "claim", 1), Layer(Span(2, 6), "claim", 2)])
    assert [(piece.text, [layer.claim for layer in piece.layers]) for piece in pieces] == [
        ("ab", [1]),
        ("cd", [1, 2]),
        ("ef", [2]),
    ]


@given(texts)
def test_paragraphs_lie_in_order_and_leave_out_only_white_space(text: str) -> None:
    spans = paragraphs(text)
    assert list(spans) == sorted(spans)
    left, rest = 0, []
    for span in spans:
        rest.append(text[left : span.start])
        left = span.end
    assert not "".join([*rest, text[left:]]).strip()


def test_a_blank_line_parts_paragraphs_and_a_line_break_does_not() -> None:
    text = "Title\r\n\r\nOne\ntwo\n \nThree\n"
    assert [span.of(text) for span in paragraphs(text)] == ["Title", "One\ntwo", "Three"]


runs = st.dictionaries(
    st.integers(1, 9),
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda p: Span(p[0], p[0] + p[1])), max_size=3),
)


@given(runs)
def test_runs_that_meet_never_share_a_lane(given_runs: dict[int, list[Span]]) -> None:
    lanes = assign_lanes(given_runs)
    for one, first in given_runs.items():
        for two, second in given_runs.items():
            if one < two and any(a.meets(b) for a in first for b in second):
                assert lanes[one] != lanes[two]


def test_a_claim_inside_another_takes_the_second_lane() -> None:
    assert assign_lanes({1: [Span(0, 10)], 2: [Span(3, 6)], 3: [Span(12, 14)]}) == {1: 0, 2: 1, 3: 0}

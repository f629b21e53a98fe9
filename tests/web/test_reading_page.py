from __future__ import annotations

import msgspec
import pytest

from twosource.closed_sets import ClaimType
from twosource.records import Claim, Named, Reading
from twosource.spans import Span
from twosource.web.reading_page import MOST_LINES, PART_LENGTH, Piece, page_of, parts_of
from web.desk_reports import at, changed_readings, example_readings, foreign_reading, hostile_reading, make_report

READINGS = [*example_readings(), hostile_reading(), foreign_reading(), *changed_readings()]
TEXT = "Rebels, who hold Kerat, shelled the town of Vorrim."


def claim(number: int, *evidence: Span, **fields: object) -> Claim:
    made = Claim(id=f"c{number}", report="r", type=ClaimType.SHELLING, evidence=evidence, trigger=evidence[0])
    return msgspec.structs.replace(made, **fields)


def pieces(*claims: Claim, text: str = TEXT, title: str | None = None) -> list[Piece]:
    page = page_of(Reading(report=make_report("r", text, title=title), claims=claims))
    return [piece for block in page.blocks for piece in block.pieces]


@pytest.mark.parametrize("reading", READINGS, ids=[reading.report.id for reading in READINGS])
def test_the_pieces_joined_are_the_text(reading: Reading) -> None:
    page = page_of(reading)
    assert "".join(piece.text for block in page.blocks for piece in block.pieces) == reading.report.text


@pytest.mark.parametrize("reading", READINGS, ids=[reading.report.id for reading in READINGS])
def test_each_claims_pieces_joined_are_its_evidence(reading: Reading) -> None:
    page = page_of(reading)
    whole = [piece for block in page.blocks for piece in block.pieces]
    for card in page.cards:
        covered = "".join(piece.text for piece in whole if card.number in piece.claims)
        starts = [ref for piece in whole for ref in piece.refs if ref.card == card]
        assert "".join(covered.split()) == "".join("".join(card.evidence).split())
        assert [(ref.run, ref.runs) for ref in starts] == [(i + 1, len(card.evidence)) for i in range(len(starts))]


def test_a_title_is_a_block_of_its_own_where_the_text_opens_with_it() -> None:
    page = page_of(Reading(report=make_report("r", "Body.\n\nMore.", title="Head")))
    assert [block.kind for block in page.blocks] == ["title", "gap", "paragraph", "gap", "paragraph"]


def test_the_claim_with_the_fewest_words_is_offered_first() -> None:
    outer, inner = claim(1, Span(0, len(TEXT))), claim(2, at(TEXT, "who hold Kerat"))
    inside = next(piece for piece in pieces(outer, inner) if piece.text == "who hold Kerat")
    assert inside.claims == (2, 1)
    assert [line.lane for line in inside.lines] == [0, 1]


def test_no_more_underlines_than_can_be_told_apart() -> None:
    nested = [claim(n, Span(n, len(TEXT) - n)) for n in range(6)]
    deepest = max(pieces(*nested), key=lambda piece: len(piece.claims))
    assert len(deepest.claims) == 6
    assert len(deepest.lines) == MOST_LINES


def test_roles_begin_once_and_the_full_name_is_marked_where_it_stands_elsewhere() -> None:
    evidence, name = at(TEXT, "shelled the town of Vorrim"), at(TEXT, "Rebels")
    actor = Named(name="Rebels", span=name, said_at=at(TEXT, "who"))
    found = {piece.text: piece for piece in pieces(claim(1, evidence, actors=(actor,)))}
    assert found["who"].begins == ("1:who",)
    assert found["Rebels"].begins == ("1:in full",)


def test_spans_beyond_the_text_spoil_no_words() -> None:
    wrong = claim(1, Span(len(TEXT) - 3, len(TEXT) + 50))
    assert "".join(piece.text for piece in pieces(wrong)) == TEXT


def test_an_empty_text_has_no_blocks() -> None:
    assert page_of(Reading(report=make_report("r", ""))).blocks == ()


def test_a_long_text_comes_in_parts_that_join_to_the_whole() -> None:
    line = "Rebels shelled Kerat, residents said. "
    for text in ((line * 30 + "\n\n") * 200, line * 6000, "x" * (2 * PART_LENGTH + 1)):
        parts = parts_of(text)
        assert "".join(span.of(text) for span in parts) == text
        assert all(0 < len(span) <= PART_LENGTH for span in parts)
        assert len(parts) > 1


def test_each_claim_of_a_long_text_stands_in_one_part_with_its_number() -> None:
    text = "Rebels shelled Kerat.\n\n" * 6000
    spans = [Span(start, start + 21) for start in range(0, len(text), 23 * 100)]
    reading = Reading(report=make_report("r", text), claims=tuple(claim(n, span) for n, span in enumerate(spans)))
    pages = [page_of(reading, start) for start in page_of(reading).starts]
    assert [page.part for page in pages] == list(range(1, len(pages) + 1))
    assert [card.number for page in pages for card in page.cards] == list(range(1, len(spans) + 1))
    for page in pages:
        begun = [ref.card.number for block in page.blocks for piece in block.pieces for ref in piece.refs]
        assert begun == [card.number for card in page.cards]


def test_evidence_that_runs_over_the_end_of_a_part_is_marked_on_both_pages() -> None:
    text = "word " * 30_000
    reading = Reading(report=make_report("r", text), claims=(claim(1, Span(PART_LENGTH - 50, PART_LENGTH + 50)),))
    first, second = page_of(reading), page_of(reading, PART_LENGTH + 1)
    assert (len(first.cards), len(second.cards)) == (1, 0)
    assert all(any(piece.claims for block in page.blocks for piece in block.pieces) for page in (first, second))

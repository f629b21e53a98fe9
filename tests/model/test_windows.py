from itertools import pairwise

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from twosource.model.windows import Pieces, cut_pieces, pack_windows, pieces_within, sentence_starts, whole_words
from twosource.spans import Span


@pytest.fixture
def tokenizer():
    made = Tokenizer(WordLevel({"[UNK]": 0, '"': 1}, unk_token="[UNK]"))
    made.pre_tokenizer = Whitespace()
    return made


def pieces_with(breaks, count):
    return Pieces(tuple(range(count)), tuple(range(count)), tuple(range(1, count + 1)), tuple(breaks))


def test_sentences_begin_after_full_stops_and_line_breaks():
    text = 'The bridge fell. "It was old," he said.\n\nNobody was hurt'
    assert [text[at : at + 3] for at in sentence_starts(text)] == ["The", '"It', "Nob"]


def test_pieces_keep_the_offsets_of_the_text(tokenizer):
    text = "“The bridge” fell. Nobody was hurt."
    pieces = cut_pieces(text, tokenizer)
    assert [text[a:b] for a, b in zip(pieces.starts, pieces.ends, strict=True)][:4] == ["“", "The", "bridge", "”"]
    assert pieces.ids[0] == 1
    assert [text[pieces.starts[n] :][:6] for n in pieces.breaks] == ["“The b", "Nobody"]


def test_an_empty_piece_marks_a_line_break(tokenizer):
    text = "It fell.\n\nIt was old."
    pieces = cut_pieces(text, tokenizer)
    empty = [n for n, (a, b) in enumerate(zip(pieces.starts, pieces.ends, strict=True)) if a == b]
    assert [text[: pieces.starts[n]] for n in empty] == ["It fell."]
    assert pieces.breaks[1] == empty[0] + 1


def test_an_empty_text_has_no_window(tokenizer):
    assert pack_windows(cut_pieces(" \n ", tokenizer), 10) == ()


def test_cores_follow_each_other_and_cover_the_text():
    windows = pack_windows(pieces_with([0, 4, 9, 30, 33], 40), 12, before=5, after=4)
    assert windows[0].core == 0
    assert windows[-1].core_end == 40
    assert all(a.core_end == b.core for a, b in pairwise(windows))


def test_a_core_breaks_at_a_sentence_where_it_can():
    assert [(w.core, w.core_end) for w in pack_windows(pieces_with([0, 4, 9], 14), 10)] == [(0, 9), (9, 14)]


def test_a_title_before_a_name_ends_no_sentence():
    text = "It fell, Mr. Moro and J. Feld told Gen. Ilan. He left."
    assert [text[at:] for at in sentence_starts(text)][1:] == ["He left."]


def test_a_core_rather_ends_with_a_paragraph(tokenizer):
    text = "One two three. Four five.\nSix seven. Eight nine."
    pieces = cut_pieces(text, tokenizer)
    windows = pack_windows(pieces, 13)
    assert [text[pieces.starts[w.core] :][:3] for w in windows] == ["One", "Six"]


def test_a_core_ends_inside_a_quotation_only_where_it_must(tokenizer):
    text = 'Zero one two. "Three four. Five six," he said. Seven.'
    pieces = cut_pieces(text, tokenizer)
    assert [text[pieces.starts[w.core] :][:3] for w in pack_windows(pieces, 12)] == ["Zer", '"Th']
    assert [text[pieces.starts[w.core] :][:3] for w in pack_windows(pieces, 6)][2] == "Fiv"


def test_a_sentence_that_is_too_long_is_cut():
    assert [(w.core, w.core_end) for w in pack_windows(pieces_with([0], 25), 10)] == [(0, 10), (10, 20), (20, 25)]


def test_neighbouring_sentences_are_seen_whole_or_not_at_all():
    windows = pack_windows(pieces_with([0, 4, 9, 14], 16), 6, before=5, after=3)
    assert [(w.first, w.core, w.core_end, w.last) for w in windows] == [
        (0, 0, 4, 4), (0, 4, 9, 9), (4, 9, 14, 16), (9, 14, 16, 16),
    ]  # fmt: skip


def test_the_first_core_can_be_shorter():
    assert pack_windows(pieces_with([0, 4, 8, 12], 16), 12, opening=4)[0].core_end == 4


def test_a_span_is_widened_to_whole_words():
    text = "Teya said so."
    assert whole_words(text, Span(2, 4)).of(text) == "Teya"
    assert whole_words(text, Span(4, 6)).of(text) == " said"
    assert whole_words(text, Span(5, 12)).of(text) == "said so"


def test_pieces_of_the_whole_text_are_all_the_pieces(tokenizer):
    text = "It fell. It was old.\n\nNobody was hurt."
    pieces = cut_pieces(text, tokenizer)
    assert pieces_within(pieces, [Span(0, 8), Span(9, 20), Span(22, len(text))]) == pieces


def test_pieces_within_spans_keep_their_offsets_and_sentences(tokenizer):
    text = "It fell. Rain came. It was old.\n\nNobody was hurt."
    kept = pieces_within(cut_pieces(text, tokenizer), [Span(0, 8), Span(33, len(text))])
    words = [text[a:b] for a, b in zip(kept.starts, kept.ends, strict=True)]
    assert words == ["It", "fell", ".", "", "Nobody", "was", "hurt", "."]
    assert [words[n] for n in kept.breaks] == ["It", "Nobody"]


def test_no_piece_is_kept_of_no_span(tokenizer):
    assert len(pieces_within(cut_pieces("It fell.", tokenizer), [])) == 0
    assert pack_windows(pieces_within(cut_pieces("It fell.", tokenizer), []), 9) == ()

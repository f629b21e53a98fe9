"""Cuts a text into word pieces and packs them into the windows that the trained reader sees.

The reader and its training share this module, so that both see a text alike.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

import msgspec
from tokenizers import Tokenizer

from twosource.reading.quotations import find_quotations
from twosource.spans import Span

__all__ = ["Pieces", "Window", "cut_pieces", "pack_windows", "pieces_within", "sentence_starts", "whole_words"]

# Typographic quotation marks become plain ones, one code point for one, so that offsets stay.
_PLAIN_MARKS = str.maketrans("“”„‟«»‘’‚‛", '""""""\'\'\'\'')
_MARK = "[SEP]"  # what the encoder already knows as a boundary
_SENTENCE_END = re.compile(r"(?:[.!?][\"'”’)\]]*[ \t]+(?=[\"'“‘(\[]?[A-Z0-9])|(?<![ \t])[ \t]*\n\s*)")
_SHORT_FORM = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|Maj|Brig|Cmdr|Adm|Gov|Sen|Rep|Prof|Rev|St|Sr|No|vs|[A-Z])$"
)
"""Words whose full stop ends no sentence, and single capitals."""

IN_QUOTATION, AT_SENTENCE, AT_PARAGRAPH = 0, 1, 2
"""What a sentence start is as a place to cut: the higher, the better."""
_FILLED = {AT_PARAGRAPH: 0.5, AT_SENTENCE: 0.3, IN_QUOTATION: 0.0}
"""How full a core must be to end at such a place."""


class Pieces(msgspec.Struct, frozen=True):
    """The word pieces of a text: their ids, their code point offsets, and the numbers of those that open a sentence.

    ``ranks`` tells of each of those what it is as a place to cut, where that is known.
    """

    ids: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    breaks: tuple[int, ...]
    ranks: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.ids)

    def span(self, first: int, last: int) -> Span:
        """The code points from piece ``first`` to piece ``last``, both included."""
        return Span(self.starts[first], self.ends[last])


class Window(msgspec.Struct, frozen=True):
    """A run of word pieces ``first`` to ``last``; answers count only from ``core`` to ``core_end`` (both half-open)."""

    first: int
    last: int
    core: int
    core_end: int


def sentence_starts(text: str) -> Iterator[int]:
    """The offsets at which sentences begin, by their punctuation alone; an abbreviation may split one in two."""
    yield 0
    for end in _SENTENCE_END.finditer(text):
        stop = end.start() if text[end.start()] == "." else None
        if end.end() < len(text) and (stop is None or not _SHORT_FORM.search(text, max(0, stop - 6), stop)):
            yield end.end()


def cut_pieces(text: str, tokenizer: Tokenizer, *, marked: bool = True) -> Pieces:
    """The word pieces of ``text``, without the pieces that open and close a window.

    Where ``marked``, an empty piece stands for each line break. Older weights were trained without.
    """
    encoded = tokenizer.encode(text.translate(_PLAIN_MARKS), add_special_tokens=False)
    ids, offsets = encoded.ids, encoded.offsets
    if marked:
        ids, offsets = _with_paragraph_marks(text, ids, offsets, tokenizer.token_to_id(_MARK) or 0)
    starts = tuple([start for start, _ in offsets])
    breaks = _breaks(text, starts)
    return Pieces(tuple(ids), starts, tuple([end for _, end in offsets]), breaks, _ranks(text, starts, breaks))


def pieces_within(pieces: Pieces, spans: Sequence[Span]) -> Pieces:
    """The pieces that begin in one of the spans (in order), and one empty piece where a line break or a gap was.

    Without line breaks marked there are no empty pieces, and gaps leave none.
    """
    empty = [number for number, (start, end) in enumerate(zip(pieces.starts, pieces.ends, strict=True)) if start == end]
    passed = set(empty)
    words: list[int] = []
    at = 0
    for span in spans:
        first, at = bisect_left(pieces.starts, span.start, at), bisect_left(pieces.starts, span.end, at)
        words += [number for number in range(first, at) if number not in passed]
    before = {bisect_left(words, number): number for number in empty}
    kept: list[int] = []
    at = 0
    for end, number in before.items():
        if 0 < end < len(words):
            kept += [*words[at:end], number]
            at = end
    return _chosen(pieces, [*kept, *words[at:]])


def _chosen(pieces: Pieces, kept: Sequence[int]) -> Pieces:
    """The pieces of those numbers (in order), which keep their offsets and are numbered anew."""
    numbers = set(kept)
    breaks = {
        bisect_left(kept, at): rank for at, rank in zip(pieces.breaks, pieces.ranks, strict=False) if at in numbers
    }
    if kept:
        breaks.setdefault(0, AT_PARAGRAPH)
    return Pieces(
        tuple([pieces.ids[number] for number in kept]),
        tuple([pieces.starts[number] for number in kept]),
        tuple([pieces.ends[number] for number in kept]),
        tuple(sorted(breaks)),
        tuple(breaks[number] for number in sorted(breaks)),
    )


def _with_paragraph_marks(
    text: str, ids: Sequence[int], offsets: Sequence[tuple[int, int]], mark: int
) -> tuple[list[int], list[tuple[int, int]]]:
    """The pieces with an empty one, of id ``mark``, wherever a line break stands between two."""
    starts = [start for start, _ in offsets]
    marked: list[int] = []
    places: list[tuple[int, int]] = []
    done, line_end = 0, text.find("\n")
    while line_end >= 0:
        behind = bisect_left(starts, line_end, done)
        if done < behind < len(ids) and offsets[behind - 1][1] <= line_end:
            marked += [*ids[done:behind], mark]
            places += [*offsets[done:behind], (offsets[behind - 1][1],) * 2]
            done = behind
        line_end = text.find("\n", line_end + 1)
    return [*marked, *ids[done:]], [*places, *offsets[done:]]


def _breaks(text: str, starts: Sequence[int]) -> tuple[int, ...]:
    """The number of the first piece of each sentence that has one."""
    found: list[int] = []
    piece = 0
    for offset in sentence_starts(text):
        piece = bisect_left(starts, offset, piece)
        if piece < len(starts) and (not found or found[-1] != piece):
            found.append(piece)
    return tuple(found)


def _ranks(text: str, starts: Sequence[int], breaks: Sequence[int]) -> tuple[int, ...]:
    """What each sentence start is as a place to cut."""
    quoted = [quotation.inner for quotation in find_quotations(text) if quotation.closed]
    ranks: list[int] = []
    at = 0
    for piece in breaks:
        offset, before = starts[piece], text[starts[piece - 1] if piece else 0 : starts[piece]]
        while at < len(quoted) and quoted[at].end <= offset:
            at += 1
        inside = at < len(quoted) and quoted[at].start < offset
        ranks.append(IN_QUOTATION if inside else AT_PARAGRAPH if "\n" in before else AT_SENTENCE)
    return tuple(ranks)


def pack_windows(
    pieces: Pieces, limit: int, *, before: int = 0, after: int = 0, opening: int | None = None
) -> tuple[Window, ...]:
    """Windows whose cores hold whole sentences, follow each other and cover the text.

    A core has at most ``limit`` pieces (the first one ``opening``); only a longer sentence is cut. It rather ends with
    a paragraph than with a sentence, and only where there is no other way inside a quotation. Up to ``before``
    and ``after`` pieces of whole neighbouring sentences are added around it to be seen, not to be answered for.
    """
    if not len(pieces):
        return ()
    edges = [*_cut_long(pieces.breaks, len(pieces), limit), len(pieces)]
    ranks = dict(zip(pieces.breaks, pieces.ranks, strict=False))
    windows: list[Window] = []
    at, room = 0, opening or limit
    while at < len(edges) - 1:
        end = at + 1
        while end < len(edges) - 1 and edges[end + 1] - edges[at] <= room:
            end += 1
        if end < len(edges) - 1:
            end = _best_end(edges, at, end, room, ranks)
        windows.append(_seen_around(edges, at, end, before, after))
        at, room = end, limit
    return tuple(windows)


def _best_end(edges: Sequence[int], at: int, end: int, room: int, ranks: Mapping[int, int]) -> int:
    """The last of the edges behind ``at``, up to ``end``, that is the best place to cut at which the core is filled."""

    def fit(number: int) -> tuple[int, int]:
        rank = ranks.get(edges[number], AT_SENTENCE)
        return (rank if edges[number] - edges[at] >= _FILLED[rank] * room else -1, number)

    return max(range(at + 1, end + 1), key=fit)


def _cut_long(breaks: Sequence[int], count: int, limit: int) -> Iterator[int]:
    for start, end in zip(breaks, [*breaks[1:], count], strict=True):
        yield from range(start, end, limit)


def _seen_around(edges: Sequence[int], at: int, end: int, before: int, after: int) -> Window:
    first, last = at, end
    while first > 0 and edges[at] - edges[first - 1] <= before:
        first -= 1
    while last < len(edges) - 1 and edges[last + 1] - edges[end] <= after:
        last += 1
    return Window(edges[first], edges[last], edges[at], edges[end])


def whole_words(text: str, span: Span) -> Span:
    """The span widened to the ends of the words in which it begins and ends."""
    start, end = span.start, span.end
    while start > 0 and text[start - 1].isalnum() and text[start : start + 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return Span(start, end)

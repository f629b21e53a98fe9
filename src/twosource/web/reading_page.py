"""The reading view's text: blocks of highlighted pieces, made from a reading and ready to be written as flat markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from twosource.closed_sets import FAMILIES, family_of
from twosource.deciding import DecidedClaim, Mark
from twosource.records import Claim, Named, Reading
from twosource.spans import Span
from twosource.web.cards import Card, card_of, in_text_order
from twosource.web.highlight import Layer, Segment, assign_lanes, paragraphs, segments

__all__ = [
    "LAYER_WORDS",
    "PART_LENGTH",
    "Block",
    "Legend",
    "Line",
    "Piece",
    "ReadingPage",
    "Ref",
    "page_of",
    "parts_of",
]

LAYER_WORDS = {
    "source": "Source",
    "figure": "Figure",
    "place": "Place",
    "time": "Time",
    "hedge": "Doubt, denial, plan",
    "quotation": "Quotation",
}
"""The layers that belong to the report as a whole, in the order of the legend."""

_ROLES = ("who", "to whom", "where", "when", "how many", "said by", "via", "in full")
PART_LENGTH = 60_000
"""How many code points of a long text stand on one page: some 40 printed pages, which a browser lays out at once."""
MOST_LINES = 3
"""How many underlines are drawn below one word; claims beyond keep their number and their card."""


class Line(msgspec.Struct, frozen=True):
    """One underline below a piece: the lane it runs in, and the family that gives it its look."""

    lane: int
    family: str


class Ref(msgspec.Struct, frozen=True):
    """The number that stands in the text where a run of a claim's evidence begins; ``run`` and ``runs`` count them."""

    card: Card
    run: int
    runs: int


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A run of text that looks the same throughout.

    ``claims`` holds the numbers of the claims that cover it, the shortest evidence first; ``roles`` what it is to
    them ('3:who'), ``begins`` the roles that begin here; ``kinds`` the report's layers; ``note`` their names.
    """

    text: str
    refs: tuple[Ref, ...] = ()
    lines: tuple[Line, ...] = ()
    kinds: tuple[str, ...] = ()
    claims: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    note: str = ""


class Block(msgspec.Struct, frozen=True):
    """A run of pieces: 'title', 'paragraph', or 'gap' for the white space between them.

    ``start`` is where it begins, in code points of the report's text.
    """

    kind: str
    pieces: tuple[Piece, ...]
    start: int = 0


class Legend(msgspec.Struct, frozen=True):
    """The families with how many claims each has here, and the layers with how many runs; both without the empty."""

    families: tuple[tuple[str, int], ...]
    layers: tuple[tuple[str, str, int], ...]


class ReadingPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the template writes: the text's blocks, the cards, the legend, and which part of a long text it is.

    ``starts`` holds the offset at which each part begins; ``part`` counts from 1.
    """

    blocks: tuple[Block, ...]
    cards: tuple[Card, ...]
    legend: Legend
    part: int
    starts: tuple[int, ...]


def page_of(reading: Reading, at: int = 0, decided: Mapping[str, DecidedClaim] | None = None) -> ReadingPage:
    """The page of the part of the text that holds the offset ``at``, with the claims whose evidence begins there.

    The pieces of all blocks, joined, are that part of the text; most reports have but one. A claim keeps its number.
    ``decided`` tells how the claims stand, by their ids; a rejected one is not underlined.
    """
    known = decided or {}
    text, title = reading.report.text, reading.report.title
    parts = parts_of(text)
    part, window = next(((n, p) for n, p in enumerate(parts, 1) if at < p.end), (len(parts), parts[-1]))
    claims = dict(enumerate(in_text_order(reading.claims), 1))
    cards = {
        n: card_of(c, reading, n, len(claims), known.get(c.id)) for n, c in claims.items() if _begins_in(c, window)
    }
    near = {n: claim for n, claim in claims.items() if any(span.meets(window) for span in claim.evidence)}
    layers = [*_report_layers(reading), *_claim_layers({**near, **{n: claims[n] for n in cards}})]
    shifted = [_shift(layer, window) for layer in layers if layer.span.meets(window)]
    spans = _block_spans(window.of(text), title if window.start == 0 else None)
    cut = segments(window.of(text), shifted, (border for _, span in spans for border in (span.start, span.end)))
    rejected = {n for n, claim in near.items() if claim.id in known and known[claim.id].mark is Mark.REJECTED}
    pieces = _Pieces(near, cards, window.start, frozenset(rejected))
    return ReadingPage(
        blocks=tuple(_blocks(spans, cut, pieces)),
        cards=tuple(cards.values()),
        legend=_legend(tuple(cards.values()), shifted),
        part=part,
        starts=tuple(span.start for span in parts),
    )


def parts_of(text: str) -> tuple[Span, ...]:
    """The text in parts of at most ``PART_LENGTH``, each ending after a line, else after a word, where there is one."""
    parts: list[Span] = []
    end = 0
    while end < len(text):
        start, end = end, _end_of_part(text, end)
        parts.append(Span(start, end))
    return tuple(parts) or (Span(0, 0),)


def _end_of_part(text: str, start: int) -> int:
    longest = start + PART_LENGTH
    if longest >= len(text):
        return len(text)
    ends = (text.rfind(mark, start, longest) + 1 for mark in ("\n", " "))
    return next((end for end in ends if end > start), longest)


def _begins_in(claim: Claim, window: Span) -> bool:
    first = claim.evidence[0].start if claim.evidence else 0
    return window.start <= first < max(window.end, 1)


def _shift(layer: Layer, window: Span) -> Layer:
    """The layer counted from the beginning of the window."""
    span = Span(layer.span.start - window.start, layer.span.end - window.start)
    return msgspec.structs.replace(layer, span=span)


def _blocks(spans: Sequence[tuple[str, Span]], cut: Sequence[Segment], pieces: _Pieces) -> Iterator[Block]:
    """The blocks in order; both are in order of the text, so that one walk is enough."""
    rest = iter(cut)
    for kind, span in spans:
        found: list[Piece] = []
        end = span.start
        while end < span.end:
            segment = next(rest)
            found.append(pieces.of(segment))
            end = segment.span.end
        yield Block(kind, tuple(found), pieces.offset + span.start)


def _block_spans(text: str, title: str | None) -> list[tuple[str, Span]]:
    """The title where the text opens with it, the paragraphs, and the gaps between: together the whole text."""
    opened = len(title) if title and text.startswith(title) else 0
    found = [("title", Span(0, opened))] if opened else []
    found += [("paragraph", Span(opened + p.start, opened + p.end)) for p in paragraphs(text[opened:])]
    whole: list[tuple[str, Span]] = []
    offset = 0
    for kind, span in [*found, ("end", Span(len(text), len(text)))]:
        if offset < span.start:
            whole.append(("gap", Span(offset, span.start)))
        whole.append((kind, span))
        offset = span.end
    return whole[:-1]


def _report_layers(reading: Reading) -> Iterator[Layer]:
    for attribution in reading.attributions:
        yield from (Layer(voice.span, "source", note="Source") for voice in attribution.sources)
        yield from (Layer(voice.span, "source", note="Passed on by") for voice in attribution.via)
    yield from (Layer(figure.span, "figure", note="Figure") for figure in reading.figures)
    yield from (Layer(place.span, "place", note="Place") for place in reading.places)
    yield from (Layer(time.span, "time", note="Time") for time in reading.times)
    yield from (Layer(cue.span, "hedge", note=cue.kind.value.capitalize()) for cue in reading.cues)
    yield from (Layer(quotation.span, "quotation", note="Quotation") for quotation in reading.quotations)


def _claim_layers(claims: Mapping[int, Claim]) -> Iterator[Layer]:
    for number, claim in claims.items():
        yield from (Layer(span, "claim", number) for span in claim.evidence)
        yield from (Layer(span, role, number) for role, span in _role_spans(claim))


def _role_spans(claim: Claim) -> Iterator[tuple[str, Span]]:
    yield from _named_spans("who", claim.actors)
    yield from _named_spans("to whom", claim.targets)
    yield from _named_spans("where", claim.places)
    yield from _named_spans("said by", claim.sources)
    yield from _named_spans("via", claim.via)
    yield from (("how many", figure.span) for figure in claim.figures)
    if claim.when is not None:
        yield "when", claim.when.span


def _named_spans(role: str, names: Iterable[Named]) -> Iterator[tuple[str, Span]]:
    for named in names:
        yield role, named.said_at
        if not named.span.meets(named.said_at):
            yield "in full", named.span


class _Pieces:
    """Turns segments into pieces; holds what is the same for the whole page.

    ``claims`` are all those with words on the page, ``cards`` of those that begin on it; ``offset`` is where the
    page's text begins in the report's; ``unmarked`` claims have no underline.
    """

    def __init__(
        self, claims: Mapping[int, Claim], cards: Mapping[int, Card], offset: int, unmarked: frozenset[int]
    ) -> None:
        self.unmarked = unmarked
        self.claims = claims
        self.cards = cards
        self.offset = offset
        self.lengths = {number: sum(map(len, claim.evidence)) for number, claim in claims.items()}
        self.lanes = assign_lanes({number: claim.evidence for number, claim in claims.items()})

    def of(self, segment: Segment) -> Piece:
        """The piece of one segment."""
        own = [layer for layer in segment.layers if layer.kind == "claim" and layer.claim]
        numbers = dict.fromkeys(layer.claim for layer in own if layer.claim)
        kinds = [layer for layer in segment.layers if layer.kind in LAYER_WORDS]
        roles = [layer for layer in segment.layers if layer.kind in _ROLES]
        starting = [layer for layer in roles if layer.span.start == segment.span.start]
        return Piece(
            text=segment.text,
            refs=tuple(self._refs(layer for layer in own if layer.span.start == segment.span.start)),
            lines=tuple(self._lines(numbers)),
            kinds=tuple(dict.fromkeys(layer.kind for layer in kinds)),
            claims=tuple(sorted(numbers, key=lambda number: (self.lengths[number], number))),
            roles=tuple(dict.fromkeys(f"{layer.claim}:{layer.kind}" for layer in roles)),
            begins=tuple(dict.fromkeys(f"{layer.claim}:{layer.kind}" for layer in starting)),
            note=", ".join(dict.fromkeys(layer.note for layer in kinds)),
        )

    def _lines(self, numbers: Iterable[int]) -> Iterator[Line]:
        for number in numbers:
            if self.lanes[number] < MOST_LINES and number not in self.unmarked:
                yield Line(self.lanes[number], family_of(self.claims[number].type))

    def _refs(self, layers: Iterable[Layer]) -> Iterator[Ref]:
        for layer in layers:
            number = layer.claim
            if number is not None and number in self.cards:
                runs = [span.start for span in self.claims[number].evidence]
                yield Ref(self.cards[number], runs.index(layer.span.start + self.offset) + 1, len(runs))


def _legend(cards: Sequence[Card], layers: Sequence[Layer]) -> Legend:
    families = ((family, sum(card.family == family for card in cards)) for family in FAMILIES)
    kinds = ((kind, words, sum(layer.kind == kind for layer in layers)) for kind, words in LAYER_WORDS.items())
    return Legend(tuple(row for row in families if row[1]), tuple(row for row in kinds if row[2]))

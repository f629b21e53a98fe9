"""The reading view's text: blocks of highlighted pieces, made from a reading and ready to be written as flat markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from twosource.closed_sets import FAMILIES
from twosource.records import Claim, Named, Reading
from twosource.spans import Span
from twosource.web.cards import Card, cards_of, in_text_order
from twosource.web.highlight import Layer, Segment, assign_lanes, paragraphs, segments

__all__ = ["LAYER_WORDS", "Block", "Legend", "Line", "Piece", "ReadingPage", "Ref", "page_of"]

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
    """A run of pieces: 'title', 'paragraph', or 'gap' for the white space between them."""

    kind: str
    pieces: tuple[Piece, ...]


class Legend(msgspec.Struct, frozen=True):
    """The families with how many claims each has here, and the layers with how many runs; both without the empty."""

    families: tuple[tuple[str, int], ...]
    layers: tuple[tuple[str, str, int], ...]


class ReadingPage(msgspec.Struct, frozen=True):
    """What the template writes: the text's blocks, the cards, and the legend."""

    blocks: tuple[Block, ...]
    cards: tuple[Card, ...]
    legend: Legend


def page_of(reading: Reading) -> ReadingPage:
    """The page of a reading. The pieces of all blocks, joined, are the report's text."""
    text, cards = reading.report.text, cards_of(reading)
    claims = in_text_order(reading.claims)
    layers = [*_report_layers(reading), *_claim_layers(claims)]
    spans = _block_spans(text, reading.report.title)
    cut = segments(text, layers, (border for _, span in spans for border in (span.start, span.end)))
    pieces = _Pieces(cards, claims)
    blocks = tuple(
        Block(kind, tuple(pieces.of(segment) for segment in cut if span.holds(segment.span))) for kind, span in spans
    )
    return ReadingPage(blocks, cards, _legend(cards, layers))


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


def _claim_layers(claims: Sequence[Claim]) -> Iterator[Layer]:
    for number, claim in enumerate(claims, 1):
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
    """Turns segments into pieces; holds what is the same for the whole page."""

    def __init__(self, cards: Sequence[Card], claims: Sequence[Claim]) -> None:
        self.cards = cards
        self.evidence = {number: claim.evidence for number, claim in enumerate(claims, 1)}
        self.lengths = {number: sum(map(len, spans)) for number, spans in self.evidence.items()}
        self.lanes = assign_lanes(self.evidence)

    def of(self, segment: Segment) -> Piece:
        """The piece of one segment."""
        own = [layer for layer in segment.layers if layer.kind == "claim" and layer.claim]
        numbers = dict.fromkeys(layer.claim for layer in own if layer.claim)
        kinds = [layer for layer in segment.layers if layer.kind in LAYER_WORDS]
        roles = [layer for layer in segment.layers if layer.kind in _ROLES]
        starting = [layer for layer in roles if layer.span.start == segment.span.start]
        return Piece(
            text=segment.text,
            refs=tuple(self._ref(layer) for layer in own if layer.span.start == segment.span.start),
            lines=tuple(self._lines(numbers)),
            kinds=tuple(dict.fromkeys(layer.kind for layer in kinds)),
            claims=tuple(sorted(numbers, key=lambda number: (self.lengths[number], number))),
            roles=tuple(dict.fromkeys(f"{layer.claim}:{layer.kind}" for layer in roles)),
            begins=tuple(dict.fromkeys(f"{layer.claim}:{layer.kind}" for layer in starting)),
            note=", ".join(dict.fromkeys(layer.note for layer in kinds)),
        )

    def _lines(self, numbers: Iterable[int]) -> Iterator[Line]:
        for number in numbers:
            if self.lanes[number] < MOST_LINES:
                yield Line(self.lanes[number], self.cards[number - 1].family)

    def _ref(self, layer: Layer) -> Ref:
        number = layer.claim or 0
        runs = self.evidence[number]
        return Ref(self.cards[number - 1], runs.index(layer.span) + 1, len(runs))


def _legend(cards: Sequence[Card], layers: Sequence[Layer]) -> Legend:
    families = ((family, sum(card.family == family for card in cards)) for family in FAMILIES)
    kinds = ((kind, words, sum(layer.kind == kind for layer in layers)) for kind, words in LAYER_WORDS.items())
    return Legend(tuple(row for row in families if row[1]), tuple(row for row in kinds if row[2]))

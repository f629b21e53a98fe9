"""Scores attributions against articles whose attributions were marked by hand, in the form of PolNeAR.

A content is a set of characters, its parts joined. Found and marked contents are matched one to one within an article,
the greatest intersection over union (IoU) first. Marks of the first annotator alone count, and those with a content.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec

from twosource.errors import UsageError
from twosource.records import Attribution, AttributionKind, Report
from twosource.score.claims import f1
from twosource.score.gold import read_gold
from twosource.spans import Span

__all__ = ["MarkedArticle", "MarkedAttribution", "ScoredAttribution", "read_marked", "score_attributions", "scored"]

_LOOSE, _TIGHT = 0.3, 0.8
_SOURCE_IOU = 0.5


class _Part(msgspec.Struct, frozen=True):
    spans: tuple[Span, ...]


class MarkedAttribution(msgspec.Struct, frozen=True):
    """One attribution as marked: each part may be missing or in pieces."""

    source: tuple[_Part, ...]
    cue: tuple[_Part, ...]
    content: tuple[_Part, ...]


class _Annotation(msgspec.Struct, frozen=True):
    attributions: tuple[MarkedAttribution, ...]


class MarkedArticle(msgspec.Struct, frozen=True):
    """One line of the gold; further keys are passed over."""

    doc_id: str
    text: str
    annotations: tuple[_Annotation, ...]


class ScoredAttribution(msgspec.Struct, frozen=True):
    """The offsets of an attribution's parts. A part that is not there is empty."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]

    @property
    def whole(self) -> frozenset[int]:
        """Source, cue and content together."""
        return self.source | self.cue | self.content


def read_marked(path: Path) -> list[MarkedArticle]:
    """The articles of a JSON Lines file, in its order. Raises InputError that names the line of a broken one."""
    return read_gold(path, MarkedArticle)


def score_attributions(
    gold: Sequence[MarkedArticle], read: Callable[[Report], Sequence[Attribution]]
) -> dict[str, float]:
    """The figures as one flat mapping.

    content_f1_03 and content_f1_08 count contents whose IoU is at least 0.3 and 0.8; union_f1 does the same with
    source, cue and content as one set. source_accuracy: of the contents matched at 0.3 whose mark names a source, the
    share whose source has an IoU of at least 0.5. Raises UsageError where the gold holds no attribution.
    """
    marked = [_marked(article) for article in gold]
    if not any(marked):
        raise UsageError("the gold holds no attribution to score against")
    found = [scored(read(Report(id=article.doc_id, text=article.text))) for article in gold]
    pairs = list(zip(marked, found, strict=True))
    wanted, given = sum(map(len, marked)), sum(map(len, found))
    out: dict[str, float] = {"gold": wanted, "predicted": given}
    for name in ("content", "whole"):
        shown = "union" if name == "whole" else name
        for least, mark in ((_LOOSE, "03"), (_TIGHT, "08")):
            hits = sum(len(_matches(a, b, name, least)) for a, b in pairs)
            precision, recall, both = f1(hits, wanted, given)
            out |= {f"{shown}_p_{mark}": precision, f"{shown}_r_{mark}": recall, f"{shown}_f1_{mark}": both}
    named = [(g, f) for a, b in pairs for g, f in _matches(a, b, "content", _LOOSE) if g.source]
    right = sum(iou(g.source, f.source) >= _SOURCE_IOU for g, f in named)
    out["source_accuracy"] = right / len(named) if named else 1.0
    return out


def scored(attributions: Iterable[Attribution]) -> list[ScoredAttribution]:
    """The attributions that have words of their own: what is carried on, and the report's own voice, have no cue."""
    return [
        ScoredAttribution(
            source=_offsets(voice.said_at or voice.span for voice in one.sources),
            cue=_offsets([one.cue]),
            content=_offsets(one.content),
        )
        for one in attributions
        if one.kind not in (AttributionKind.CARRIED, AttributionKind.OWN)
    ]


def iou(a: frozenset[int], b: frozenset[int]) -> float:
    """Intersection over union; 0 where both are empty."""
    return len(a & b) / len(a | b) if a or b else 0.0


def _marked(article: MarkedArticle) -> list[ScoredAttribution]:
    first = article.annotations[0].attributions if article.annotations else ()
    parts = [
        ScoredAttribution(
            *(_offsets(s for part in parts for s in part.spans) for parts in (m.source, m.cue, m.content))
        )
        for m in first
    ]
    return [part for part in parts if part.content]


def _offsets(spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(at for span in spans for at in range(span.start, span.end))


def _matches(
    marked: Sequence[ScoredAttribution], found: Sequence[ScoredAttribution], name: str, least: float
) -> list[tuple[ScoredAttribution, ScoredAttribution]]:
    """The pairs, one to one, by falling IoU of the named part, down to ``least``."""
    ranked = [
        (-shared, i, j)
        for i, one in enumerate(marked)
        for j, other in enumerate(found)
        if (shared := iou(getattr(one, name), getattr(other, name))) >= least
    ]
    left, right, pairs = set(range(len(marked))), set(range(len(found))), []
    for _, i, j in sorted(ranked):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            pairs.append((marked[i], found[j]))
    return pairs

"""Finds the words that stand for a coded party beside its claim: the name itself, a short form, or what refers to it.

Coders write a party under its fullest name. In the sentence of the claim it may stand as 'the YPG', 'the group' or
'it'; those words are what the reader is to point at, and the engine's own rules know whom they mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from training.anchors import Run
from training.coded import places_of
from twosource.reading.actors import find_mentions
from twosource.reading.equipment import Equipment
from twosource.reading.places import find_places
from twosource.reading.tree import Tree
from twosource.records import Mention, Reading
from twosource.score.agreement import same_name

_SMALL = frozenset({"the", "of", "and", "for", "al", "in", "us"})
Range = tuple[int, int]


class Scene(NamedTuple):
    """What a report offers to find its parties by."""

    tree: Tree
    mentions: tuple[Mention, ...]


def scene_of(reading: Reading, known: Equipment) -> Scene:
    """The scene of a parsed report: who is mentioned, by the rules alone."""
    tree = Tree(reading)
    return Scene(tree, find_mentions(tree, find_places(tree, known.places), known.actors))


def party_at(name: str, run: Run, text: str, scene: Scene) -> Range | None:
    """Where the party stands in the run, else in the sentences that it touches; None where it stands in neither."""
    own = (run.start, run.end)
    sentences = [s.span for s in scene.tree.sentences if s.span.start < run.end and s.span.end > run.start]
    wide = (sentences[0].start, sentences[-1].end) if sentences else own
    whole = list(places_of(name, text))
    meant = [(m.span.start, m.span.end) for m in scene.mentions if same_name(m.name, name)]
    for frame, spans in ((own, whole), (own, meant), (own, _short_forms(name, text)), (wide, whole), (wide, meant)):
        inside = [span for span in spans if frame[0] <= span[0] and span[1] <= frame[1]]
        if inside:
            return min(inside, key=lambda span: distance(span, run))
    return None


def _short_forms(name: str, text: str) -> Sequence[Range]:
    """Where the last capitalised word of the name stands that the text has: 'Assad' for 'Bashar al-Assad'."""
    parts = [p for p in name.replace("-", " ").split() if p[:1].isupper() and len(p) > 2 and p.lower() not in _SMALL]
    return [span for part in reversed(parts) for span in places_of(part, text)]


def distance(span: Range, run: Run) -> int:
    """Code points between the span and the run; 0 for one that begins inside it."""
    if run.start <= span[0] < run.end:
        return 0
    return max(1, run.start - span[1], span[0] - run.end)

"""Who is only guessed at beside a name: 'Iraqi forces - likely militias - left' tells that forces left."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from twosource.closed_sets import CueKind
from twosource.reading.tree import Tree
from twosource.records import Cue, Named
from twosource.spans import Span

__all__ = ["without_guesses"]

_DOUBTFUL = frozenset({CueKind.HEDGE, CueKind.DISTANCE})
_CLOSING = {"(": ")", "-": "-", "--": "--", "–": "–", "—": "—"}
_LEADING = frozenset({"amod", "compound", "nmod", "nummod"})
_NEAR = 3  # words, at most, between the word of doubt and the guess


def without_guesses(
    tree: Tree, cues: Sequence[Cue], names: Sequence[Named], anchor: Span, in_full: Callable[[Named], Named]
) -> tuple[Named, ...]:
    """The names with whom a guess between dashes or brackets is made about in the place of the guess, each once.

    ``anchor`` is the event word: what is told inside the dashes keeps the guess. ``in_full`` gives a name its form.
    """
    found: dict[str, Named] = {}
    for named in names:
        described = _described(tree, cues, named.said_at, anchor)
        kept = named
        if described is not None:
            kept = in_full(Named(name=described.of(tree.text), span=described, said_at=described))
        found.setdefault(kept.name, kept)
    return tuple(found.values())


def _described(tree: Tree, cues: Sequence[Cue], at: Span, anchor: Span) -> Span | None:
    """The noun with what describes it before the dash or bracket behind which the words are a guess."""
    words = tree.between(at)
    if not words:
        return None
    doubts = [n for cue in cues if cue.kind in _DOUBTFUL and (n := tree.at(cue.span.start)) is not None]
    for doubt in doubts:
        near = words[0] - _NEAR <= doubt < words[0] or doubt in words
        if (
            not near
            or doubt < 2
            or tree[doubt - 1].text not in _CLOSING
            or tree[doubt - 2].pos not in ("NOUN", "PROPN")
        ):
            continue
        sentence = tree.sentences[tree[doubt].sentence].tokens
        closing = _CLOSING[tree[doubt - 1].text]
        end = next((n for n in range(words[-1] + 1, sentence.end) if tree[n].text == closing), None)
        if end is None or tree[doubt].start <= anchor.start < tree[end].start:
            continue
        first = doubt - 2
        while first - 1 >= sentence.start and tree[first - 1].dep in _LEADING and tree[first - 1].head <= doubt - 2:
            first -= 1
        return Span(tree[first].start, tree[doubt - 2].end)
    return None

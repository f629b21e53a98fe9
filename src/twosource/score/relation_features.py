"""What can be said of two entities of a sentence before one asks how they stand to each other: named features.

The words between the two are taken without the entities of a list that lie there: in 'countries, including Chad, Mali
and Niger' each name stands behind 'including'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from twosource.knowledge.relation_signs import RelationSign
from twosource.reading.tree import Tree
from twosource.records import Claim, Named, Reading
from twosource.spans import Span

__all__ = ["Entity", "Scene", "features"]

_BESIDE = 40  # code points before and after the pair in which signs are looked for
_NEAR, _LONG = 7, 8  # words between, and steps through the parse, up to which a sign counts as near
_LISTED = re.compile(r"(?:\x00\s*(?:(?:and|or|as well as)\s+|[,/]\s*)+)+")
_WORD = re.compile(r"[\w’']+|[^\w\s]")
_THINGS = frozenset({"Weapon", "MilitaryPlatform", "Vehicle"})


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """A run of words that stands for somebody or something; ``confidence`` is that of those who marked it."""

    begin: int
    end: int
    type: str
    confidence: float = 1.0

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.begin, self.end)


class Scene(msgspec.Struct, frozen=True):
    """The reading of a text with its parse, the entities of one sentence in order, and the signs."""

    reading: Reading
    tree: Tree
    entities: Sequence[Entity]
    signs: Sequence[RelationSign]


def features(scene: Scene, source: Entity, target: Entity) -> frozenset[str]:
    """The names of all that holds of the two, in this direction."""
    first, second = sorted((source, target), key=lambda one: one.begin)
    order = ">" if first is source else "<"
    kinds = f"{_kind(scene, source)}:{_kind(scene, target)}"
    letters = _letter(source) + _letter(target)
    words = _between(scene, first, second)
    found = {"all", f"kinds:{kinds}", f"letters:{letters}{order}", f"source:{kinds.split(':')[0]}"}
    found |= {f"target:{kinds.split(':')[1]}", *_distance(words, letters, order)}
    found.update(_signs_around(scene, first, second, " ".join(words), order, kinds, letters))
    found.update(_own_signs(scene, source, target))
    found.update(_through_parse(scene, source, target, kinds))
    found.update(_claims(scene, source, target, letters))
    return frozenset(found)


def _letter(entity: Entity) -> str:
    return "Q" if entity.type in _THINGS else entity.type[:1]


def _kind(scene: Scene, entity: Entity) -> str:
    words = entity.span.of(scene.tree.text)
    told = next((sign.id for sign in scene.signs if sign.of_name and sign.pattern.search(words)), "")
    return f"{_letter(entity)}-{told}"


def _between(scene: Scene, first: Entity, second: Entity) -> list[str]:
    """The words between the two in lower case, lists of other entities taken out, single ones put as '_'."""
    text, at, parts = scene.tree.text, first.end, []
    for other in scene.entities:
        if at <= other.begin and other.end <= second.begin:
            parts += [text[at : other.begin], "\x00"]
            at = other.end
    parts.append(text[at : second.begin])
    bare = _LISTED.sub("", "".join(parts))
    return [word.lower() for word in _WORD.findall(bare.replace("\x00", " _ "))]


def _distance(words: list[str], letters: str, order: str) -> Iterator[str]:
    steps = sum(len(words) > limit for limit in (0, 1, 3, 7, 15))
    yield f"far:{steps}{order}"
    yield f"far:{steps}{order}:{letters}"
    if len(words) <= 4:
        yield f"words:{order}{' '.join(words)}"
    if words:
        yield f"opens:{order}{words[0]}"
        yield f"ends:{order}{words[-1]}"


def _signs_around(
    scene: Scene, first: Entity, second: Entity, between: str, order: str, kinds: str, letters: str
) -> Iterator[str]:
    text = scene.tree.text
    before, after = text[max(0, first.begin - _BESIDE) : first.begin], text[second.end : second.end + _BESIDE]
    near = between.count(" ") < _NEAR
    for sign in scene.signs:
        if sign.of_name:
            continue
        if sign.pattern.search(between):
            yield f"between:{sign.id}{order}"
            yield f"between:{sign.id}:{kinds}"
            yield f"between:{sign.id}:{letters}{order}"
            if near:
                yield f"near:{sign.id}{order}"
                yield f"near:{sign.id}:{letters}{order}"
        if sign.pattern.search(before):
            yield f"before:{sign.id}{order}"
        if sign.pattern.search(after):
            yield f"after:{sign.id}{order}"


def _own_signs(scene: Scene, source: Entity, target: Entity) -> Iterator[str]:
    for role, entity in (("source", source), ("target", target)):
        words = entity.span.of(scene.tree.text)
        for sign in scene.signs:
            if not sign.of_name and sign.pattern.search(words):
                yield f"in-{role}:{sign.id}"


def _through_parse(scene: Scene, source: Entity, target: Entity, kinds: str) -> Iterator[str]:
    """The labels on the way from one head to the other, those of lists left out, and the signs on it."""
    tree = scene.tree
    way = _way(tree, _head(tree, source), _head(tree, target))
    if way is None:
        return
    up, down = way
    rising = [tree[i].dep for i in up[:-1] if tree[i].dep != "conj"]
    falling = [tree[i].dep for i in down[:-1] if tree[i].dep != "conj"]
    ends = f"{'/'.join(rising[:1])}^{'/'.join(falling[:1])}"
    yield f"way-ends:{ends}"
    if len(rising) + len(falling) <= 4:
        yield f"way:{'/'.join(rising)}^{'/'.join(falling)}"
    if len(rising) + len(falling) > _LONG:
        return
    words = " ".join(word for i in (*up[1:], *down[1:-1]) for word in (tree[i].lemma, tree[i].text))
    for sign in scene.signs:
        if not sign.of_name and sign.pattern.search(words):
            yield f"way:{sign.id}"
            yield f"way:{sign.id}:{ends}"
            yield f"way:{sign.id}:{kinds}"


def _head(tree: Tree, entity: Entity) -> int | None:
    """The token of the entity that hangs on one outside it."""
    inside = tree.between(entity.span)
    return next((i for i in inside if tree[i].head not in inside or tree[i].head == i), None)


def _way(tree: Tree, start: int | None, end: int | None) -> tuple[list[int], list[int]] | None:
    """The tokens from each side up to the common one above them, which ends both lists."""
    if start is None or end is None:
        return None
    rising = [start, *tree.ancestors(start)]
    falling = [end, *tree.ancestors(end)]
    for steps, token in enumerate(falling):
        if token in rising:
            return rising[: rising.index(token) + 1], falling[: steps + 1]
    return None


def _claims(scene: Scene, source: Entity, target: Entity, letters: str) -> Iterator[str]:
    for claim in scene.reading.claims:
        for sign in scene.signs:
            if claim.type in sign.types:
                yield from (f"claim-{role}:{sign.id}" for role in _parts(claim, source, target))
                if _names(claim.actors, source) and _names((*claim.targets, *claim.places), target):
                    yield f"claim:{sign.id}:{letters}"


def _parts(claim: Claim, source: Entity, target: Entity) -> Iterator[str]:
    ends = (*claim.targets, *claim.places)
    if _names(claim.actors, source) and _names(ends, target):
        yield "forth"
    if _names(claim.actors, target) and _names(ends, source):
        yield "back"
    if _names(claim.actors, source) and _names(claim.actors, target):
        yield "both"
    if all(any(run.meets(one.span) for run in claim.evidence) for one in (source, target)):
        yield "told"


def _names(names: Sequence[Named], entity: Entity) -> bool:
    return any(named.said_at.meets(entity.span) for named in names)

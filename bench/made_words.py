"""What made reports are made of: coded sentences with slots for names, and words that follow each other as in them.

All of it comes from this project's own composed reports (training/data/reports), whose claims were coded by hand.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from twosource.spans import Span

__all__ = ["Fills", "Rendered", "Slot", "Template", "filler", "other_words", "render", "reworded", "templates"]

_FOLDER = Path(__file__).parents[1] / "training/data/reports"
_SENTENCE = re.compile(r"(?<=[.!?])[\"”]?\s+(?=[A-Z“\"])")
_NAME = re.compile(r"(?:[A-Z][\w'’-]+|[A-Z]{2,6})(?: [A-Z][\w'’-]+){0,3}")
_NUMBER = re.compile(r"\d[\d,]*")
_PLAIN_WORD = re.compile(r"(?<!\w)[a-z]{5,}(?![\w'’-])")
_WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
_FIELDS = {"actors": "actor", "targets": "actor", "sources": "actor", "via": "actor", "places": "place"}

Fills = Mapping[tuple[str, int], str]
"""The words for each slot, by its kind (place, actor, number, day or word) and its number among those of the kind."""


class Slot(NamedTuple):
    """A run of a sentence that is replaced."""

    start: int
    end: int
    kind: str
    number: int


class Template(NamedTuple):
    """A coded sentence: its slots in order, and its claims, whose values are spans of its text."""

    text: str
    slots: tuple[Slot, ...]
    claims: tuple[dict[str, Any], ...]


class Rendered(NamedTuple):
    """A sentence with other names, and where each code point of the template went."""

    text: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]

    def span(self, old: Span) -> Span:
        """The span of the rendered sentence for one of the template, none of whose ends is inside a slot."""
        return Span(self._at(old.start), self._at(old.end))

    def _at(self, old: int) -> int:
        passed = bisect.bisect_right(self.starts, old)
        return old + (self.shifts[passed - 1] if passed else 0)


def render(template: Template, fills: Fills) -> Rendered:
    """The sentence with these words in its slots; slots without words keep their own."""
    parts, ends, shifts, at, shift = [], [], [], 0, 0
    for slot in template.slots:
        words = fills.get((slot.kind, slot.number), template.text[slot.start : slot.end])
        parts += [template.text[at : slot.start], words]
        shift += len(words) - (slot.end - slot.start)
        ends.append(slot.end)
        shifts.append(shift)
        at = slot.end
    return Rendered("".join([*parts, template.text[at:]]), tuple(ends), tuple(shifts))


@functools.cache
def templates() -> tuple[Template, ...]:
    """Every coded sentence that holds all of its claims' words, in the order of the reports."""
    claims: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (_FOLDER / "claims.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        claims[row["report"]].append(row)
    return tuple(one for name, rows in sorted(claims.items()) for one in _templates_of(_body(name), rows))


def _body(name: str) -> str:
    return (_FOLDER / f"{name}.txt").read_text("utf-8").partition("\n\n")[2]


def _templates_of(body: str, rows: Sequence[dict[str, Any]]) -> Iterator[Template]:
    for paragraph in body.split("\n"):
        for sentence in _SENTENCE.split(paragraph):
            held = [row for row in rows if len(row["evidence"]) == 1 and _holds(sentence, row)]
            if held and len(sentence) < 400:
                yield _template(sentence, held)


def _holds(sentence: str, row: Mapping[str, Any]) -> bool:
    words = [*row["evidence"], *(name for field in _FIELDS for name in row[field])]
    words += [figure["phrase"] for figure in row["figures"]]
    words += [row["when"]["phrase"]] if row["when"] else []
    return all(one in sentence for one in words)


def _template(sentence: str, rows: Sequence[dict[str, Any]]) -> Template:
    slots = _slots(sentence, _replaced(sentence, rows))
    claims = tuple(_coded(sentence, row, slots) for row in rows)
    return Template(sentence, tuple(sorted((*slots, *_plain_words(sentence, claims, slots)))), claims)


def _plain_words(sentence: str, claims: Iterable[dict[str, Any]], slots: Sequence[Slot]) -> Iterator[Slot]:
    """The longer words of the sentence that are in no value of a claim; each is a slot of its own."""
    taken = [Span(slot.start, slot.end) for slot in slots]
    for row in claims:
        taken += [span for field in (*_FIELDS, "when") for span in row[field]] + [span for span, _ in row["figures"]]
    ends = {end for row in claims for span in row["evidence"] for end in (span.start, span.end)}
    number = 0
    for hit in _PLAIN_WORD.finditer(sentence):
        run = Span(*hit.span())
        if not any(run.meets(one) for one in taken) and not any(run.start < end < run.end for end in ends):
            yield Slot(run.start, run.end, "word", number)
            number += 1


def _replaced(sentence: str, rows: Iterable[dict[str, Any]]) -> dict[str, str]:
    """The words to be replaced, with the kind of their slot."""
    found: dict[str, str] = {}
    for row in rows:
        for field, kind in _FIELDS.items():
            found.update((name, kind) for name in row[field] if _NAME.fullmatch(name))
        for figure in row["figures"]:
            found.update((number, "number") for number in _NUMBER.findall(figure["phrase"]))
        if row["when"]:
            found.update((day, "day") for day in _WEEKDAY.findall(row["when"]["phrase"]))
    return {words: kind for words, kind in found.items() if words in sentence}


def _slots(sentence: str, replaced: Mapping[str, str]) -> tuple[Slot, ...]:
    numbers: dict[str, int] = {}
    counts: dict[str, int] = defaultdict(int)
    found: list[Slot] = []
    for words in sorted(replaced, key=lambda one: (-len(one), one)):
        kind = replaced[words]
        for hit in re.finditer(rf"(?<![\w,]){re.escape(words)}(?![\w,]*\d)(?!\w)", sentence):
            if any(hit.start() < slot.end and slot.start < hit.end() for slot in found):
                continue
            if words not in numbers:
                numbers[words], counts[kind] = counts[kind], counts[kind] + 1
            found.append(Slot(hit.start(), hit.end(), kind, numbers[words]))
    return tuple(sorted(found))


def _coded(sentence: str, row: Mapping[str, Any], slots: Sequence[Slot]) -> dict[str, Any]:
    """The claim with spans for words; a value that begins or ends inside a slot is left out."""

    def spans(words: Iterable[str]) -> list[Span]:
        found = (Span(at, at + len(one)) for one in words for at in [sentence.index(one)])
        return [span for span in found if not any(_cuts(span, slot) for slot in slots)]

    coded: dict[str, Any] = {name: row[name] for name in ("type", "stance", "certainty", "status", "negated")}
    coded["evidence"] = spans(row["evidence"]) or [Span(0, len(sentence))]
    coded.update((field, spans(row[field])) for field in _FIELDS)
    coded["figures"] = [(span, figure) for figure in row["figures"] for span in spans([figure["phrase"]])]
    coded["when"] = spans([row["when"]["phrase"]]) if row["when"] else []
    return coded


def _cuts(span: Span, slot: Slot) -> bool:
    return slot.start < span.start < slot.end or slot.start < span.end < slot.end


@functools.cache
def _followers() -> tuple[dict[str, list[str]], list[str]]:
    """The words that follow each word in the composed reports, and those that open a sentence."""
    after: dict[str, list[str]] = defaultdict(list)
    first: list[str] = []
    for path in sorted(_FOLDER.glob("*.txt")):
        for sentence in _SENTENCE.split(_body(path.stem).replace("\n", " ")):
            words = sentence.split()
            first += words[:1]
            for one, other in itertools.pairwise(words):
                after[one].append(other)
    return after, first


def other_words(template: Template, dice: random.Random, share: float = 0.85) -> tuple[str, ...]:
    """A word for each slot of kind 'word', '' for those that keep theirs, so that no two stories are told alike."""
    count = sum(slot.kind == "word" for slot in template.slots)
    words = _words()
    return tuple(words[int(dice.random() * len(words))] if dice.random() < share else "" for _ in range(count))


@functools.cache
def _words() -> tuple[str, ...]:
    """The longer words of the composed reports, as often as they stand there."""
    return tuple(word for words in _followers()[0].values() for word in words if _PLAIN_WORD.fullmatch(word))


def filler(dice: random.Random, words: int) -> list[str]:
    """A sentence of so many words, each of which follows the one before somewhere; it has no meaning and no claim."""
    after, first = _followers()
    found = [dice.choice(first)]
    while len(found) < words:
        following = after.get(found[-1]) or first
        found.append(following[int(dice.random() * len(following))])
    return found


def reworded(words: Sequence[str], dice: random.Random) -> list[str]:
    """The sentence in other words: some left out, some replaced, in the same order."""
    after, first = _followers()
    found: list[str] = []
    for word in words:
        luck = dice.random()
        if luck < 0.1:
            continue
        found.append(dice.choice(after.get(found[-1] if found else word) or first) if luck < 0.4 else word)
    return found

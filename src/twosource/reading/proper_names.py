"""The proper names of a report: where they stand, which of them are persons', and which is the fullest of each."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from twosource.knowledge.speakers import SpeakerWords
from twosource.reading.longer_names import INNER, LongerNames, words_of
from twosource.reading.tree import Tree
from twosource.records import Token
from twosource.spans import Span

__all__ = ["ProperNames"]

_BINDING = frozenset({"al", "el", "-", "abdel", "abdul", "abu", "bin", "ibn", "de", "van", "von"})
_BRACKET = re.compile(r"\s?[(\[]([A-Z][A-Za-z0-9-]{1,9})[)\]]")
_OWNING = frozenset({"'s", "’s", "s'", "s’"})
_DAYS = frozenset({"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"})
_MONTHS = frozenset(
    {"January", "February", "March", "April", "June", "July", "August", "September", "October", "November", "December"}
)
_DATES = _DAYS | _MONTHS
_COMMA_EVERY = 1500  # code points: running text has a comma more often, unless it has lost them
_PERSON = 4  # words of a person's name at most, particles aside
_MOST_TOKENS = 60  # of an outlet's name, many times what any has; looking for longer ones costs the square of a run


class ProperNames:
    """The names of one report as runs of tokens without titles, in order. ``fullest`` leads from short to long."""

    def __init__(
        self,
        tree: Tree,
        known: SpeakerWords,
        is_outlet: Callable[[str], bool] = lambda name: False,
        places: Collection[Span] = (),
    ) -> None:
        self.tree = tree
        self.known = known
        self.is_outlet = is_outlet
        self._places = frozenset(place.of(tree.text).lower().removeprefix("the ") for place in places)
        self.stripped = tree.text.count(",") * _COMMA_EVERY < len(tree.text)
        runs = list(self._find_runs())
        self._whole = {self._key(run) for run in runs}
        self._lengths = {len(key) for key in self._whole}
        self.runs = [part for run in runs for part in self._parted(run)]
        self._whole |= {self._key(run) for run in self.runs}
        self.spans = tuple(tree.span(run) for run in self.runs)
        self._longer = LongerNames((span, words_of(span.of(tree.text))) for span in self.spans)
        self._acronyms = self._spelled_out()
        self._longest: dict[str, Span | None] = {}
        self._name_parts: dict[int, list[int]] = {}
        self._run_of = {n: run for run in self.runs for n in range(run[0], run[-1] + 1)}

    def _key(self, run: Sequence[int]) -> tuple[str, ...]:
        tokens = self.tree.tokens
        return tuple([tokens[n].text.lower() for n in run])

    def fullest(self, span: Span) -> Span:
        """The longest name of the report for which the one at ``span`` is short; itself where there is none."""
        written = span.of(self.tree.text)
        if written in self._acronyms:
            return self._acronyms[written]
        if written not in self._longest:
            self._longest[written] = self._longer.longest_for(written)
        return self._longest[written] or span

    def run_of(self, index: int) -> list[int] | None:
        """The run of tokens that the token belongs to, if it is part of a name."""
        return self._run_of.get(index)

    def run_at(self, index: int, inside: range) -> Span:
        """The name that the token belongs to; the token alone where it belongs to none.

        Where commas are lost, only the words inside a source are its name if they stand alone elsewhere.
        """
        run = self._run_of.get(index, [index])
        own = [n for n in run if n >= inside[0]]
        return self.tree.span(own if own != run and self._stands_apart(own) else run)

    def start_of(self, first: int) -> int:
        """The first token of the name in which ``first`` stands, unless the words from there on are a name apart."""
        run = self._run_of.get(first, [first])
        return first if self._stands_apart([n for n in run if n >= first]) else run[0]

    def is_day(self, index: int) -> bool:
        """Whether the token is the name of a day or a month."""
        return self.tree[index].lemma in _DATES

    def _stands_apart(self, own: Sequence[int]) -> bool:
        """Whether the last words of a run are a name without the first ones, in a text that has lost its commas."""
        if not self.stripped or not own:
            return False
        span = self.tree.span(own)
        return self._key(own) in self._whole or self.fullest(span) != span

    def _parted(self, run: list[int]) -> Iterator[list[int]]:
        """The run as one name or as two that stand side by side, a place and an agency; a person without an office."""
        for k in range(1, len(run)):
            if self._meet_at(run, k):
                yield from (run[:k], run[k:])
                return
        yield self._without_office(run)

    def _meet_at(self, run: list[int], k: int) -> bool:
        """Whether two names meet at position ``k``: the second is an outlet's, or both stand alone elsewhere."""
        tree, second = self.tree, run[k:]
        if self._is_outlet_apart(second):
            return not self.is_outlet(tree.span(run).of(tree.text))
        if not self.stripped or not {k, len(second)} <= self._lengths:
            return False
        alone = self._key(run[:k]) in self._whole and self._key(second) in self._whole
        alone = alone and not self.known.is_title(tree[run[k - 1]].text)
        return alone and tree[run[k - 1]].tag not in ("JJ", "IN", "HYPH", "POS")

    def _is_outlet_apart(self, run: list[int]) -> bool:
        """Whether the words are an outlet's name in a text that has lost its commas, or in capitals."""
        if len(run) > _MOST_TOKENS:
            return False
        name = self.tree.span(run).of(self.tree.text)
        return (self.stripped or name.isupper()) and self.is_outlet(name)

    def _without_office(self, run: list[int]) -> list[int]:
        """The person behind an office: 'Ilan Moro' of 'Secretary of State Ilan Moro'."""
        words = self._key(run)
        links = [k for k, word in enumerate(words) if word in ("of", "for", "in")]
        if not links or len(run) - links[-1] < 4 or not any(self.known.is_title(w) for w in words[: links[0]]):
            return run
        person = self.person_at_end(run)
        known = any(self.known.kind_of(self.tree[n].lemma) for n in person)
        alone = self.stripped or self._key(person[-1:]) in self._whole
        return person if alone and not known else run

    def name_part(self, run: list[int]) -> list[int]:
        """The person's name at the end of a run that a missing comma joined: 'Border Council for Peace Ilan Moro'."""
        known = self._name_parts.get(run[0])
        if known is None:
            known = self._name_parts[run[0]] = self._person_behind(run)
        return known

    def _person_behind(self, run: list[int]) -> list[int]:
        words = [self.tree.words[n] for n in run]
        if "of" in words or "for" in words:
            for size in (4, 3, 2):
                rest = tuple(words[:-size])
                if size < len(run) and (tuple(words[-size:]) in self._whole or rest in self._whole):
                    return run[-size:]
        return run

    def person_at_end(self, run: list[int]) -> list[int]:
        """The last words of a run with 'of' or 'for' as a person's name: two, or three where the middle one binds.

        In a text that has lost its commas, those of any longer run.
        """
        words = [self.tree.words[n] for n in run]
        if len(run) < 3 or not (self.stripped or {"of", "for"} & set(words[:-2])):
            return run
        size = 2
        while words[-size] in _BINDING and size < len(run) - 1:
            size += 1
        return run[-size:]

    def is_person(self, run: Sequence[int]) -> bool:
        """Whether the run is a person's name, or a surname that stands for one."""
        if self.is_whole_person(run):
            return True
        full = self.fullest(self.tree.span(run))
        inside = self.tree.between(full)
        return len(run) == 1 and len(inside) > 1 and self.is_whole_person(inside)

    def is_whole_person(self, run: Sequence[int]) -> bool:
        """Whether the run has the shape of a person's full name: two to four words, none of them a body's."""
        words = [self.tree[n].text for n in run]
        known = any(self.known.kind_of(word) is not None for word in words)
        known = known or any(self.tree[n].tag == "NNPS" for n in run) or not self.is_human(words)
        known = known or self.tree.span(run).of(self.tree.text).lower() in self._places
        return 2 <= sum(word not in INNER for word in words) <= _PERSON and not known and not {"of", "for"} & set(words)

    def is_human(self, words: Sequence[str]) -> bool:
        """Whether a person can be called so: nothing is owned in the name, and no short form of capitals ends it."""
        owned = any(word in _OWNING or word[-2:] in _OWNING for word in words[:-1])
        short = len(words) > 1 and len(words[-1]) > 1 and words[-1].isupper() and not words[0].isupper()
        return not owned and not short

    def _spelled_out(self) -> dict[str, Span]:
        """The name that stands before each acronym in brackets."""
        found: dict[str, Span] = {}
        for span in self.spans:
            bracket = _BRACKET.match(self.tree.text, span.end)
            if bracket and len(span.of(self.tree.text).split()) > 1:
                found.setdefault(bracket.group(1), span)
        return found

    def _find_runs(self) -> Iterator[list[int]]:
        """Runs of proper nouns without the titles before them; 'of' and its like may stand inside."""
        tokens = self.tree.tokens
        run: list[int] = []
        for n, token in enumerate([*tokens, None]):
            if not run and token is not None:
                if _is_proper(token):
                    run = [n]
                continue
            if token is not None and self._continues(run, n, token):
                run.append(n)
                continue
            for part in self._split(run):
                cleaned = self._cleaned(part)
                if cleaned:
                    yield cleaned
            run = [n] if token is not None and _is_proper(token) else []

    def _split(self, run: list[int]) -> list[list[int]]:
        """A name and the title behind it that a missing comma joined: 'Ilan Moro Secretary General of Ardan'."""
        if not run or self.tree[run[0]].tag == "JJ":
            return [run]
        own = 0  # words that count: none of more is a person's name, however the run goes on
        for k in range(1, len(run)):
            own += self.tree[run[k - 1]].text not in INNER
            if own > _PERSON:
                break
            if k > 1 and self.known.is_title(self.tree[run[k]].text) and self.is_whole_person(run[:k]):
                return [run[:k], run[k:]]
        return [run]

    def _continues(self, run: list[int], n: int, token: Token) -> bool:
        if not run:
            return False
        tokens = self.tree.tokens
        if token.sentence != tokens[run[-1]].sentence:
            return False
        if _is_proper(token):
            return True
        word = token.text.lower()
        if word not in INNER or n + 1 == len(tokens):
            return False
        if word in ("the", "and") and not {"of", "for"} & {tokens[m].text for m in run}:
            return False
        following = tokens[n + 1]
        return _is_proper(following) or (following.text.lower() in INNER and token.text != "-")

    def _cleaned(self, run: list[int]) -> list[int]:
        tokens = self.tree.tokens
        first, end = 0, len(run)
        while first < end and tokens[run[end - 1]].text.lower() in INNER:
            end -= 1
        while first < end and tokens[run[first]].text.lower() in INNER and not tokens[run[first]].text[0].isupper():
            first += 1
        while first < end and tokens[run[first]].text in ("The", "Of", "For", "And", "-"):
            first += 1
        for n in range(end - 2, first - 1, -1):
            behind = tokens[run[n + 1]].text
            if self.known.kind_of(behind) or behind in ("of", "for"):
                break
            if self.known.is_title(tokens[run[n]].text):
                return run[n + 1 : end]
        return run[first:end]


def _is_proper(token: Token) -> bool:
    """Whether the token is part of a name by its tag and its first letter; days and months are not."""
    if token.pos != "PROPN" and not (token.tag == "JJ" and token.dep in ("amod", "compound")):
        return False
    return token.lemma not in _DATES and (token.text[:1].isupper() or token.text[:3] in ("al-", "el-"))

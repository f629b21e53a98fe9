"""What is known of actors: a table of named ones, one of news agencies and outlets, and the words for unnamed ones.

The tables are data/actors.jsonl and data/agencies.jsonl, one row a line; docs/reference/actors.md says how a row looks.
The words are data/en/actor_words.toml.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from functools import lru_cache

import msgspec

from twosource.closed_sets import ActorKind
from twosource.knowledge.name_index import NameIndex, fold_actor
from twosource.knowledge.toml_rules import Rule, data_digest, load_rows, load_rules

__all__ = [
    "ActorRow",
    "ActorTable",
    "ActorWords",
    "AgencyRow",
    "AgencyTable",
    "WordRule",
    "WordUse",
    "load_actor_table",
    "load_actor_words",
    "load_agencies",
]

ACTORS_FILE = "actors.jsonl"
AGENCIES_FILE = "agencies.jsonl"
WORDS_FILE = "en/actor_words.toml"


class ActorRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One actor: its names, what it is, and how it hangs together with others.

    `aliases` leave `name` out. `metonyms` and `ambiguous` are those of the names that stand for the actor only by
    custom ('Kremlin'), or that may also mean something else. `adjectives` are words that lead to a state without
    naming it ('Russian', 'Russians'). `parent` and `succeeds` are ids; a successor is another actor, not the same one.
    `years` are the first and the last that it went by this name; None among them is unknown, or 'to this day'.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: ActorKind
    country: tuple[str, ...] = ()
    parent: str | None = None
    years: tuple[int | None, int | None] | None = None
    succeeds: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    source: str


class AgencyRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One news agency or outlet. `side` is 'state' where it is a state's own organ, else None, which says nothing.

    `short` is the name by which its reports are filed, where that is not `name`: 'AP' for Associated Press.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    short: str | None = None
    kind: ActorKind
    country: str | None = None
    side: str | None = None
    ambiguous: tuple[str, ...] = ()

    @property
    def filed_as(self) -> str:
        """The name by which its reports are filed."""
        return self.short or self.name


class ActorTable(NameIndex[ActorRow]):
    """The known actors, found by any of their names."""

    def __init__(self, rows: Sequence[ActorRow], digest: str) -> None:
        super().__init__(rows)
        self.digest = digest
        self._metonyms = {fold_actor(name) for row in self.rows for name in row.metonyms}
        self._by_adjective: dict[str, tuple[ActorRow, ...]] = {}
        for row in self.rows:
            for word in row.adjectives:
                self._by_adjective[word] = (*self._by_adjective.get(word, ()), row)

    def metonym(self, name: str) -> bool:
        """Whether the name stands for an actor only by custom, as 'Kremlin' and 'Tehran' do."""
        return fold_actor(name) in self._metonyms

    def by_adjective(self, word: str) -> tuple[ActorRow, ...]:
        """The states that an adjective or a word for their people may lead to: 'Russian', 'Syrians'. Case counts."""
        return self._by_adjective.get(word, ())


class AgencyTable(NameIndex[AgencyRow]):
    """News agencies and outlets, found by any of their names.

    `credit_names` are the names of agencies, outlets left out, that some agency has unmarked; `ambiguous_credit_names`
    are those that all agencies mark as ambiguous.
    """

    def __init__(self, rows: Sequence[AgencyRow], digest: str) -> None:
        super().__init__(rows)
        self.digest = digest
        agencies = [row for row in self.rows if row.kind is ActorKind.AGENCY]
        named = [(name, row) for row in agencies for name in (row.name, *row.aliases, row.filed_as)]
        self.credit_names = frozenset(name for name, row in named if name not in row.ambiguous)
        self.ambiguous_credit_names = frozenset(name for name, _ in named) - self.credit_names
        named.sort(key=lambda pair: pair[0] in pair[1].ambiguous)
        self._filed_as: dict[str, str] = {}
        for name, row in named:
            self._filed_as.setdefault(fold_actor(name), row.filed_as)

    def filed_as(self, name: str) -> str | None:
        """The name by which the agency that a credit names is filed, in any spelling; None for no known agency.

        Of several agencies the first that has the name unmarked is meant, else the first of the table.
        """
        return self._filed_as.get(fold_actor(name))


class WordUse(StrEnum):
    """What the words of a rule are good for; data/en/actor_words.toml says more of each."""

    ARMED = "armed"
    BODY = "body"
    CIVILIANS = "civilians"
    OFFICIALS = "officials"
    ANONYMOUS = "anonymous"
    MONITOR = "monitor"
    OUTLET = "outlet"
    DOCUMENT = "document"
    PEOPLE = "people"
    EQUIPMENT = "equipment"
    GROUP_FORM = "group_form"
    TITLE = "title"
    QUALIFIER = "qualifier"
    CONTAINER = "container"
    COMPOUND = "compound"
    COLLECTIVE = "collective"


class WordRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of one use. `kind` is that of a mention whose head is such a word; `preps` follow a container."""

    use: WordUse
    lemmas: tuple[str, ...]
    kind: ActorKind | None = None
    preps: tuple[str, ...] = ()


class ActorWords:
    """The words for actors without a name, and those in and around names.

    Every question takes a lemma or its plural, of one word or of several ('news agency'), in any case; full stops are
    left out ('Lt. Gen.').
    """

    def __init__(self, rules: Iterable[WordRule], digest: str) -> None:
        self.rules: tuple[WordRule, ...] = tuple(rules)
        self.digest = digest
        self._rules_of: dict[str, tuple[WordRule, ...]] = {}
        for rule in self.rules:
            for form in {form for lemma in rule.lemmas for form in _forms(lemma)}:
                self._rules_of[form] = (*self._rules_of.get(form, ()), rule)
        self._uses_of = {form: frozenset(rule.use for rule in rules) for form, rules in self._rules_of.items()}
        self._kind_of = {form: next((r.kind for r in rules if r.kind), None) for form, rules in self._rules_of.items()}
        self._preps_of: dict[str, frozenset[str]] = {}
        for form, uses in self._uses_of.items():
            if WordUse.CONTAINER in uses:
                rules_of = [rule for rule in self._rules_of[form] if rule.use is WordUse.CONTAINER]
                self._preps_of[form] = frozenset(word for rule in rules_of for word in rule.preps)
        self._longest_title = max((len(form.split()) for form in self._rules_of), default=0)
        self._openings = frozenset(form.partition(" ")[0] for form in self._rules_of)

    def rules_of(self, lemma: str) -> tuple[WordRule, ...]:
        """The rules that list this word, in the file's order."""
        return self._rules_of.get(_plain(lemma), ())

    def kind_of(self, lemma: str) -> ActorKind | None:
        """The kind of an unnamed actor with this head; None for a word that stands for no actor."""
        return self._kind_of.get(_plain(lemma))

    def has_use(self, lemma: str, *uses: WordUse) -> bool:
        """Whether some rule of one of these uses lists the word."""
        known = self._uses_of.get(_plain(lemma))
        return known is not None and not known.isdisjoint(uses)

    def is_armed(self, lemma: str) -> bool:
        """Whether it is a word for armed people or bodies, such as 'gunman', 'army' and 'brigade'."""
        return self.has_use(lemma, WordUse.ARMED)

    def is_anonymous(self, lemma: str) -> bool:
        """Whether reports quote people under this word alone, as 'source', 'official' and 'resident'."""
        return self.has_use(lemma, WordUse.ANONYMOUS)

    def is_equipment(self, lemma: str) -> bool:
        """Whether it is a thing that stands for its owner, such as 'warplane'."""
        return self.has_use(lemma, WordUse.EQUIPMENT)

    def is_group_form(self, word: str) -> bool:
        """Whether armed groups put the word in their names; it must have a capital, as 'Front' has in a name."""
        return word[:1].isupper() and self.has_use(word, WordUse.GROUP_FORM)

    def is_container(self, lemma: str, preposition: str | None = None) -> bool:
        """Whether the word stands for what follows its preposition: 'members of', 'fighters from', 'hundreds of'."""
        prepositions = self._preps_of.get(_plain(lemma))
        return prepositions is not None and (preposition is None or preposition.lower() in prepositions)

    def is_title(self, words: Sequence[str]) -> bool:
        """Whether the words are a title or several, and nothing else: 'acting Foreign Minister', 'Lt. Gen.'."""
        return bool(words) and self.title_length(words, 0) == len(words)

    def title_length(self, words: Sequence[str], start: int) -> int:
        """How many words from `start` are titles and what qualifies them; 0 where none of them is a title."""
        at = titled = start
        while at < len(words):
            step, is_title = self._title_at(words, at)
            if not step:
                break
            at += step
            titled = at if is_title else titled
        return titled - start

    def title_ends(self, words: Sequence[str]) -> list[int]:
        """For each word where the titles end that begin with it, as ``title_length`` has it; its own index for none.

        Each word is looked at once: a text of titles alone takes no longer than another.
        """
        ends = list(range(len(words) + 1))
        for at in range(len(words) - 1, -1, -1):
            step, is_title = self._title_at(words, at)
            after = at + step
            if is_title or ends[after] > after:
                ends[at] = ends[after]
        return ends[:-1]

    def _title_at(self, words: Sequence[str], at: int) -> tuple[int, bool]:
        """How many words are a title there, or what qualifies one (0: neither), and whether it is a title."""
        if not self._opens(words[at]):
            return 0, False
        title = self._step(words, at, WordUse.TITLE)
        return title or self._step(words, at, WordUse.QUALIFIER), bool(title)

    def _opens(self, word: str) -> bool:
        """Whether an entry may begin with the word; rules most words out. One of signs alone may stand before one."""
        opening = _plain(word).partition(" ")[0]
        return not opening or opening in self._openings

    def _step(self, words: Sequence[str], at: int, use: WordUse) -> int:
        """How many words from `at` make the longest entry of this use; 0 for none."""
        for length in range(min(self._longest_title, len(words) - at), 0, -1):
            if self.has_use(" ".join(words[at : at + length]), use):
                return length
        return 0


def load_actor_words() -> ActorWords:
    """The words in data/en/actor_words.toml. Raises KnowledgeError for a row that breaks its rules."""
    return ActorWords(load_rules(WORDS_FILE, "words", WordRule), data_digest([WORDS_FILE]))


def load_actor_table() -> ActorTable:
    """The table in data/actors.jsonl. Raises KnowledgeError, with the line, for a row of the wrong shape."""
    return ActorTable(load_rows(ACTORS_FILE, ActorRow), data_digest([ACTORS_FILE]))


def load_agencies() -> AgencyTable:
    """The table in data/agencies.jsonl. Raises KnowledgeError, with the line, for a row of the wrong shape."""
    return AgencyTable(load_rows(AGENCIES_FILE, AgencyRow), data_digest([AGENCIES_FILE]))


@lru_cache(16384)
def _plain(phrase: str) -> str:
    return " ".join(phrase.lower().replace("’", "'").replace(".", "").split())


def _forms(lemma: str) -> Iterator[str]:
    """The word and its regular plural; a plural that is no word does no harm, for nobody writes it."""
    word = _plain(lemma)
    yield word
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        yield word[:-1] + "ies"
    elif word.endswith(("s", "x", "ch", "sh")):
        yield word + "es"
    else:
        yield word + "s"

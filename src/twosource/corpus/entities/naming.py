"""What every name of a report means there: a known actor, people without a name, or a name that no table has.

One report is enough for this, so that it is done once a report and kept. Every answer has a rule and a sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from twosource.closed_sets import ActorKind
from twosource.corpus.entities.contexts import Choice, choose, report_countries
from twosource.corpus.entities.dressing import Dressed, undress
from twosource.corpus.entities.forms import initials, is_acronym
from twosource.corpus.entities.generic import generic_kind, is_generic, kind_of_name
from twosource.corpus.entities.index import id_of_generic, id_of_name
from twosource.corpus.entities.knowing import EntityKnowledge, Known
from twosource.corpus.entities.scene import Naming, Scene, Sort
from twosource.corpus_records import Judgement
from twosource.knowledge.actor_heads import HeadUse
from twosource.knowledge.name_index import fold_actor

__all__ = ["read_names"]

_PART = r"(?:[A-Z][\w'’-]{0,40}|of|the|for|and|in|al-[\w'’]{1,40})"
_DEFINED = re.compile(rf"({_PART}(?:\s{{1,9}}{_PART}){{1,9}})\s{{0,9}}\(([A-Z][\w-]{{1,8}})\)")


_RANKS = frozenset(["title.rank", "title.office"])  # others may be parts of names: 'Imam Ali', 'Amir Hussein'
_LONGEST_PERSON = 4  # words
_ADJECTIVES = 2  # words before a short form: 'Islamist rebels', but not 'areas held by rebels'
_CHANGING = frozenset(["pro", "anti", "former", "ex", "other", "foreign", "by", "of", "and", "local", "some", "many"])


def read_names(scene: Scene, knowledge: EntityKnowledge) -> tuple[Naming, ...]:
    """A naming for every name of the report's claims, in order of the names."""
    return _Reader(scene, knowledge).namings()


class _Reader:
    """Reads the names of one report together, since each may explain another."""

    def __init__(self, scene: Scene, knowledge: EntityKnowledge) -> None:
        self.scene, self.knowledge = scene, knowledge
        self.counts = Counter(name for claim in scene.claims for name in claim.names if fold_actor(name))
        self.names = sorted(self.counts)
        self.words = {name: fold_actor(name).split() for name in self.names}
        self.defined = _definitions(scene.text)
        self.countries = report_countries(scene, self.names, knowledge)
        self.choices: dict[str, Choice] = {}

    def namings(self) -> tuple[Naming, ...]:
        alone = {name: self._alone(name) for name in self.names}
        found = [self._among(alone[name], alone) for name in self.names]
        return tuple(self._with_company(naming) for naming in found)

    def _find(self, name: str) -> Known | None:
        """The one row that the name means in this report, None where there is none or it can't be told."""
        return self._choice(name).row

    def _choice(self, name: str) -> Choice:
        if name not in self.choices:
            self.choices[name] = choose(name, self.countries, self.scene.year, self.knowledge)
        return self.choices[name]

    def _alone(self, name: str) -> Naming:
        """What the name means by itself, the tables and the report's countries."""
        choice = self._choice(name)
        if choice.row is not None:
            return self._known(name, choice.row, choice.judgement, choice.rule, choice.reason)
        dressed = undress(name, self._find, self.knowledge)
        if dressed is not None and dressed.same:
            return self._known(name, dressed.row, Judgement.SAME, dressed.rule, dressed.reason)
        if is_generic(name, self.knowledge) and not choice.maybe:
            return self._generic(name, dressed)
        loosely = (self._loosely(name) or self._without_people(name)) if not choice.maybe else None
        if loosely is not None:
            return loosely
        if dressed is not None and name.split()[-1].islower():
            return self._generic(name, dressed)
        return self._named(name, choice)

    def _known(self, name: str, row: Known, judgement: Judgement, rule: str, reason: str) -> Naming:
        return Naming(
            name=name,
            full=row.name,
            sort=Sort.KNOWN,
            entity=row.id,
            kind=row.kind,
            judgement=judgement,
            rule=rule,
            reason=reason,
            loaded=tuple(word for word in self.knowledge.loaded.words(name) if word not in row.name),
        )

    def _generic(self, name: str, dressed: Dressed | None) -> Naming:
        reason = f"'{name}' names no actor that could be told from others: it stays with this report."
        return Naming(
            name=name,
            full=name,
            sort=Sort.GENERIC,
            entity=id_of_generic(self.scene.report, name),
            kind=generic_kind(name, self.knowledge),
            judgement=Judgement.UNSURE,
            rule="generic",
            reason=dressed.reason if dressed is not None else reason,
            owner=dressed.row.id if dressed is not None else None,
            loaded=self.knowledge.loaded.words(name),
        )

    def _loosely(self, name: str) -> Naming | None:
        """The one row that has a name of the same core, where the words for its body allow that."""
        rows = [row for row in self.knowledge.loosely(name) if self._body_allows(name, row)]
        if len(rows) > 1:
            rows = [row for row in rows if self._same_words(name, row)] or rows
        if len(rows) > 1:
            rows = [row for row in rows if row.country & set(self.countries)]
        if len(rows) != 1:
            return None
        sound = self.knowledge.form(name).sound
        near = min(rows[0].names, key=lambda one: (self.knowledge.form(one).sound != sound, one))
        reason = f"'{name}' is spelt like '{near}', which the table has, but for words for what kind of body it is."
        return self._known(name, rows[0], Judgement.SAME, "table.form", reason)

    def _without_people(self, name: str) -> Naming | None:
        """What the name means without the people's adjective before it, where that agrees: 'Iranian Basij Brigades'."""
        first, _, rest = name.partition(" ")
        state = self.knowledge.state_of_adjective(first)
        if state is None or not rest[:1].isupper():
            return None
        meant = self._loosely(rest)
        if meant is None or not self.knowledge.known[meant.entity].country & state.country:
            return None
        return msgspec.structs.replace(meant, name=name, reason=f"'{name}': {meant.reason}")

    def _body_allows(self, name: str, row: Known) -> bool:
        mine = self.knowledge.form(name)
        theirs = [self.knowledge.form(one) for one in row.names]
        theirs = [form for form in theirs if form.sound == mine.sound and form.numbers == mine.numbers]
        if not any(self.knowledge.forms.form_of(word) for word in mine.words):
            return any(form.classes == mine.classes for form in theirs) or len(mine.core) > 1
        return any(not form.classes or not mine.classes or bool(form.classes & mine.classes) for form in theirs)

    def _same_words(self, name: str, row: Known) -> bool:
        """Whether a name of the row has the same words but for plurals and spelling."""
        mine = {self.knowledge.forms.sound(word).removesuffix("s") for word in self.knowledge.form(name).words}
        return any(
            mine == {self.knowledge.forms.sound(word).removesuffix("s") for word in self.knowledge.form(one).words}
            for one in row.names
        )

    def _named(self, name: str, choice: Choice) -> Naming:
        reason = choice.reason or f"'{name}' is in no table of known actors; it is taken as reports write it."
        full = self._untitled(name)
        return Naming(
            name=name,
            full=full,
            sort=Sort.NAMED,
            entity=id_of_name(full),
            kind=kind_of_name(full, self.knowledge),
            judgement=Judgement.UNSURE if choice.maybe else Judgement.SAME,
            rule=choice.rule if choice.maybe else "name",
            reason=reason,
            loaded=self.knowledge.loaded.words(name),
            maybe=tuple(row.id for row in choice.maybe),
        )

    def _untitled(self, name: str) -> str:
        """The name without ranks and titles before it: 'Colonel Mbeki'."""
        words = name.split()
        rules = {rule.id for rule in self.knowledge.words.rules_of(words[0])}
        rest = words[self.knowledge.words.title_length(words, 0) :] if rules & _RANKS else []
        return " ".join(rest) if rest and rest[0][:1].isupper() else name

    def _among(self, naming: Naming, alone: dict[str, Naming]) -> Naming:
        """The naming once more, by what other names of the report tell of it."""
        if naming.sort is Sort.KNOWN:
            return naming
        for explain in (self._by_definition, self._by_longer, self._by_definite):
            full, rule, reason = explain(naming, alone)
            if full is not None:
                return _as(naming, full, rule, reason)
        return naming

    def _by_definition(self, naming: Naming, alone: dict[str, Naming]) -> tuple[Naming | None, str, str]:
        """An acronym that the report explains, or the only name in it that has these first letters."""
        if not is_acronym(naming.name):
            return None, "", ""
        long = self.defined.get(naming.name.replace(".", ""))
        if long is not None:
            meant = alone.get(long) or self._alone(long)
            return meant, "report.defined", f"The report writes '{long} ({naming.name})'."
        letters = naming.name.casefold().replace(".", "").replace("-", "")
        fits = [one for one in alone.values() if one.sort is not Sort.GENERIC and letters in _letters(one.name)]
        if len({one.entity for one in fits}) == 1:
            told = f"'{naming.name}' are the first letters of '{fits[0].name}' in this report."
            return fits[0], "report.initials", told
        return None, "", ""

    def _by_longer(self, naming: Naming, alone: dict[str, Naming]) -> tuple[Naming | None, str, str]:
        """A short form of the one longer name in the report that has all its words, in order."""
        if naming.sort is not Sort.NAMED or is_acronym(naming.name):
            return None, "", ""
        words = self.words[naming.name]
        names = [one for one in alone.values() if one.sort is not Sort.GENERIC and one.name != naming.name]
        inner = [one for one in names if naming.name.endswith(f" {one.name}") and _is_full_name(one.name)]
        if inner:
            meant = min(inner, key=lambda one: (len(one.name), one.name))
            told = f"'{naming.name}' ends in '{meant.name}', which this report names alone too."
            return meant, "report.dressed", told
        fits = [one for one in names if _short_for(words, self.words[one.name], one.kind)]
        if len({one.entity for one in fits}) != 1:
            return None, "", ""
        full = min(fits, key=lambda one: (len(one.name), one.name))
        if len(words) > 1 and full.name.endswith(f" {naming.name}"):
            return None, "", ""
        return full, "report.short", f"'{naming.name}' is short for '{full.name}', the only such name in this report."

    def _by_definite(self, naming: Naming, alone: dict[str, Naming]) -> tuple[Naming | None, str, str]:
        """'the army', where the report tells in full of one army alone."""
        words = fold_actor(naming.name)
        if naming.sort is not Sort.GENERIC or not self.knowledge.heads.has_use(words, HeadUse.DEFINITE):
            return None, "", ""
        fits = [one for one in alone.values() if one.name != naming.name and _is_full_for(one, words)]
        if len({one.entity for one in fits}) != 1:
            return None, "", ""
        full = max(fits, key=lambda one: (len(one.name), one.name))
        return full, "report.definite", f"'{naming.name}' is '{full.name}', the only such body that this report names."

    def _with_company(self, naming: Naming) -> Naming:
        beside: set[str] = set()
        against: set[str] = set()
        if naming.sort is Sort.NAMED:
            for claim in self.scene.claims:
                for own, other in ((claim.actors, claim.targets), (claim.targets, claim.actors)):
                    if naming.name in own:
                        beside.update(own)
                        against.update(other if claim.hostile else ())
        return msgspec.structs.replace(
            naming,
            claims=self.counts[naming.name],
            beside=tuple(sorted(beside - {naming.name})),
            against=tuple(sorted(against - {naming.name})),
            defines=next((short for short, long in sorted(self.defined.items()) if long == naming.name), None),
        )


def _as(naming: Naming, full: Naming, rule: str, reason: str) -> Naming:
    """The naming as one of what another name of the report means."""
    return msgspec.structs.replace(
        naming,
        full=full.full,
        sort=full.sort,
        entity=full.entity,
        kind=full.kind,
        judgement=Judgement.SAME,
        rule=rule,
        reason=reason,
        owner=full.owner,
        maybe=(),
    )


def _definitions(text: str) -> dict[str, str]:
    """The names by which the text explains acronyms, by acronym: 'Hayat Tahrir al-Sham (HTS)'; the longest that fit."""
    found: dict[str, str] = {}
    for match in _DEFINED.finditer(text):
        long = _fitting(match[1].split(), match[2])
        if long is not None:
            found.setdefault(match[2], long)
    return found


def _fitting(words: Sequence[str], short: str) -> str | None:
    """The last words whose first letters make the acronym."""
    letters = short.casefold().replace("-", "")
    for start in range(len(words)):
        name = " ".join(words[start:])
        if letters in _letters(name):
            return name.removeprefix("the ").removeprefix("The ")
    return None


def _letters(name: str) -> set[str]:
    words = name.replace("-", " ").casefold().split()
    plain = fold_actor(name).split()
    return {initials(plain, small=True), initials(plain, small=False), initials(words, small=True)} if words else set()


def _short_for(words: Sequence[str], long: Sequence[str], kind: ActorKind) -> bool:
    """Whether the words open or end the longer name, or are all in it in order and more than one; one may end it."""
    if not words or len(words) >= len(long):
        return False
    if len(words) == 1:
        person = kind is ActorKind.PERSON and len(long) <= _LONGEST_PERSON
        return words[0] == long[-1] or (words[0] == long[0] and person)
    rest = iter(long)
    return all(word in rest for word in words)


def _is_full_name(name: str) -> bool:
    return " " in name and name[:1].isupper()


def _is_full_for(naming: Naming, words: str) -> bool:
    """Whether the naming's name is the short one with adjectives before it: 'Syrian army' for 'army'."""
    told = fold_actor(naming.name)
    before = told.removesuffix(f" {words}")
    return before != told and len(before.split()) <= _ADJECTIVES and not _CHANGING & set(before.split())

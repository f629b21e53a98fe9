"""What is known of names before any report is read: the actors, outlets and leaders that a name may mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from twosource.closed_sets import ActorKind
from twosource.corpus.entities.forms import FormReader, NameForm
from twosource.ids import digest_of
from twosource.knowledge.actor_heads import ActorHeads, HeadUse
from twosource.knowledge.actors import ActorRow, ActorTable, ActorWords, AgencyRow, AgencyTable
from twosource.knowledge.leaders import LeaderRow, LeaderTable
from twosource.knowledge.loaded_names import LoadedNames
from twosource.knowledge.name_forms import NameForms
from twosource.knowledge.name_index import fold_actor

__all__ = ["EntityKnowledge", "Known"]

_LEAST_LOOSE = 4  # letters of a core that is looked for whatever the kind of body


_FORCES = ("army", "forces", "armed forces", "military", "troops")


class Known(NamedTuple):
    """One row of a table as an entity: its id, names, kind, the countries it acts in, its years, its predecessors.

    ``state`` is the id of the state that a leader leads, or of the parent of an actor, as an entity's.
    """

    id: str
    name: str
    names: tuple[str, ...]
    kind: ActorKind
    country: frozenset[str]
    years: tuple[int | None, int | None] | None
    succeeds: tuple[str, ...]
    state: str | None
    doubtful: frozenset[str]


class EntityKnowledge:
    """The tables and words that entities rest on, asked together."""

    def __init__(
        self,
        *,
        table: ActorTable,
        agencies: AgencyTable,
        leaders: LeaderTable,
        words: ActorWords,
        heads: ActorHeads,
        forms: NameForms,
        loaded: LoadedNames,
    ) -> None:
        self.table, self.agencies, self.leaders = table, agencies, leaders
        self.words, self.heads, self.forms, self.loaded = words, heads, forms, loaded
        self.reader = FormReader(forms)
        self.digest = digest_of(*(part.digest for part in (table, agencies, leaders, words, heads, forms, loaded)))
        self.known: Mapping[str, Known] = {one.id: one for one in self._all()}
        self._governs = {f"actor:{one}": f"actor:{row.state}" for row in leaders.rows for one in row.governments}
        self._loose = self._by_core()
        self.meanings = lru_cache(100_000)(self._meanings)
        self._openings = {fold_actor(name).partition(" ")[0] for row in self.known.values() for name in row.names}
        self._adjectives = {fold_actor(word) for row in table.rows for word in row.adjectives}

    def form(self, name: str) -> NameForm:
        """The name taken apart."""
        return self.reader.read(name)

    def _meanings(self, name: str) -> tuple[Known, ...]:
        """The rows of all tables that a name may mean, those that it surely means first; a state for its government."""
        found: list[ActorRow | AgencyRow | LeaderRow] = [*self.table.find(name), *self.agencies.find(name)]
        found += self.leaders.find(name)
        ids = dict.fromkeys(self._governs.get(one, one) for one in (_id_of(row) for row in found))
        return tuple(sorted((self.known[one] for one in ids), key=lambda row: not self.sure(name, row)))

    def may_open(self, word: str) -> bool:
        """A quick look that rules most words out: whether some known name, or a state's adjective, begins with it."""
        bare = fold_actor(word).partition(" ")[0]
        return bare in self._openings or bare in self._adjectives or bare.removesuffix("s") in self._openings

    def sure(self, name: str, row: Known) -> bool:
        """Whether the row has the name unmarked: one that may also mean something else is marked as ambiguous.

        A capital counts as sure, since it stands here among actors.
        """
        return fold_actor(name) not in row.doubtful or (row.kind is ActorKind.STATE and self.table.metonym(name))

    def loosely(self, name: str) -> tuple[Known, ...]:
        """The rows that have a name with the same core, whatever kind of body the words around it tell of."""
        form = self.form(name)
        if len(form.sound) < _LEAST_LOOSE:
            return ()
        return self._loose.get(form.sound, ())

    def state_of_adjective(self, word: str) -> Known | None:
        """The one state to which 'Russian' or 'Russians' leads; None for 'Congolese', which leads to two."""
        rows = self.table.by_adjective(word)
        return self.known[_id_of(rows[0])] if len(rows) == 1 else None

    def is_adjective(self, word: str) -> bool:
        """Whether a folded word leads to a state, a people or a part of the world: 'russian', 'kurdish', 'western'."""
        return word in self._adjectives or self.heads.has_use(word, HeadUse.ADJECTIVE)

    def forces_of(self, state: Known) -> Known | None:
        """The row for the armed forces of a state, found by what reports call them: 'Syrian army', 'Russian forces'."""
        row = self.table.get(state.id.partition(":")[2])
        adjectives = row.adjectives if row is not None else ()
        names = [
            f"{word} {head}"
            for word in (*adjectives, state.name)
            for head in ("army", "forces", "armed forces", "military", "troops")
        ]
        for name in names:
            found = self.table.find(name)
            if len(found) == 1 and found[0].kind is ActorKind.STATE_FORCE:
                return self.known[_id_of(found[0])]
        return None

    def _all(self) -> Iterable[Known]:
        yield from map(_actor, self.table.rows)
        yield from map(_agency, self.agencies.rows)
        states = {row.id: row for row in self.table.rows}
        for leader in self.leaders.rows:
            yield _leader(leader, states[leader.state].country)

    def _by_core(self) -> dict[str, tuple[Known, ...]]:
        found: dict[str, dict[str, Known]] = {}
        for row in self.known.values():
            for name in row.names:
                form = self.form(name)
                if len(form.sound) >= _LEAST_LOOSE and not form.acronym:
                    found.setdefault(form.sound, {})[row.id] = row
        return {core: tuple(rows.values()) for core, rows in found.items()}


def _id_of(row: ActorRow | AgencyRow | LeaderRow) -> str:
    if isinstance(row, ActorRow):
        return f"actor:{row.id}"
    return f"outlet:{row.id}" if isinstance(row, AgencyRow) else f"person:{row.id}"


def _actor(row: ActorRow) -> Known:
    return Known(
        id=_id_of(row),
        name=row.name,
        names=(row.name, *row.aliases),
        kind=row.kind,
        country=frozenset(row.country),
        years=row.years,
        succeeds=tuple(f"actor:{one}" for one in row.succeeds),
        state=f"actor:{row.parent}" if row.parent else None,
        doubtful=frozenset(map(fold_actor, row.ambiguous)),
    )


def _agency(row: AgencyRow) -> Known:
    return Known(
        id=_id_of(row),
        name=row.filed_as,
        names=(row.name, *row.aliases),
        kind=row.kind,
        country=frozenset([row.country] if row.country else []),
        years=None,
        succeeds=(),
        state=None,
        doubtful=frozenset(map(fold_actor, row.ambiguous)),
    )


def _leader(row: LeaderRow, country: Iterable[str]) -> Known:
    return Known(
        id=_id_of(row),
        name=row.name,
        names=(row.name, *row.aliases),
        kind=ActorKind.PERSON,
        country=frozenset(country),
        years=row.years,
        succeeds=(),
        state=f"actor:{row.state}",
        doubtful=frozenset(map(fold_actor, row.ambiguous)),
    )

"""Who was killed, among those whom reports name?"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence

import msgspec

from twosource.closed_sets import FAMILIES, ClaimType, Status, family_of
from twosource.corpus.persons import WITHHELD, Described, described, is_person, same_person, withheld
from twosource.corpus.tellings import Telling, in_order
from twosource.knowledge.actors import ActorTable, ActorWords
from twosource.knowledge.name_index import fold_actor
from twosource.knowledge.person_roles import PersonRoles
from twosource.store import Project
from twosource.store.claim_filter import Among, ClaimFilter
from twosource.views.loaded import actor_table, actor_words, person_roles
from twosource.views.tellings import Basis, Rows, Saying, basis_of, looked_at, saying

__all__ = ["WITHHELD", "KilledPerson", "killed_persons", "private_names"]

_DEATH = re.compile(
    r"\b(?:kill\w*|dead|deaths?|die[sd]?|dying|slain|murder\w*|assassinat\w*|execut\w*|martyr\w*)\b", re.IGNORECASE
)


_AMONG = Among(types=(ClaimType.KILLS, ClaimType.EXECUTES, *FAMILIES["force"]))


class KilledPerson(msgspec.Struct, frozen=True, kw_only=True):
    """One person reported killed, once over all reports, with what is told of the person.

    ``ages`` and ``roles`` keep what each report tells, in order. ``status`` is combatant or civilian where a role
    tells, 'disputed' where reports tell both. ``private`` marks those named in no public role; where such names are
    withheld, they are so in every field, and the spans of ``sayings`` are those of the words before that.
    ``denied`` counts claims that deny the death or say that it is not so.
    """

    name: str
    names: tuple[str, ...]
    ages: tuple[int, ...]
    roles: tuple[str, ...]
    status: str | None
    private: bool
    places: tuple[str, ...]
    since: datetime.date | None
    until: datetime.date | None
    denied: int
    sayings: tuple[Saying, ...]
    basis: Basis


class _Death(msgspec.Struct, frozen=True):
    name: str
    telling: Telling
    told: Described


def killed_persons(
    project: Project, chosen: ClaimFilter | None = None, *, withhold: bool = True, most: int | None = None
) -> Rows[KilledPerson]:
    """The named persons whom the claims chosen report killed, each once, the first reported first.

    ``withhold`` puts '[name withheld]' in place of the names of private persons. Of more than ``most`` claims of force
    those published last are looked at.
    """
    knowledge = actor_table(), actor_words(), person_roles()
    found, left_out = looked_at(project, chosen, _AMONG, most)
    deaths = [death for telling in in_order(found) for death in _deaths(telling, *knowledge)]
    persons = [_person(group) for group in _by_person(deaths)]
    if not withhold:
        return Rows.made(persons, left_out)
    private = tuple(name for person in persons if person.private for name in person.names)
    return Rows.made((_withheld(person, private) for person in persons), left_out)


def private_names(project: Project) -> tuple[str, ...]:
    """The names of all persons reported killed in no public role: what an export with names withheld must not hold."""
    return tuple(name for person in killed_persons(project, withhold=False) if person.private for name in person.names)


def _by_person(deaths: Iterable[_Death]) -> list[list[_Death]]:
    """The deaths of each person, in order; each is compared with those alone that share a word of the name."""
    groups: list[list[_Death]] = []
    having: dict[str, list[int]] = {}
    for death in deaths:
        words = fold_actor(death.name).split()
        near = sorted({at for word in words for at in having.get(word, ())})
        place = next((at for at in near if any(same_person(death.name, one.name) for one in groups[at])), len(groups))
        if place == len(groups):
            groups.append([])
        groups[place].append(death)
        for word in words:
            having.setdefault(word, []).append(place)
    return groups


def _deaths(telling: Telling, actors: ActorTable, words: ActorWords, roles: PersonRoles) -> list[_Death]:
    claim = telling.claim
    if claim.status is not Status.HAPPENED or not _tells_death(telling):
        return []
    return [
        _Death(named.name, telling, described(named, telling, roles, words))
        for named in claim.targets
        if is_person(named, telling, actors, words, roles)
    ]


def _tells_death(telling: Telling) -> bool:
    if telling.claim.type in (ClaimType.KILLS, ClaimType.EXECUTES):
        return True
    return family_of(telling.claim.type) == "force" and any(_DEATH.search(run) for run in telling.evidence)


def _person(group: Sequence[_Death]) -> KilledPerson:
    ordered = [death.telling for death in group]
    names = sorted({death.name for death in group}, key=lambda name: (-len(name.split()), name))
    told = [death.told for death in group]
    days = [day for telling in ordered for day in telling.days if day is not None]
    statuses = {one.status for one in told if one.status}
    return KilledPerson(
        name=names[0],
        names=tuple(names),
        ages=tuple(dict.fromkeys(one.age for one in told if one.age is not None)),
        roles=tuple(dict.fromkeys(one.role for one in told if one.role)),
        status="disputed" if len(statuses) > 1 else next(iter(statuses), None),
        private=not any(one.public for one in told),
        places=tuple(dict.fromkeys(named.name for telling in ordered for named in telling.claim.places)),
        since=min(days, default=None),
        until=max(days, default=None),
        denied=sum(not telling.affirmed for telling in ordered),
        sayings=tuple(map(saying, ordered)),
        basis=basis_of(ordered),
    )


def _withheld(person: KilledPerson, private: tuple[str, ...]) -> KilledPerson:
    """The person without private names, be it the person's own or others' in the same words."""
    shown = tuple(
        msgspec.structs.replace(
            one,
            words=tuple(withheld(run, private) for run in one.words),
            speakers=tuple(withheld(name, private) for name in one.speakers),
            via=tuple(withheld(name, private) for name in one.via),
        )
        for one in person.sayings
    )
    roles = tuple(withheld(role, private) for role in person.roles)
    if not person.private:
        return msgspec.structs.replace(person, sayings=shown, roles=roles)
    return msgspec.structs.replace(person, name=WITHHELD, names=(WITHHELD,), sayings=shown, roles=roles)

"""Persons named among the killed: who is one, what the report says of age and role, and which two are the same."""

from __future__ import annotations

import re

import msgspec

from twosource.corpus.tellings import Telling
from twosource.knowledge.actors import ActorTable, ActorWords
from twosource.knowledge.name_index import fold_actor
from twosource.knowledge.person_roles import PersonRoles, RoleUse
from twosource.records import Named

__all__ = ["WITHHELD", "Described", "described", "is_person", "same_person", "withheld"]

WITHHELD = "[name withheld]"
_PARTICLES = frozenset(
    [
        "al", "el", "bin", "ibn", "bint", "abu", "abd", "ad", "ar", "as", "ash", "at", "az", "de", "la", "del", "di",
        "da", "van", "von", "der", "den", "ben", "bar", "ould",
    ]
)  # fmt: skip
_AGE_AFTER = re.compile(r"^,?\s*(?:\(\s*)?(?:aged?\s+)?(\d{1,2})(?=\s*[,.;)]|\s+years?\b)")
_AGE_BEFORE = re.compile(r"(\d{1,2})-year-old\s+(?:[\w’'-]+\s+){0,4}$")
_APPOSED = re.compile(r"^,?\s*(?:aged\s+)?(?:\d{1,2},\s*)?(?:an?|the|its|their|his)\s+([^,.;:()\n]{3,80})")
_WAS = re.compile(r"^\s+was\s+(?:an?|the)\s+([^,.;:()\n]{3,80})")
_ROLE_BEFORE = re.compile(r"((?:[\w’'.-]{1,40}\s{1,9}){1,6})$")
_STOPS = re.compile(r"(?<!\s)\s+(?:who|which|that|was|were|is|in|on|at|near|when|during|and|from)\b.*", re.DOTALL)
_SURNAME = 4  # letters from which on the last word of a name alone is held to stand for it


class Described(msgspec.Struct, frozen=True, kw_only=True):
    """What one report says of a person: age in years, role in its words, and what the role tells."""

    age: int | None
    role: str | None
    status: str | None
    public: bool


def is_person(named: Named, telling: Telling, actors: ActorTable, words: ActorWords, roles: PersonRoles) -> bool:
    """Whether a name is a person's: two to five words with capitals, none of them a group's, and no known actor's."""
    parts = named.name.split()
    bare = [part for part in parts if part.strip("-").casefold().split("-")[0] not in _PARTICLES]
    if not bare or not 2 <= len(parts) <= 6 or any(sign.isdigit() for sign in named.name):
        return False
    if not all(part[:1].isupper() for part in bare) or actors.find(named.name):
        return False
    if roles.tells(named.name, RoleUse.NO_NAME):
        return False
    if any(words.rules_of(part) and not words.is_title([part]) for part in parts):
        return False
    places = {fold_actor(one.name) for one in telling.claim.places}
    return fold_actor(named.name) not in places and not any(actors.by_adjective(part) for part in parts)


def described(named: Named, telling: Telling, roles: PersonRoles, words: ActorWords) -> Described:
    """What the report says of the person, around every place where the name or its last word stands."""
    text = telling.report.text
    ages: list[int] = []
    found: list[str] = []
    patterns = [pattern for pattern in (_whole_name(named.name), _last_word(named.name)) if pattern]
    for match in re.finditer("|".join(patterns), text):
        before, after = text[max(0, match.start() - 80) : match.start()], text[match.end() : match.end() + 120]
        ages += [int(age[1]) for age in (_AGE_AFTER.search(after), _AGE_BEFORE.search(before)) if age]
        found += [_STOPS.sub("", role[1]) for role in (_APPOSED.search(after), _WAS.search(after)) if role]
        found += [role] if (role := _titles_before(before, words)) else []
    telling_roles = [role for role in found if roles.status_of(role) or roles.tells(role, RoleUse.PUBLIC)]
    role = next(iter(telling_roles or found), None)
    return Described(
        age=ages[0] if ages else None,
        role=" ".join(role.split()) if role else None,
        status=next((status for one in found if (status := roles.status_of(one))), None),
        public=any(roles.tells(one, RoleUse.PUBLIC) for one in found),
    )


def same_person(first: str, second: str) -> bool:
    """Whether two names are one person's: alike, or the words of one, two at least, all in the other."""
    ours, theirs = frozenset(fold_actor(first).split()), frozenset(fold_actor(second).split())
    less, more = (ours, theirs) if len(ours) <= len(theirs) else (theirs, ours)
    return ours == theirs or (len(less) > 1 and less <= more)


def withheld(text: str, names: tuple[str, ...]) -> str:
    """The text with '[name withheld]' in place of each name, and of the last word of a name that is long enough."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    for pattern in (*map(_whole_name, longest_first), *filter(None, map(_last_word, longest_first))):
        text = re.sub(pattern, WITHHELD, text)
    return text


def _whole_name(name: str) -> str:
    spaced = r"\s+".join(re.escape(part) for part in name.split())
    return rf"(?<!\w){spaced}(?!\w)"


def _last_word(name: str) -> str | None:
    """A pattern for the last word of a name where it alone stands for the person; None for a short one."""
    last = name.split()[-1]
    return rf"(?<!\w){re.escape(last)}(?!\w)" if len(last) >= _SURNAME and last[:1].isupper() else None


def _titles_before(before: str, words: ActorWords) -> str | None:
    """The longest run of words right before a name that is titles and what qualifies them."""
    match = _ROLE_BEFORE.search(before)
    parts = match[1].split() if match else []
    for start in range(len(parts)):
        if words.is_title(parts[start:]) or (start < len(parts) - 1 and words.is_title(parts[start + 1 :])):
            return " ".join(parts[start:])
        if words.rules_of(parts[-1]) and start == len(parts) - 1:
            return parts[-1]
    return None

"""What words for a person's role tell: a public role or a private one, a combatant or a civilian."""

from __future__ import annotations

import re
from enum import StrEnum

import msgspec

from twosource.knowledge.toml_rules import Rule, data_digest, load_rules

__all__ = ["PersonRoles", "RoleRule", "RoleUse", "load_person_roles"]

FILES = ("en/person_roles.toml",)


class RoleUse(StrEnum):
    """What a word for a role tells."""

    PUBLIC = "public"
    COMBATANT = "combatant"
    CIVILIAN = "civilian"
    NO_NAME = "no_name"


class RoleRule(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of one use, in lower case, as written; regular plurals are not among them: a role is one person's."""

    use: RoleUse
    words: tuple[str, ...]


class PersonRoles(msgspec.Struct, frozen=True, kw_only=True):
    """The rules, and a pattern for each use."""

    rules: tuple[RoleRule, ...]
    patterns: dict[RoleUse, re.Pattern[str]]
    digest: str

    def tells(self, role: str, use: RoleUse) -> bool:
        """Whether some word of the role is of this use."""
        return self.patterns[use].search(role) is not None

    def status_of(self, role: str) -> str | None:
        """'combatant' or 'civilian', as the role's first telling word says; None where no word tells."""
        found = [
            (match.start(), use.value)
            for use in (RoleUse.COMBATANT, RoleUse.CIVILIAN)
            if (match := self.patterns[use].search(role))
        ]
        return min(found)[1] if found else None


def load_person_roles() -> PersonRoles:
    """The packaged rules. Raises KnowledgeError for a row of the wrong shape."""
    rules = load_rules("en/person_roles.toml", "roles", RoleRule)
    patterns = {use: re.compile(rf"(?<!\w)(?:{_either(rules, use)})(?!\w)", re.IGNORECASE) for use in RoleUse}
    return PersonRoles(rules=rules, patterns=patterns, digest=data_digest(FILES))


def _either(rules: tuple[RoleRule, ...], use: RoleUse) -> str:
    words = [word for rule in rules if rule.use is use for word in rule.words]
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))

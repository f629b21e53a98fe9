"""What the comparison of reports knows: words by their use, ways to credit an agency, and the weights of the judge."""

from __future__ import annotations

import msgspec

from twosource.errors import KnowledgeError
from twosource.knowledge.actors import AgencyTable, load_agencies
from twosource.knowledge.datelines import MONTHS, WEEKDAYS
from twosource.knowledge.number_rules import load_number_rules
from twosource.knowledge.toml_rules import Rule, data_digest, load_rules

__all__ = ["Citation", "LineageRules", "UseWords", "load_lineage_rules"]

FILE = "en/lineage.toml"


class UseWords(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of one use, folded as `corpus.words` folds them."""

    words: tuple[str, ...]


class Citation(Rule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A way in which running text credits an agency; the group ``agency`` of ``pattern`` holds its name."""

    pattern: str


class LineageRules(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of data/en/lineage.toml, ready to look up, with the number words and the agencies."""

    small: frozenset[str]
    toll: frozenset[str]
    abbreviations: frozenset[str]
    rising: frozenset[str]
    deaths: frozenset[str]
    weekdays: frozenset[str]
    months: frozenset[str]
    numbers: dict[str, int]
    citations: tuple[Citation, ...]
    agencies: AgencyTable
    rows: tuple[UseWords, ...]
    digest: str


def load_lineage_rules() -> LineageRules:
    """The packaged rules. Raises KnowledgeError where a set of words is missing."""
    rows = load_rules(FILE, "words", UseWords)
    sets = {row.id: frozenset(row.words) for row in rows}
    if odd := {"small", "toll", "deaths", "abbreviations", "rising"} ^ set(sets):
        raise KnowledgeError(f"data/{FILE}: missing, or asked about by nothing: {', '.join(sorted(odd))}")
    numbers = load_number_rules()
    return LineageRules(
        **sets,
        weekdays=frozenset(WEEKDAYS),
        months=frozenset([*MONTHS, *(name[:3] for name in MONTHS)]) - {"may", "mar"},
        numbers={**numbers.digits, "dozen": 12, "hundred": 100, "thousand": 1000},
        citations=load_rules(FILE, "citation", Citation),
        agencies=load_agencies(),
        rows=rows,
        digest=data_digest([FILE, "agencies.jsonl", "en/numbers.toml"]),
    )

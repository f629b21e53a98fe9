"""Small sets of words that the reading layers ask about by name."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from twosource.errors import KnowledgeError
from twosource.knowledge.toml_rules import Rule, data_digest, load_rules

__all__ = ["WordSet", "WordSets", "load_word_sets", "sets_by_name"]

FILES = ("en/word_sets.toml",)


class WordSet(Rule, frozen=True, kw_only=True):
    """One set: dictionary forms in lower case."""

    words: tuple[str, ...]


class WordSets(msgspec.Struct, frozen=True, kw_only=True):
    """The sets by their ids; data/en/word_sets.toml shows what each is for."""

    locating: frozenset[str]
    inside_of: frozenset[str]
    place_nouns: frozenset[str]
    premises: frozenset[str]
    directions: frozenset[str]
    calendar: frozenset[str]
    unnamed_quantities: frozenset[str]
    identifying: frozenset[str]
    describing: frozenset[str]
    short_forms: frozenset[str]
    calling: frozenset[str]
    state_heads: frozenset[str]
    first_persons: frozenset[str]
    pronouns_for_one: frozenset[str]
    pronouns_for_many: frozenset[str]
    pronouns_for_bodies: frozenset[str]
    no_targets: frozenset[str]
    going_on: frozenset[str]
    no_longer: frozenset[str]
    up_to_now: frozenset[str]
    decisions: frozenset[str]
    obeying: frozenset[str]
    costing: frozenset[str]
    potential: frozenset[str]
    risks: frozenset[str]
    forestalling: frozenset[str]
    open_ended: frozenset[str]
    perceived: frozenset[str]
    kept_so: frozenset[str]
    now_and_again: frozenset[str]
    under_way: frozenset[str]
    prompting: frozenset[str]
    scheduled: frozenset[str]
    of_what_goes_on: frozenset[str]
    growing: frozenset[str]
    ending: frozenset[str]
    ranking: frozenset[str]
    sequels: frozenset[str]
    asides: frozenset[str]
    conceding: frozenset[str]
    beginning: frozenset[str]
    about_deeds: frozenset[str]
    traces: frozenset[str]
    unharmed: frozenset[str]
    joining: frozenset[str]
    small: frozenset[str]
    speaking: frozenset[str]
    accusing: frozenset[str]
    witnessing: frozenset[str]
    undergoing: frozenset[str]
    attacks: frozenset[str]
    about_attacks: frozenset[str]
    resulting: frozenset[str]
    answering: frozenset[str]
    anonymous_people: frozenset[str]
    serving: frozenset[str]
    rows: tuple[WordSet, ...]
    digest: str


def load_word_sets() -> WordSets:
    """The packaged sets. Raises KnowledgeError where one is missing, or is there that no layer asks about."""
    rows = load_rules("en/word_sets.toml", "set", WordSet)
    return WordSets(**sets_by_name(rows, WordSets, "en/word_sets.toml"), rows=rows, digest=data_digest(FILES))


def sets_by_name(rows: Iterable[WordSet], asked: type[msgspec.Struct], name: str) -> dict[str, frozenset[str]]:
    """The words of each row of ``data/<name>`` by its id, for the fields of ``asked`` that hold sets of words.

    Raises KnowledgeError where a set is missing, or is there that no layer asks about.
    """
    fields = {field for field in asked.__struct_fields__ if field not in ("rows", "digest")}
    sets = {row.id: frozenset(row.words) for row in rows}
    if odd := fields ^ sets.keys():
        raise KnowledgeError(f"data/{name}: missing, or asked about by no layer: {', '.join(sorted(odd))}")
    return sets

"""The tables and words that views rest on, each loaded once in a process: they lie in the package and never change."""

from __future__ import annotations

import functools

from twosource.corpus.profile import Profile
from twosource.knowledge.actors import ActorTable, ActorWords, load_actor_table, load_actor_words
from twosource.knowledge.counted import CountedWords, load_counted
from twosource.knowledge.disagreement_words import DisagreementWords, load_disagreement_words
from twosource.knowledge.event_rules import EventRules, load_event_rules
from twosource.knowledge.person_roles import PersonRoles, load_person_roles
from twosource.records import Report
from twosource.relating import Judge, default_judge

__all__ = [
    "actor_table",
    "actor_words",
    "counted_words",
    "disagreement_words",
    "event_rules",
    "lineage_judge",
    "load_all",
    "person_roles",
]


@functools.cache
def actor_table() -> ActorTable:
    """The known actors."""
    return load_actor_table()


@functools.cache
def actor_words() -> ActorWords:
    """The words that tell what kind of actor a name is of."""
    return load_actor_words()


@functools.cache
def person_roles() -> PersonRoles:
    """The words for what persons are."""
    return load_person_roles()


@functools.cache
def counted_words() -> CountedWords:
    """The words that tell what a figure counts."""
    return load_counted()


@functools.cache
def disagreement_words() -> DisagreementWords:
    """The words that disagreements are told by."""
    return load_disagreement_words()


@functools.cache
def event_rules() -> EventRules:
    """The weights by which claims are held to tell of one event."""
    return load_event_rules()


def lineage_judge() -> Judge:
    """What tells whether two reports come from one text."""
    return default_judge()


def load_all() -> None:
    """Loads all of them, so that nobody who asks waits for it; takes about a second."""
    for load in (actor_table, actor_words, person_roles, counted_words, disagreement_words, event_rules):
        load()
    Profile(
        Report(id="", text="Reuters"), lineage_judge().rules
    )  # the patterns of credits are compiled by their first use

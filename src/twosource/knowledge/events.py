"""Event words, the frames that fill their roles, and the modifiers that are claims of their own."""

from __future__ import annotations

from collections import Counter, defaultdict

import msgspec

from twosource.closed_sets import ClaimType, Status
from twosource.errors import KnowledgeError
from twosource.knowledge.toml_rules import Rule, data_digest, load_rules

__all__ = ["EventWords", "Frame", "InstrumentRule", "ModifierRule", "TriggerRule", "load_event_words"]

FILES = ("en/triggers.toml", "en/frames.toml", "en/modifiers.toml", "en/instruments.toml")


class Frame(Rule, frozen=True, kw_only=True):
    """Where the actors and targets of an event word stand: slots in order; ``all`` takes every slot, not the first."""

    actors: tuple[str, ...]
    targets: tuple[str, ...]
    all: bool = False


class TriggerRule(Rule, frozen=True, kw_only=True):
    """Words that tell of an event of one type, and what has to stand beside them (see data/en/triggers.toml).

    ``over`` are types that the trained reader takes such words for and that give way to the rule's.
    """

    type: ClaimType
    pos: str
    lemmas: tuple[str, ...]
    frame: str
    objects: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    preps: tuple[str, ...] = ()
    never_with: tuple[str, ...] = ()
    status: Status | None = None
    speech: bool = False
    over: tuple[ClaimType, ...] = ()


class ModifierRule(Rule, frozen=True, kw_only=True):
    """A participle behind a hyphen that makes a relation: 'X-backed Y'. ``swap`` puts X among the targets.

    Before a noun of ``never_with`` it tells nothing: 'the X-led coalition' is a name, 'X-led strikes' are X's. Before
    a place it is of the type ``of_places``, if that is given: 'X-run Y' is held where Y is a town.
    """

    type: ClaimType
    words: tuple[str, ...]
    never_with: tuple[str, ...] = ()
    swap: bool = False
    mutual: bool = False
    places: bool = False
    of_places: ClaimType | None = None


class InstrumentRule(Rule, frozen=True, kw_only=True):
    """What an attack was carried out with: its words, the types that give way, and the type that it then is."""

    words: tuple[str, ...]
    over: tuple[ClaimType, ...]
    type: ClaimType


class EventWords(msgspec.Struct, frozen=True, kw_only=True):
    """All of it, keyed for one look at each token: rules by the head word of each lemma, the longest lemma first.

    ``usual_frames`` holds the frame that most words of a type and part of speech have.
    """

    triggers: tuple[TriggerRule, ...]
    frames: dict[str, Frame]
    modifiers: dict[str, ModifierRule]
    instruments: tuple[InstrumentRule, ...]
    by_lemma: dict[str, tuple[tuple[tuple[str, ...], TriggerRule], ...]]
    usual_frames: dict[tuple[ClaimType, str], str]
    digest: str


def load_event_words() -> EventWords:
    """The packaged rules. Raises KnowledgeError where a row names a frame that is not there."""
    triggers = load_rules("en/triggers.toml", "trigger", TriggerRule)
    frames = {frame.id: frame for frame in load_rules("en/frames.toml", "frame", Frame)}
    modifiers = load_rules("en/modifiers.toml", "modifier", ModifierRule)
    for rule in triggers:
        if rule.frame not in frames:
            raise KnowledgeError(f"data/en/triggers.toml, {rule.id}: there is no frame {rule.frame!r}")
    return EventWords(
        triggers=triggers,
        frames=frames,
        modifiers={word: rule for rule in modifiers for word in rule.words},
        instruments=load_rules("en/instruments.toml", "instrument", InstrumentRule),
        by_lemma=_keyed(triggers),
        usual_frames=_usual_frames(triggers),
        digest=data_digest(FILES),
    )


def _usual_frames(triggers: tuple[TriggerRule, ...]) -> dict[tuple[ClaimType, str], str]:
    counted: dict[tuple[ClaimType, str], Counter[str]] = defaultdict(Counter)
    for rule in triggers:
        counted[rule.type, rule.pos][rule.frame] += len(rule.lemmas)
    return {key: count.most_common(1)[0][0] for key, count in counted.items()}


def _keyed(triggers: tuple[TriggerRule, ...]) -> dict[str, tuple[tuple[tuple[str, ...], TriggerRule], ...]]:
    keyed: dict[str, list[tuple[tuple[str, ...], TriggerRule]]] = defaultdict(list)
    for rule in triggers:
        for lemma in rule.lemmas:
            words = tuple(lemma.lower().split())
            head = words[0] if rule.pos == "VERB" else words[-1]
            keyed[head].append((words, rule))
    return {head: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for head, found in keyed.items()}

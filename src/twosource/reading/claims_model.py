"""Claims from what the trained reader tells of a text: it finds events and who has which part in them, and rules give
the values their form: full names, dates, ranges, voices, by the codebook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import msgspec

from twosource.closed_sets import DEEDS, Certainty, ClaimType, CueKind, Stance, Status, family_of
from twosource.knowledge.event_types import EventType
from twosource.knowledge.events import TriggerRule
from twosource.reading.carrying import before_others
from twosource.reading.claims import ClaimKnowledge, apart_of, cast_of, modifier_claims, named_voices
from twosource.reading.colour import Colour, colour_of, innermost, is_announced, is_beyond_doubt, is_shown
from twosource.reading.edges import from_its_clause, in_phrases, without_loose_ends
from twosource.reading.evidence import EDGES, evidence_run
from twosource.reading.guesses import without_guesses
from twosource.reading.heading_claims import with_headline
from twosource.reading.how_many import figures_told
from twosource.reading.inheriting import Tellings, inherited
from twosource.reading.merging import merge_claims
from twosource.reading.names import full_names
from twosource.reading.nearby import Nearby, nearby
from twosource.reading.own_voice import is_lately_done, is_told_in_passing
from twosource.reading.parties import Parties
from twosource.reading.pointing_back import kinds_told_before
from twosource.reading.quotations import quotations_at
from twosource.reading.roles import Cast, places_of
from twosource.reading.sayings import told_events
from twosource.reading.seen_voices import heads_alone
from twosource.reading.sides import Sides, beside
from twosource.reading.signals import EventSignal, Part
from twosource.reading.timing import is_capable, is_supposed, is_to_end, status_of
from twosource.reading.tree import Tree
from twosource.reading.twice import told_once
from twosource.reading.types_told import type_told
from twosource.reading.untold import is_no_event, is_of_one_end
from twosource.reading.viewing import VIEW
from twosource.reading.when import when_told
from twosource.reading.where import place_described, places_below, places_spoken_of, places_told
from twosource.reading.writers import is_signed
from twosource.records import Attribution, Claim, Figure, Named, Reading, Trigger
from twosource.spans import Span, merge_touching

__all__ = ["claims_from_signals", "tellings_from_signals"]

_STATUS, _CERTAINTY, _STANCE = tuple(Status), tuple(Certainty), tuple(Stance)
_Value = TypeVar("_Value")
_SLIP = 6  # code points that the reader may leave out within one run of evidence
_FEW_WORDS = 25  # code points that the reader may leave out at either end of a clause
_PLAIN = 0.97  # from this probability of no doubt on, a word of doubt beside the event is taken to doubt another
_HARMS = frozenset({"persons", "harm"})
_DOUBTFUL = frozenset({CueKind.HEDGE, CueKind.DISTANCE, CueKind.CONDITION})
_RARE_STANCE, _DOUBT, _NEGATION, _SURELY_NOT = 0.5, 0.5, 0.5, 0.9
"""From these probabilities on, the reader's word for a stance other than 'asserts', a doubt and a negation is taken;
the last is for a negation, or a doubt, in a sentence without a word of it.
"""
_SURELY_OWN, _SURELY_SAID = 0.15, 0.6
"""Below and above these, what the reader says of the voice outweighs the attribution that holds the evidence."""


class _Scene(msgspec.Struct, frozen=True, kw_only=True):
    """What one report offers to fill claims with."""

    reading: Reading
    tree: Tree
    near: list[Nearby]
    parties: Parties
    known: ClaimKnowledge
    cast: Cast
    sides: Sides
    rules: Mapping[int, TriggerRule]
    anchors: frozenset[int]


def claims_from_signals(
    reading: Reading, tree: Tree, events: Sequence[EventSignal], known: ClaimKnowledge
) -> tuple[Claim, ...]:
    """The claims of one report, in order of the text; every run and name is verbatim in it."""
    apart = apart_of(known)
    claims = inherited(tellings_from_signals(reading, tree, events, known), known.inheriting)
    claims = with_headline(claims, reading.report.text, apart)
    return tuple(c for c in merge_claims(claims, reading.report.digest, apart) if _tells(c))


def tellings_from_signals(
    reading: Reading, tree: Tree, events: Sequence[EventSignal], known: ClaimKnowledge
) -> Tellings:
    """The claims of one report before any takes a place or a time from another, or is made one with it."""
    names = full_names(tree, known.table, [m.span for m in reading.mentions if m.rule != "pronoun"])
    cast = cast_of(reading, tree, known)
    parties = Parties(reading, cast, names)
    by_id = {rule.id: rule for rule in known.events.triggers}
    rules = {t.token: by_id[t.rule] for t in reading.triggers if t.rule in by_id}
    events, spare = told_events(tree, events, reading.attributions, rules, known.telling)
    scene = _Scene(
        reading=reading,
        tree=tree,
        near=nearby(reading, tree),
        parties=parties,
        known=known,
        cast=cast,
        sides=Sides(reading, cast, parties, known),
        anchors=frozenset(token for event in events if (token := tree.at(event.anchor.start)) is not None),
        rules=rules,
    )
    sided = [_in_full(scene, claim) for claim in modifier_claims(reading, tree, scene.near, cast, known)]
    words = [trigger.span for trigger in reading.triggers if trigger.rule.startswith("modifier:")]
    free = [event for event in events if not any(word.meets(event.anchor) for word in words)]
    made = [
        (event.score, claim)
        for event in free
        if (claim := _claim(scene, event)) is not None and not is_of_one_end(tree, claim)
        if event.anchor not in spare or claim.actors or claim.figures
    ]
    pointed = {event.anchor: event.parts["places"] for event in free if not _described(scene, event)}
    return Tellings(
        [*sided, *kinds_told_before(tree, told_once(made, sided, tree, rules), known.sets)],
        tree,
        apart_of(known),
        known.sets,
        pointed,
        {place.span.of(tree.text) for place in reading.places if place.kind == "country"},
    )


def _tells(claim: Claim) -> bool:
    """Whether it says more than that there was such a thing: who, whom, where, when, how many, or that it was not."""
    denied = claim.negated or claim.stance is Stance.DENIES
    return any((claim.actors, claim.targets, claim.places, claim.figures, claim.when, denied))


def _in_full(scene: _Scene, claim: Claim) -> Claim:
    """The claim with its parties under their fullest names."""
    actors, targets = ({n.name: n for n in map(scene.parties.in_full, side)} for side in (claim.actors, claim.targets))
    return msgspec.structs.replace(claim, actors=tuple(actors.values()), targets=tuple(targets.values()))


def _claim(scene: _Scene, event: EventSignal) -> Claim | None:
    token = scene.tree.at(event.anchor.start)
    if token is None:
        return None
    near = scene.near[scene.tree[token].sentence]
    decided = type_told(scene.tree, event, token, scene.rules, scene.anchors)
    if decided is None:
        return None
    type_, why = decided
    runs = _evidence(scene, event)
    if is_no_event(scene.tree, token, type_, runs[0], near, scene.known.untold):
        return None
    said = innermost(near.attributions, event.anchor)
    aside = scene.known.types[type_].standing and is_told_in_passing(scene.reading, scene.tree, token)
    if aside and not (said is not None and is_signed(said)):
        said = None
    sources, via = _voices(scene, event, said) if said is not None or not aside else ((), ())
    colour = _colour(scene, event, token, type_, near, said)
    actors, targets = scene.sides.of(event, token, type_, said)
    actors, targets = (
        without_guesses(scene.tree, near.cues, side, event.anchor, scene.parties.in_full) for side in (actors, targets)
    )
    (actors, taken), (targets, hit) = map(scene.sides.parted, (actors, targets))
    return Claim(
        id="",
        report=scene.reading.report.id,
        type=type_,
        evidence=runs,
        trigger=event.anchor,
        actors=actors,
        targets=targets,
        places=_places(scene, event, type_, runs[0], near, (*actors, *targets)) or (*taken, *hit),
        when=when_told(scene.tree, scene.near, event, runs[0], said, scene.known.sets, kind=scene.known.types[type_]),
        figures=_figures(scene, event, runs, type_),
        sources=sources,
        via=via,
        stance=colour.stance,
        certainty=colour.certainty,
        status=colour.status,
        negated=colour.negated,
        confidence=event.confidence,
        reasons=(why, *colour.reasons),
    )


def _colour(
    scene: _Scene, event: EventSignal, token: int, type_: ClaimType, near: Nearby, said: Attribution | None
) -> Colour:
    """Stance, certainty, status and negation: the reader's where it is sure, else what the cues beside it say.

    'We will not allow it' is a pledge all the same: a 'not' beside a speech act is most often part of what is said.
    """
    tree, cues, sets = scene.tree, near.cues, scene.known.sets
    word = tree[token]
    trigger = Trigger(span=Span(word.start, word.end), token=token, type=type_, rule="reader")
    kind = scene.known.types[type_]
    by_cues = colour_of(tree, trigger, None, cues, said, sets, standing=kind.standing, closely=True)
    stance = by_cues.stance
    if max(event.stance[1:]) >= _RARE_STANCE:
        stance = _likeliest(_STANCE[1:], event.stance[1:])
    supposed = is_supposed(tree, cues, token)
    known = is_beyond_doubt(tree, cues, token)
    plain = supposed or is_announced(tree, cues, token) or is_capable(tree, token)
    least = _DOUBT if any(cue.kind in _DOUBTFUL for cue in cues) else _SURELY_NOT
    certainty = _certainty(event, by_cues.certainty, least, plain=plain, known=known)
    shown = is_shown(tree, cues, event.anchor)
    heard = shown is not False and event.negated >= (_SURELY_NOT if shown is None else _NEGATION)
    unhurt = family_of(type_) in _HARMS and word.lemma.lower() in sets.unharmed
    refused = word.dep in ("dobj", "nsubjpass") and tree.lemmas[word.head] in kind.refusing
    negated = not supposed and (_is_negated(by_cues, kind, word.lemma.lower(), heard=heard) or unhurt or refused)
    negated = negated and stance is not Stance.DENIES and certainty is not Certainty.UNKNOWN
    status = status_of(tree, token, _likeliest(_STATUS, event.status), by_cues.status, cues, sets, kind)
    ends = status is Status.PLANNED and not kind.speech and is_to_end(tree, token, sets)
    negated = negated or (ends and stance is Stance.ASSERTS)
    taken = Colour(stance=stance, certainty=certainty, status=status, negated=negated, reasons=())
    reasons = tuple(r for r in by_cues.reasons if getattr(taken, r.field) == getattr(by_cues, r.field))
    return msgspec.structs.replace(taken, reasons=reasons)


def _is_negated(by_cues: Colour, kind: EventType, lemma: str, *, heard: bool) -> bool:
    """Whether it is not so: by the words beside it or, where it is ``heard``, by the reader's.

    Of an act of speech only words for what was left undone tell it: 'balked at calling for a truce'.
    """
    if lemma in kind.refusing:
        return True
    plain = any(reason.field == "negated" and reason.rule == "not" for reason in by_cues.reasons)
    return lemma not in kind.unmet and (heard or (by_cues.negated and not (kind.speech and plain)))


def _certainty(event: EventSignal, by_cues: Certainty, least: float, *, plain: bool, known: bool) -> Certainty:
    """The certainty by the words of doubt right over the event, unless the reader is sure of none; else the reader's,
    where its doubt is the ``least`` or more.

    What 'could not be verified' is unknown whatever the reader says, and what is told ``plain`` ('will', an if-clause),
    or ``known``, is not doubted as well.
    """
    if known and by_cues is not Certainty.UNKNOWN:
        return Certainty.CERTAIN
    if by_cues is not Certainty.CERTAIN:
        return by_cues if by_cues is Certainty.UNKNOWN or event.certainty[0] < _PLAIN else Certainty.CERTAIN
    doubted = 1 - event.certainty[0] >= least and not plain
    return _likeliest(_CERTAINTY[1:], event.certainty[1:]) if doubted else Certainty.CERTAIN


def _likeliest(values: Sequence[_Value], chances: Sequence[float]) -> _Value:
    return values[max(range(len(values)), key=chances.__getitem__)]


def _evidence(scene: _Scene, event: EventSignal) -> tuple[Span, ...]:
    """The run of evidence that holds the anchor, in whole words and phrases, without marks at its edges."""
    text, tree = scene.reading.report.text, scene.tree
    spans = merge_touching(sorted((*(part.span for part in event.parts["evidence"]), event.anchor)), gap=_SLIP)
    sentences = [tree.sentences[number].span for number in tree.sentences_of(event.anchor)]
    limits = Span(sentences[0].start, sentences[-1].end)
    cut = [Span(max(s.start, limits.start), min(s.end, limits.end)) for s in spans if s.meets(limits)]
    best = max(cut, key=lambda s: (s.holds(event.anchor), len(s)), default=event.anchor)
    whole = _to_its_clause(scene, in_phrases(tree, best, limits), event.anchor)
    whole = before_others(whole, event.anchor, scene.near[tree.sentences_of(event.anchor).start].attributions)
    trimmed = without_loose_ends(tree, from_its_clause(tree, whole, event.anchor)).trimmed(text, EDGES)
    return (trimmed if trimmed.holds(event.anchor) else event.anchor,)


def _to_its_clause(scene: _Scene, run: Span, anchor: Span) -> Span:
    """The run widened to the ends of the anchor's clause, where the reader left out no more than a few words there."""
    tree = scene.tree
    token = tree.at(anchor.start)
    if token is None:
        return run
    word = Span(tree[token].start, tree[token].end)
    trigger = Trigger(span=word, token=token, type=ClaimType.OTHER, rule="reader")
    said = scene.near[tree[token].sentence].attributions
    clause = evidence_run(tree, trigger, scene.anchors, said, scene.known.sets, speech=False)
    start = clause.start if run.start - _FEW_WORDS <= clause.start < run.start else run.start
    return Span(start, clause.end if run.end < clause.end <= run.end + _FEW_WORDS else run.end)


def _places(
    scene: _Scene, event: EventSignal, type_: ClaimType, run: Span, near: Nearby, parties: Sequence[Named]
) -> tuple[Named, ...]:
    """The places that the reader names; for a deed without any, those that its evidence sets it in."""
    sentence = scene.tree.sentences[scene.tree.sentences_of(event.anchor).start].span
    less_sure = [part for part in event.parts["places"] if part.span.meets(sentence)]
    told = _described(scene, event) or places_told(
        scene.cast, scene.near, beside(scene.tree, event, "places"), less_sure
    )
    if (token := scene.tree.at(event.anchor.start)) is not None:
        told = places_below(scene.tree, told, token, scene.known.sets)
        if not scene.known.types[type_].speech:
            told = places_spoken_of(scene.tree, scene.near, told, event.anchor)
    if told or family_of(type_) not in DEEDS:
        return told
    taken = [n.said_at for n in parties]
    return places_of(scene.cast, event.anchor, run, sentence, near.places, taken, strict=True)


def _described(scene: _Scene, event: EventSignal) -> tuple[Named, ...]:
    """The place of which the event word itself tells."""
    token = scene.tree.at(event.anchor.start)
    parts = beside(scene.tree, event, "places")
    return place_described(scene.cast, scene.near, token, parts) if token is not None else ()


def _figures(scene: _Scene, event: EventSignal, runs: Sequence[Span], type_: ClaimType) -> tuple[Figure, ...]:
    """The figures told in the sentences of the evidence that belong to the claim."""
    sentence = scene.tree.sentences[scene.tree.sentences_of(event.anchor).start].span
    touched = sorted({number for span in (*runs, sentence) for number in scene.tree.sentences_of(span)})
    near = {figure.number: figure for number in touched for figure in scene.near[number].figures}
    return figures_told(runs, sentence, event.parts["figures"], near.values(), type_)


def _voices(scene: _Scene, event: EventSignal, said: Attribution | None) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """Sources and relays: those of the attribution that holds the anchor, unless the reader is sure of the contrary.

    Whoever signs the words says them all. A source carried on from an earlier sentence gives way to another one that
    the reader sees.
    """
    if event.sourced >= _SURELY_SAID and (said is None or said.rule == "carried"):
        sources, via = (scene.parties.of(event.parts[role], event.anchor) for role in ("sources", "via"))
        seen = heads_alone(scene.tree, (p.named for p in sources), event.anchor)
        if said is None or (seen and not _is_among(seen, event.parts["sources"], said)):
            return seen, tuple(p.named for p in via)
    quoted = any(
        q.inner.holds(event.anchor) for q in quotations_at(scene.reading.quotations, event.anchor) if not q.scare
    )
    if said is not None and (quoted or event.sourced >= _SURELY_OWN or _is_surely_said(scene.tree, event.anchor, said)):
        return named_voices(said.sources), named_voices(said.via)
    return (), ()


def _is_surely_said(tree: Tree, anchor: Span, said: Attribution) -> bool:
    """Whether the event is all that is said, whatever the reader takes it for: by whoever signs the words, as a view,
    as what a thing is said to be ('the ministry says it is a wing of the Front'), or as a deed lately done to it.
    """
    token = tree.at(anchor.start)
    if token is None or is_signed(said) or said.rule == VIEW or is_lately_done(tree, token):
        return token is not None
    top = tree[token].head
    told = tree[token].dep in ("attr", "acomp") and tree[top].dep == "ccomp"
    return told and said.cue.holds(Span(tree[tree[top].head].start, tree[tree[top].head].end))


def _is_among(seen: Sequence[Named], parts: Sequence[Part], said: Attribution) -> bool:
    """Whether the attribution names one of those seen, or speaks of one in its own words."""
    names = {voice.name for voice in said.sources}
    at = [voice.said_at for voice in said.sources if voice.said_at is not None]
    return any(n.name in names for n in seen) or any(part.span.meets(span) for part in parts for span in at)

"""From event words to claims: evidence, roles, voice and colour, and a toll folded into the attack it comes from."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

import msgspec

from twosource.closed_sets import ClaimType, CueKind, Stance
from twosource.knowledge.actors import ActorTable, ActorWords
from twosource.knowledge.event_types import EventTypes
from twosource.knowledge.events import EventWords, TriggerRule
from twosource.knowledge.inheriting import Inheriting
from twosource.knowledge.leaders import LeaderTable
from twosource.knowledge.telling import Telling
from twosource.knowledge.untold import UntoldWords
from twosource.knowledge.word_sets import WordSets
from twosource.reading.colour import colour_of, innermost
from twosource.reading.evidence import evidence_run
from twosource.reading.merging import Apart, merge_claims
from twosource.reading.nearby import Nearby, nearby
from twosource.reading.roles import Cast, figures_in, fill_role, modifier_parties, places_of, when_of
from twosource.reading.tree import Tree
from twosource.records import Attribution, Claim, Named, Place, Reading, Reason, Time, Trigger, Voice
from twosource.spans import Span, merge_touching

__all__ = ["ClaimKnowledge", "apart_of", "cast_of", "find_claims", "modifier_claims", "named_voices", "timeless"]

_TOLLS = frozenset({ClaimType.KILLS, ClaimType.INJURES})
_DEEDS = frozenset({"force", "persons", "harm", "control", "relief"})
_FAR = 5  # steps between a toll's word and its attack's word in the parse, beyond which they are two claims


class ClaimKnowledge(msgspec.Struct, frozen=True, kw_only=True):
    """What the layer is handed: event words and their frames, types, words for actors, what is worth telling and what
    tells nothing, and what a claim takes from others of its report.
    """

    events: EventWords
    types: EventTypes
    words: ActorWords
    table: ActorTable
    sets: WordSets
    telling: Telling
    untold: UntoldWords
    inheriting: Inheriting
    leaders: LeaderTable


class _Draft(msgspec.Struct, frozen=True, kw_only=True):
    """One event word with the runs that tell of it, and the event words folded into it."""

    trigger: Trigger
    runs: tuple[Span, ...]
    folded: tuple[Trigger, ...] = ()


def find_claims(reading: Reading, tree: Tree, known: ClaimKnowledge) -> tuple[Claim, ...]:
    """The claims of one report, in order of the text; every run and name is verbatim in it."""
    rules = {rule.id: rule for rule in known.events.triggers}
    cast = cast_of(reading, tree, known)
    near = nearby(reading, tree)
    claims = [
        claim
        for draft in _folded(tree, _drafts(reading, tree, near, known), near, known.types)
        for claim in _claims_of(reading.report.id, cast, draft, near[tree[draft.trigger.token].sentence], rules, known)
        if _tells(claim, tree[draft.trigger.token].pos)
    ]
    return merge_claims(claims, reading.report.digest, apart_of(known))


def cast_of(reading: Reading, tree: Tree, known: ClaimKnowledge) -> Cast:
    """What the report offers to fill roles with."""
    mentions = {mention.head: mention for mention in reading.mentions}
    return Cast(
        tree=tree, mentions=mentions, words=known.words, table=known.table, sets=known.sets, leaders=known.leaders
    )


def apart_of(known: ClaimKnowledge) -> Apart:
    """What keeps the claims of one report apart."""
    return Apart(frozenset(t for t, row in known.types.rows.items() if row.apart), known.sets.small)


def modifier_claims(reading: Reading, tree: Tree, near: list[Nearby], cast: Cast, known: ClaimKnowledge) -> list[Claim]:
    """The claims of hyphenated modifiers alone ('X-backed Y', 'Y-held Z'): their form says who stands on which side."""
    modifiers = [trigger for trigger in reading.triggers if trigger.rule.startswith("modifier:")]
    own = msgspec.structs.replace(reading, triggers=tuple(modifiers))
    claims = (
        _modifier_claim(reading.report.id, cast, draft, near[tree[draft.trigger.token].sentence], known)
        for draft in _drafts(own, tree, near, known)
    )
    return [claim for claim in claims if claim is not None]


def _tells(claim: Claim, pos: str) -> bool:
    """Whether it says more than that there was such a thing: 'the attack' alone points at what is told elsewhere."""
    parties = claim.actors or claim.targets
    if claim.type in _TOLLS:
        return bool(claim.figures or claim.targets or claim.negated)
    if pos == "VERB":
        return bool(parties or claim.places or claim.figures)
    return bool(parties or claim.places or claim.figures or claim.negated)


def _kind_of_attack(tree: Tree, trigger: Trigger, run: Span, events: EventWords) -> Trigger:
    """The trigger with the type that the weapon in its clause gives it."""
    words = [tree.lemmas[index] for index in tree.between(run)]
    for rule in events.instruments:
        if trigger.type in rule.over and any(_in_row(words, phrase.lower().split()) for phrase in rule.words):
            return msgspec.structs.replace(trigger, type=rule.type)
    return trigger


def _in_row(words: list[str], phrase: list[str]) -> bool:
    size = len(phrase)
    return any(words[at : at + size] == phrase for at in range(len(words) - size + 1))


def _drafts(reading: Reading, tree: Tree, near: list[Nearby], known: ClaimKnowledge) -> list[_Draft]:
    heads = {trigger.token for trigger in reading.triggers}
    drafts: list[_Draft] = []
    for trigger in reading.triggers:
        said = near[tree[trigger.token].sentence].attributions
        run = evidence_run(tree, trigger, heads, said, known.sets, speech=known.types[trigger.type].speech)
        drafts.append(_Draft(trigger=_kind_of_attack(tree, trigger, run, known.events), runs=(run,)))
    return drafts


def _folded(tree: Tree, drafts: list[_Draft], near: list[Nearby], types: EventTypes) -> list[_Draft]:
    """Tolls folded into the attack that they come from; the rest as they are."""
    by_token = {draft.trigger.token: draft for draft in drafts}
    for draft in drafts:
        if draft.trigger.type not in _TOLLS or _is_none(tree, draft.trigger, near):
            continue
        sentence = tree.sentences[tree[draft.trigger.token].sentence].tokens
        beside = [by_token[token].trigger for token in range(sentence.start, sentence.end) if token in by_token]
        host = _attack_of(tree, draft.trigger, beside, types)
        if host is not None:
            whole = by_token[host.token]
            by_token[host.token] = msgspec.structs.replace(
                whole, runs=merge_touching((*whole.runs, *draft.runs), gap=3), folded=(*whole.folded, draft.trigger)
            )
            del by_token[draft.trigger.token]
    return [by_token[token] for token in sorted(by_token)]


def _is_none(tree: Tree, toll: Trigger, near: list[Nearby]) -> bool:
    """'no casualties' is a claim of its own, not the toll of the attack beside it."""
    negations = [c for c in near[tree[toll.token].sentence].cues if c.kind is CueKind.NEGATION]
    return any(at is not None and tree[at].head == toll.token for at in (tree.at(c.span.start) for c in negations))


def _attack_of(tree: Tree, toll: Trigger, triggers: list[Trigger], types: EventTypes) -> Trigger | None:
    """The nearest of the event words of the sentence whose type takes a toll as its figures."""
    up = {toll.token: 0} | {above: steps + 1 for steps, above in enumerate(tree.ancestors(toll.token))}
    best: tuple[int, int, Trigger] | None = None
    for trigger in triggers:
        if trigger.token == toll.token or not types[trigger.type].harm_in or trigger.rule.startswith("modifier:"):
            continue
        steps = _steps(tree, trigger.token, up)
        if steps is not None and steps <= _FAR and (best is None or (steps, trigger.token) < best[:2]):
            best = (steps, trigger.token, trigger)
    return best[2] if best else None


def _steps(tree: Tree, token: int, up: dict[int, int]) -> int | None:
    """The length of the way between two tokens over their common head; None where it is surely too long."""
    for steps, at in enumerate(itertools.islice(itertools.chain((token,), tree.ancestors(token)), _FAR + 1)):
        if at in up:
            return steps + up[at]
    return None


def _claims_of(
    report: str, cast: Cast, draft: _Draft, near: Nearby, rules: dict[str, TriggerRule], known: ClaimKnowledge
) -> list[Claim]:
    """One claim, or none where a rule of the codebook says that these words carry none."""
    trigger = draft.trigger
    if trigger.rule.startswith("modifier:"):
        claim = _modifier_claim(report, cast, draft, near, known)
        return [claim] if claim is not None else []
    rule = rules[trigger.rule]
    said = innermost(near.attributions, trigger.span)
    kind = known.types[trigger.type]
    colour = colour_of(cast.tree, trigger, rule, near.cues, said, known.sets, standing=kind.standing)
    frame = known.events.frames[rule.frame]
    actors = timeless(fill_role(cast, trigger, frame, frame.actors), near.times)
    own = fill_role(cast, trigger, frame, frame.targets, things=kind.family in _DEEDS)
    targets = _targets(cast, draft, rules, known, own, actors, near)
    if said is None and kind.speech and colour.stance is Stance.ASSERTS:
        said = _own_words(near, trigger)
    sentence = cast.tree.sentences[cast.tree[trigger.token].sentence].span
    parties = [n.said_at for n in (*actors, *targets)]
    run = draft.runs[0]
    claim = Claim(
        id="",
        report=report,
        type=trigger.type,
        evidence=draft.runs,
        trigger=trigger.span,
        actors=actors,
        targets=targets,
        places=places_of(cast, trigger.span, run, sentence, near.places, parties, strict=kind.family not in _DEEDS),
        when=when_of(cast.tree.text, run, sentence, near.times),
        figures=figures_in(draft.runs, near.figures),
        sources=named_voices(said.sources) if said else (),
        via=named_voices(said.via) if said else (),
        stance=colour.stance,
        certainty=colour.certainty,
        status=colour.status,
        negated=colour.negated,
        reasons=(Reason(field="type", rule=trigger.rule, span=trigger.span), *colour.reasons, *_source_reason(said)),
    )
    return [claim]


def _targets(
    cast: Cast,
    draft: _Draft,
    rules: dict[str, TriggerRule],
    known: ClaimKnowledge,
    own: tuple[Named, ...],
    actors: tuple[Named, ...],
    near: Nearby,
) -> tuple[Named, ...]:
    """The event word's own targets, and those whom the tolls folded into it name."""
    found = list(own)
    for toll in draft.folded:
        frame = known.events.frames[rules[toll.rule].frame]
        found += fill_role(cast, toll, frame, frame.targets)
    acting = {n.name for n in actors}
    unique: dict[str, Named] = {}
    for named in found:
        if named.name not in acting and not any(_is_place(named, place) for place in near.places):
            unique.setdefault(named.name, named)
    return timeless(tuple(unique.values()), near.times)


def timeless(names: Iterable[Named], times: Iterable[Time]) -> tuple[Named, ...]:
    """The names without those that are times: 'on Wednesday' is neither whom nor who."""
    return tuple(n for n in names if not any(time.span.meets(n.said_at) for time in times))


def _is_place(named: Named, place: Place) -> bool:
    """A town that is shelled is where, not whom; a state that is attacked is whom."""
    return place.kind != "country" and place.span.meets(named.said_at)


def _own_words(near: Nearby, trigger: Trigger) -> Attribution | None:
    """A speech act whose words are its own attribution: 'vowed that ...' is said by the one who vows."""
    own = [a for a in near.attributions if a.cue.meets(trigger.span)]
    return own[0] if own and own[0].kind in ("direct", "mixed") else None


def named_voices(voices: Iterable[Voice]) -> tuple[Named, ...]:
    """The voices as values of a claim."""
    return tuple(Named(name=v.name, span=v.span, said_at=v.span) for v in voices)


def _source_reason(said: Attribution | None) -> tuple[Reason, ...]:
    return (Reason(field="sources", rule=said.rule, span=said.cue),) if said else ()


def _named_there(tree: Tree, named: Named, near: Nearby) -> list[Place]:
    """The places in the name, or the one behind it: 'town of Karesh'."""
    within = [p for p in near.places if p.span.meets(named.said_at)]
    head = tree.last_in(named.said_at)
    if within or head is None:
        return within
    behind = tree.after(head, "of")
    return [p for p in near.places if any(p.span.start <= tree[noun].start < p.span.end for noun in behind)]


def _is_whereabouts(cast: Cast, named: Named, where: Sequence[Place]) -> bool:
    """Whether the name is a place's, or a word for places: 'Karesh', 'the town of Karesh'; not 'Karesh council'."""
    head = cast.tree.last_in(named.said_at)
    noun = head is not None and cast.tree.lemmas[head] in cast.sets.place_nouns
    return noun or any(place.span.end == named.said_at.end for place in where)


def _modifier_claim(report: str, cast: Cast, draft: _Draft, near: Nearby, known: ClaimKnowledge) -> Claim | None:
    """'X-backed Y': a claim in the report's own voice, or the speaker's where it is quoted."""
    trigger = draft.trigger
    rule = next(r for r in known.events.modifiers.values() if f"modifier:{r.id}" == trigger.rule)
    x, y = modifier_parties(cast, trigger)
    described = cast.tree.lemmas[cast.tree[trigger.token].head]
    if x is None or described in rule.never_with:
        return None
    where = _named_there(cast.tree, y, near) if y is not None else []
    said = innermost(tuple(a for a in near.attributions if a.kind == "direct"), trigger.span)
    actors: tuple[Named, ...] = (x,)
    targets: tuple[Named, ...] = (y,) if y else ()
    places: tuple[Named, ...] = ()
    type_ = trigger.type
    if rule.of_places is not None and y is not None and _is_whereabouts(cast, y, where):
        type_ = rule.of_places
    if rule.places or type_ is not trigger.type:
        places = tuple(Named(name=p.name, span=p.span, said_at=p.span) for p in where) or targets
        targets = ()
    if rule.swap:
        actors, targets = targets, actors
    if rule.mutual:
        actors, targets = (*actors, *targets), ()
    standing = known.types[type_].standing
    colour = colour_of(cast.tree, trigger, None, (), None, known.sets, standing=standing)
    return Claim(
        id="",
        report=report,
        type=type_,
        evidence=draft.runs,
        trigger=trigger.span,
        actors=actors,
        targets=targets,
        places=places,
        sources=named_voices(said.sources) if said else (),
        status=colour.status,
        reasons=(Reason(field="type", rule=trigger.rule, span=trigger.span),),
    )

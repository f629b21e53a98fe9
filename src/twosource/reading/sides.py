"""Who stands on which side of an event: what the trained reader sees and what the parse shows, weighed together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

import msgspec

from twosource.closed_sets import ActorKind, ClaimType, family_of
from twosource.knowledge.events import Frame
from twosource.reading.claims import ClaimKnowledge, named_voices
from twosource.reading.elsewhere import Elsewhere
from twosource.reading.evidence import holding_verb
from twosource.reading.parties import Parties, Party
from twosource.reading.roles import Cast, fill_role, is_undergone
from twosource.reading.signals import EventSignal, Part
from twosource.reading.tree import Tree
from twosource.records import Attribution, Named, Reading, Trigger
from twosource.spans import Span

__all__ = ["Sides", "beside", "without_speakers"]

_NEARLY = 0.8  # how sure a part is to be against the surest of its role
_GRAMMAR, _BOTH = 0.7, 0.3
"""What a party counts that the parse alone shows, and how much more one counts that the reader and the parse show."""

_TELLERS = frozenset({ActorKind.ANONYMOUS, ActorKind.MONITOR, ActorKind.AGENCY, ActorKind.OUTLET})
_WITNESSES = _TELLERS | {ActorKind.CIVILIANS}
_VERBAL = ("VERB", "AUX")


class Sides:
    """Answers who does it and to whom, for the events of one report."""

    def __init__(self, reading: Reading, cast: Cast, parties: Parties, known: ClaimKnowledge) -> None:
        self._tree = cast.tree
        self._cast = cast
        self._parties = parties
        self._known = known
        self._triggers = {t.token: t for t in reading.triggers if not t.rule.startswith("modifier:")}
        self._elsewhere = Elsewhere(cast.tree, self._triggers, known.sets)
        self._rules = {rule.id: rule for rule in known.events.triggers}
        names = (place.span.of(cast.tree.text) for place in reading.places if place.kind != "country")
        self._towns = frozenset(name for name in names if not known.table.find(name))
        self._plain = next(iter(known.events.frames.values()))
        self._frames: dict[tuple[int, ClaimType], Frame | None] = {}

    def of(
        self, event: EventSignal, token: int, type_: ClaimType, said: Attribution | None
    ) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
        """The actors and the targets: nobody stands on both sides, but on the one for which more speaks.

        ``token`` is the event word, ``said`` the attribution that holds it.
        """
        acting, hit = (self._weighed(event, token, type_, role) for role in ("actors", "targets"))
        acting, hit = self._without_others(token, type_, acting, hit)
        acting, hit = self._held_to_account(token, type_, *self._against(token, acting, hit))
        borne = self._borne(token, type_)
        hit = [p for p in hit if p.named.name not in borne]
        if said is not None and not self._known.types[type_].speech:
            acting, hit = (without_speakers(side, said) for side in (acting, hit))
        befallen = self._befallen(token, type_)
        known = {p.named.name for p in hit}
        hit += [p for p in acting if p.named.name in befallen - known]
        acting = [p for p in acting if p.named.name not in befallen]
        sure = {p.named.name: p.score for p in hit}
        acting = [p for p in acting if p.score >= sure.get(p.named.name, 0.0)]
        names = {p.named.name for p in acting}
        hit = [p for p in hit if p.named.name not in names]
        kind = self._known.types[type_]
        if kind.one_sided:
            hit = [p for p in hit if p.named.name in self._towns]
        if kind.symmetric:
            return _each_once((*acting, *hit)), ()
        actors = _surest(acting)
        speaks = self._is_first_person(token) or (kind.speech and not actors)
        if speaks and said is not None and said.sources:
            actors = named_voices(said.sources)
        return actors, _surest(hit)

    def parted(self, targets: Sequence[Named]) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
        """Of what an event hits those who are somebody, and the towns: a town that is shelled is where, not whom.

        A capital that stands for its state is somebody.
        """
        somebody = tuple(named for named in targets if named.name not in self._towns)
        return somebody, tuple(named for named in targets if named.name in self._towns)

    def _is_deed(self, party: Party) -> bool:
        """Whether the words tell of a deed and not of anybody: 'an airstrike' does nothing, 'its allies' may."""
        words = self._tree.between(party.phrase)
        heads = [n for n in words if self._tree[n].head not in words]
        told = [n for n in heads if n in self._triggers and self._tree[n].pos == "NOUN"]
        return any(family_of(self._triggers[n].type) != "support" or self._tree.bearers(n) for n in told)

    def _without_others(
        self, token: int, type_: ClaimType, acting: list[Party], hit: list[Party]
    ) -> tuple[list[Party], list[Party]]:
        """The two sides without deeds, and without those who do or suffer something else; arms as on either side."""
        other = self._elsewhere
        joined = [[p for p in side if not other.is_joined_behind(self._head(p), token)] for side in (acting, hit)]
        acting = [p for p in joined[0] if not self._is_deed(p) and not other.acts(self._head(p), token)]
        hit = [p for p in joined[1] if not other.is_no_target(self._head(p), token, type_)]
        struck = (self._parties.as_hit(p) for p in hit)
        return [self._parties.with_owner(p) for p in acting], [p for p in struck if p is not None]

    def _head(self, party: Party) -> int:
        """The token of the party's words that hangs outside them."""
        head = self._tree.head_of(party.phrase)
        return head if head is not None else self._tree.between(party.phrase).start

    def _against(self, token: int, acting: list[Party], hit: list[Party]) -> tuple[list[Party], list[Party]]:
        """The two sides, where the event word's adjective says whom it is against: 'an anti-rebel operation'."""
        text, against = self._tree.text, "anti-"
        turned = [p for p in acting if p.phrase.of(text).lower().startswith(against)]
        turned = [p for p in turned if self._tree[self._head(p)].head == token and self._head(p) < token]
        if not turned:
            return acting, hit
        spans = [Span(p.phrase.start + len(against), p.phrase.end) for p in turned]
        named = [self._parties.in_full(Named(name=s.of(text), span=s, said_at=s)) for s in spans]
        fought = [msgspec.structs.replace(p, named=one) for p, one in zip(turned, named, strict=True)]
        return [p for p in acting if p not in turned], [*hit, *fought]

    def _borne(self, token: int, type_: ClaimType) -> Set[str]:
        """Who is meant by a word for somebody who does it, and so is nobody's target: 'its sponsors, including X'."""
        frame = self._frame(token, type_)
        if frame is None or "bearer" not in frame.actors or "bearer" in frame.targets:
            return frozenset()
        named = fill_role(self._cast, self._trigger(token, type_), frame, ("bearer",))
        return {self._parties.in_full(one).name for one in named}

    def _held_to_account(
        self, token: int, type_: ClaimType, acting: list[Party], hit: list[Party]
    ) -> tuple[list[Party], list[Party]]:
        """The two sides, where somebody is held to account for the event: 'accused the army of shelling the camp'.

        The accused is who does it; whoever accuses is on neither side. The reader may point at 'accused' itself.
        """
        verbs, own = self._known.sets.accusing, self._triggers.get(token)
        charges = own is not None and own.type is ClaimType.ACCUSES and self._tree.lemmas[token] in verbs
        verb = token if charges else holding_verb(self._tree, token, verbs)
        if verb is None or self._known.types[type_].speech:
            return acting, hit
        trigger = self._trigger(verb, type_)
        accusers, accused = (
            [self._parties.in_full(named) for named in fill_role(self._cast, trigger, self._plain, (slot,))]
            for slot in ("agent", "patient")
        )
        names = {named.name for named in (*accusers, *accused)}
        held = [Party(named=named, phrase=named.said_at, score=1.0) for named in accused]
        acting, hit = ([p for p in side if p.named.name not in names] for side in (acting, hit))
        return held + [p for p in acting if not held or p.phrase.start > trigger.span.end], hit

    def _is_first_person(self, token: int) -> bool:
        """Whether the subject of the event word is 'we' or 'I': whoever is quoted."""
        subject = self._tree.subject(token) if self._tree[token].pos in _VERBAL else None
        return subject is not None and self._tree.words[subject] in self._known.sets.first_persons

    def _weighed(self, event: EventSignal, token: int, type_: ClaimType, role: str) -> list[Party]:
        """The parties that the reader or the parse sees in the role; what both see counts for more.

        Those joined with one whom both see stand with it: 'the army and its allies'.
        """
        told = self._parties.of(beside(self._tree, event, role), event.anchor)
        named = [self._parties.in_full(one) for one in self._by_grammar(token, type_, role)]
        shown = [Party(named=one, phrase=one.said_at, score=_GRAMMAR) for one in named]
        both = {self._joint(p): p.score + _BOTH for p in reversed(told) if any(_are_one(p, own) for own in shown)}
        more = [own for own in shown if not any(_are_one(p, own) for p in told)]
        if not both:
            return [*told, *more]
        seen = [(p, both.get(self._joint(p), p.score)) for p in (*told, *more)]
        tells = role == "actors"
        return [p if tells and self._is_behind_teller(p) else _scored(p, score) for p, score in seen]

    def _joint(self, party: Party) -> int | Span:
        """The first of the words joined by 'and' to which the party belongs."""
        head = self._tree.head_of(party.phrase)
        if head is None:
            return party.phrase
        for above in (head, *self._tree.ancestors(head)):
            if self._tree[above].dep != "conj":
                return above
        return head

    def _is_behind_teller(self, party: Party) -> bool:
        """Whether the party is somebody who only tells of events, or is joined behind one.

        'bombed by the air force, monitors, medics and the opposition said'.
        """
        first = self._joint(party)
        joined = self._tree.conjuncts(first) if isinstance(first, int) else []
        mentions = [self._cast.mentions.get(n) for n in joined[1:] if n <= self._head(party)]
        return any(mention is not None and mention.kind in _WITNESSES for mention in mentions)

    def _by_grammar(self, token: int, type_: ClaimType, role: str) -> tuple[Named, ...]:
        """The parties by the frame of the event word; without one, a verb's own subject or object."""
        word = self._tree[token]
        here = Span(word.start, word.end)
        frame = self._frame(token, type_)
        if frame is not None:
            slots = frame.actors if role == "actors" else frame.targets
        elif word.pos == "VERB":
            usual = self._known.events.usual_frames.get((type_, word.pos))
            frame = self._known.events.frames[usual] if usual else self._plain
            slots = frame.actors if role == "actors" else frame.targets
        else:
            return ()
        named = fill_role(self._cast, self._trigger(token, type_), frame, slots)
        return tuple(n for n in named if not here.holds(n.said_at) and not self._parties.is_time(n.said_at))

    def _trigger(self, token: int, type_: ClaimType) -> Trigger:
        """The rules' own trigger at the word, else one for the word alone."""
        word = self._tree[token]
        here = Span(word.start, word.end)
        return self._triggers.get(token) or Trigger(span=here, token=token, type=type_, rule="grammar")

    def _befallen(self, token: int, type_: ClaimType) -> Set[str]:
        """Whom the event befalls by its frame, or by the verb that carries it, though the reader may see them do it.

        'they lost the town', 'they faced an attack'.
        """
        frame = self._frame(token, type_)
        named: tuple[Named, ...] = ()
        if frame is not None and not frame.actors:
            named = self._by_grammar(token, type_, "targets")
        elif is_undergone(self._cast, token):
            named = fill_role(self._cast, self._trigger(token, type_), self._plain, ("outer_patient",))
        return {self._parties.in_full(one).name for one in named}

    def _frame(self, token: int, type_: ClaimType) -> Frame | None:
        """The frame of the rule that knows the word; the type's usual one for a noun, or where the rule's is another.

        What befalls its subject has the frame of those who suffer: 'they fled', where 'they drove out' has an object.
        """
        if (token, type_) not in self._frames:
            self._frames[token, type_] = self._find_frame(token, type_)
        return self._frames[token, type_]

    def _find_frame(self, token: int, type_: ClaimType) -> Frame | None:
        word, events = self._tree[token], self._known.events
        trigger = self._triggers.get(token)
        usual = events.usual_frames.get((type_, word.pos))
        if trigger is not None:
            types = self._known.types
            mutual = types[trigger.type].symmetric is not types[type_].symmetric
            other = (mutual or family_of(trigger.type) != family_of(type_)) and usual is not None
            return events.frames[usual if other and usual else self._rules[trigger.rule].frame]
        if word.pos == "NOUN":
            return events.frames[usual] if usual else None
        bare = word.pos == "VERB" and not self._tree.is_passive(token) and not self._tree.under(token, ("dobj",))
        return events.frames["suffers"] if bare and self._known.types[type_].befalls else None


def _are_one(a: Party, b: Party) -> bool:
    return a.named.name == b.named.name or a.phrase.meets(b.phrase)


def _scored(party: Party, score: float) -> Party:
    return msgspec.structs.replace(party, score=score) if score != party.score else party


def _surest(parties: Sequence[Party]) -> tuple[Named, ...]:
    if len(parties) < 2:
        return tuple([party.named for party in parties])
    surest = max([party.score for party in parties])
    return _each_once(party for party in parties if party.score >= _NEARLY * surest)


def _each_once(parties: Iterable[Party]) -> tuple[Named, ...]:
    """The names in order, the first of those that are the same."""
    found: dict[str, Named] = {}
    for party in parties:
        found.setdefault(party.named.name, party.named)
    return tuple(found.values())


def without_speakers(parties: list[Party], said: Attribution) -> list[Party]:
    """The parties without those that stand where the source or the relay is named, as long as any other is left.

    Whoever only tells of events, an unnamed source, a monitor or an agency, goes in any case.
    """
    voices = [(voice.kind, voice.said_at or voice.span) for voice in (*said.sources, *said.via)]
    others = [p for p in parties if not any(span.meets(p.phrase) for _, span in voices)]
    return others or [p for p in parties if not any(k in _TELLERS and span.meets(p.phrase) for k, span in voices)]


def beside(tree: Tree, event: EventSignal, role: str) -> list[Part]:
    """The parts of a role in the event's own sentence, else all, without those much less sure than the surest."""
    told = event.parts[role]
    if len(told) < 2:
        return list(told)
    sentence = tree.sentences[tree.sentences_of(event.anchor).start].span
    parts = [part for part in told if part.span.meets(sentence)] or list(told)
    surest = max((part.score for part in parts), default=0.0)
    return [part for part in parts if part.score >= _NEARLY * surest]

"""Attributions from what a trained reader tells of a text: sources under their fullest names, relays, stance, carry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from twosource.closed_sets import ActorKind, Stance
from twosource.ids import make_id
from twosource.knowledge.acts import ActWords
from twosource.knowledge.bylines import Bylines
from twosource.knowledge.reporting import ReportingRule, ReportingWords
from twosource.knowledge.speakers import SpeakerWords
from twosource.reading.carrying import carried_attributions, own_modifiers, own_voice
from twosource.reading.signals import Signals, SpeechReader, Utterance
from twosource.reading.speakers import Speakers
from twosource.reading.tree import Tree
from twosource.reading.writers import find_writers
from twosource.records import Attribution, AttributionKind, Quotation, Reading, Voice
from twosource.spans import Span, merge_touching

__all__ = ["OutletTable", "SpeechKnowledge", "hear", "read_attributions"]

_QUOTED_WHOLE = 0.9
_RELAYS = frozenset({ActorKind.AGENCY, ActorKind.OUTLET})


class OutletRow(Protocol):
    """One agency or outlet."""

    @property
    def kind(self) -> ActorKind:
        """Agency or outlet."""
        ...


class OutletTable(Protocol):
    """A table of agencies and outlets, found by any of their names."""

    def find(self, name: str) -> Sequence[OutletRow]:
        """The rows that go by the name."""
        ...


class SpeechKnowledge(msgspec.Struct, frozen=True, kw_only=True):
    """What the layer is handed: the trained reader, the words for reporting, speakers and bylines, and the outlets."""

    reader: SpeechReader
    words: ReportingWords
    speakers: SpeakerWords
    bylines: Bylines
    acts: ActWords
    modifiers: frozenset[str]
    """Participles that are claims behind a hyphen, such as 'held' in 'rebel-held'."""
    outlets: OutletTable
    digest: str = ""


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """One report at work: its reading, its parse, what the reader told of it, and who speaks in it."""

    reading: Reading
    tree: Tree
    signals: Signals
    speakers: Speakers
    known: SpeechKnowledge


def hear(batch: Sequence[Reading], known: SpeechKnowledge) -> list[Signals]:
    """What the trained reader tells of each report; attributions and words of doubt both rest on it."""
    return [known.reader.read(reading.report.text) for reading in batch]


def read_attributions(
    batch: Sequence[Reading], known: SpeechKnowledge, heard: Sequence[Signals] | None = None
) -> list[tuple[Attribution, ...]]:
    """The attributions of each reading, in order of their cues; a reading needs its tokens and quotations.

    Each stands on its own report alone. Those of kind 'carried' keep the source of an earlier one; those of kind 'own'
    have no source and mark the report's own voice inside another's words. ``heard`` is what ``hear`` told of the batch,
    where it has been asked already.
    """
    told = hear(batch, known) if heard is None else heard
    return [_of_report(reading, signals, known) for reading, signals in zip(batch, told, strict=True)]


def _of_report(reading: Reading, signals: Signals, known: SpeechKnowledge) -> tuple[Attribution, ...]:
    tree = Tree(reading)
    scene = Scene(
        reading=reading,
        tree=tree,
        signals=signals,
        speakers=Speakers(tree, known.speakers, lambda name: bool(known.outlets.find(name))),
        known=known,
    )
    found: list[Attribution] = []
    heard: list[Voice] = []
    for utterance in sorted(scene.signals.utterances, key=_place):
        one = _attribution(scene, utterance, heard)
        found.append(one)
        if one.counts:
            heard += one.sources
    found = _relayed(found)
    found += find_writers(reading.report, known.bylines)
    found += carried_attributions(scene.reading, scene.signals, found)
    found += own_voice(scene.reading, scene.signals, found)
    found += own_modifiers(scene.reading, tree, known.modifiers, found)
    return tuple(sorted(found, key=lambda one: (one.cue, one.content, one.kind)))


def _place(utterance: Utterance) -> Span:
    return utterance.source[0] if utterance.source else utterance.cue


def _attribution(scene: Scene, utterance: Utterance, heard: Sequence[Voice]) -> Attribution:
    text = scene.reading.report.text
    content = tuple(part for part in (span.trimmed(text) for span in utterance.content) if len(part))
    rule = _rule(scene, utterance.cue)
    named = scene.speakers.voices(_not_told(scene, utterance), heard) if utterance.source else ()
    sources = tuple(_as_outlet(scene, voice) for voice in named)
    quoted = _quoted(scene, utterance, heard)
    told = _told(scene, utterance, sources)
    return Attribution(
        id=make_id("attribution", scene.reading.report.digest, utterance.cue, content),
        cue=utterance.cue,
        sources=quoted or sources,
        via=(*sources, *told) if quoted else told,
        content=content,
        kind=_kind(scene.reading.quotations, content),
        stance=_stance(scene, utterance.cue, rule),
        rule=f"reader:{rule.id}" if rule else "reader",
        counts=bool(sources) and _counts(scene, utterance, content),
    )


def _not_told(scene: Scene, utterance: Utterance) -> Span:
    """The words of the source; the subject of 'told' where the reader took the one who was told."""
    tree, said = scene.tree, utterance.source[0]
    for verb in scene.speakers.inside(utterance.cue):
        objects = tree.under(verb, ("dobj", "dative"))
        subjects = tree.under(verb, ("nsubj",))
        if tree[verb].lemma == "tell" and subjects and any(n in objects for n in scene.speakers.inside(said)):
            return tree.span([n for n in tree.subtree(subjects[0]) if n < verb] or subjects)
    return said


def _quoted(scene: Scene, utterance: Utterance, heard: Sequence[Voice]) -> tuple[Voice, ...]:
    """Who is quoted in 'the agency quoted a doctor as saying' or 'the paper reported, citing diplomats'."""
    tree = scene.tree
    for verb in _relaying(scene, utterance):
        for noun in tree.under(verb, ("dobj", "pobj")):
            below = [n for n in tree.subtree(noun) if n <= noun or tree[n].dep in ("prep", "pobj", "compound", "det")]
            if tree[noun].pos == "PROPN" or scene.known.speakers.kind_of(tree[noun].lemma) is not None:
                return tuple(_as_outlet(scene, voice) for voice in scene.speakers.voices(tree.span(below), heard))
    return ()


def _relaying(scene: Scene, utterance: Utterance) -> list[int]:
    """The verbs of quoting and citing in the cue, in what describes the source, beside the cue or above it."""
    tree, words = scene.tree, scene.known.words.verbs
    cue = list(scene.speakers.inside(utterance.cue))
    said = [n for span in utterance.source for n in scene.speakers.inside(span)]
    near = [child for n in (*cue, *said) for child in tree.under(n, ("advcl", "acl", "prep"))]
    near += (
        [n for n in range(cue[-1] + 1, min(cue[-1] + 5, len(tree.tokens))) if tree[n].text == "citing"] if cue else []
    )
    above = [n for first in cue[:1] for n in list(tree.ancestors(first))[:2] if tree[first].tag == "VBG"]
    found = dict.fromkeys((*cue, *said, *near, *above))
    return [n for n in found if (rule := words.get(tree[n].lemma.lower())) and rule.relay]


def _counts(scene: Scene, utterance: Utterance, content: Sequence[Span]) -> bool:
    """Whether the source is one by the codebook: no attitude or act, no 'we' of another's quotation, a likely voice."""
    if _is_own_we(scene, utterance) or (_is_act(scene, utterance.cue) and not _is_quoted(scene, content)):
        return False
    return _voice(scene.signals, content) >= COUNTED


def _is_act(scene: Scene, cue: Span) -> bool:
    """Whether the last verb of the cue is one of an act or an attitude."""
    verbs = [n for n in scene.speakers.inside(cue) if scene.tree[n].pos == "VERB"]
    return bool(verbs) and scene.tree[verbs[-1]].lemma.lower() in scene.known.acts.verbs


def _is_quoted(scene: Scene, content: Sequence[Span]) -> bool:
    whole = sum(len(span) for span in content)
    return 2 * sum(q.inner.shared(span) for q in scene.reading.quotations for span in content) >= whole


def _is_own_we(scene: Scene, utterance: Utterance) -> bool:
    """'I' and 'we' inside a quotation are its speaker, whom the attribution around it names."""
    words = utterance.source[0].of(scene.tree.text).lower() if utterance.source else ""
    inside = any(quotation.inner.holds(utterance.cue) for quotation in scene.reading.quotations)
    return inside and words in ("i", "we")


COUNTED = 0.5
"""From this mean probability on, the words of an attribution count as its source's claims; see the model card."""


def _voice(signals: Signals, content: Sequence[Span]) -> float:
    whole = sum(len(span) for span in content)
    return sum(signals.voice(span) * len(span) for span in content) / whole if whole else 0.0


def _rule(scene: Scene, cue: Span) -> ReportingRule | None:
    """The row of the first reporting verb in the cue."""
    lemmas = (scene.tree[n].lemma.lower() for n in scene.speakers.inside(cue))
    return next((rule for lemma in lemmas if (rule := scene.known.words.verbs.get(lemma))), None)


def _stance(scene: Scene, cue: Span, rule: ReportingRule | None) -> Stance:
    """The stance of the verb; 'did not deny' is a confirmation of a kind."""
    if rule is None:
        return Stance.ASSERTS
    negated = any(scene.tree[n].dep == "neg" for n in scene.speakers.inside(cue))
    if negated and rule.stance is Stance.DENIES:
        return Stance.CONFIRMS
    return rule.stance


def _kind(quotations: Sequence[Quotation], content: Sequence[Span]) -> AttributionKind:
    quoted = sum(quotation.inner.shared(span) for quotation in quotations for span in content)
    if quoted >= _QUOTED_WHOLE * sum(len(span) for span in content):
        return AttributionKind.DIRECT
    return AttributionKind.MIXED if quoted else AttributionKind.INDIRECT


def _as_outlet(scene: Scene, voice: Voice) -> Voice:
    """The voice with the kind that the table of outlets gives its name, if it does."""
    rows = scene.known.outlets.find(voice.name)
    return msgspec.structs.replace(voice, kind=rows[0].kind) if rows else voice


def _told(scene: Scene, utterance: Utterance, sources: Sequence[Voice]) -> tuple[Voice, ...]:
    """The agency or outlet that was told: named in the cue, right behind it, or in what describes the source."""
    said = [utterance.cue, *utterance.source]
    tokens = sorted({n for span in said for n in scene.speakers.inside(span)})
    behind = list(range(tokens[-1] + 1, min(tokens[-1] + 5, len(scene.tree.tokens)))) if tokens else []
    found: list[Voice] = []
    for n in tokens + [m for m in behind if not _in_any(scene, m, utterance.content)]:
        if not _is_told(scene, n):
            continue
        for voice in scene.speakers.voices(_noun_span(scene, n), ()):
            outlet = _as_outlet(scene, voice)
            named = {v.name for v in (*found, *sources)}
            if outlet.kind in _RELAYS and outlet.name not in named:
                found.append(outlet)
    return tuple(found)


def _in_any(scene: Scene, n: int, spans: Sequence[Span]) -> bool:
    token = scene.tree[n]
    return any(span.start <= token.start < span.end for span in spans)


def _is_told(scene: Scene, n: int) -> bool:
    """Whether the noun hangs on 'told', 'spoke to', 'in an interview with', and not on the source itself."""
    tree = scene.tree
    if tree[n].pos not in ("PROPN", "NOUN") or tree[n].dep not in ("dobj", "dative", "pobj"):
        return False
    above = tree[n].head
    if tree[above].pos == "ADP":
        return tree[above].text.lower() in ("to", "with") and tree[tree[above].head].lemma.lower() in _SPEAKING
    return tree[above].lemma.lower() in ("tell", "inform")


_SPEAKING = frozenset(
    {"speak", "say", "talk", "interview", "remark", "statement", "comment", "phone", "add", "confirm"}
)


def _noun_span(scene: Scene, n: int) -> Span:
    tree = scene.tree
    below = [m for m in tree.subtree(n) if m <= n and tree[m].dep in ("compound", "amod", "nmod", "poss", "case")]
    return tree.span([*below, n] if below else [n])


def _relayed(found: list[Attribution]) -> list[Attribution]:
    """Nested speech: outlets that report that somebody said a thing become relays of what is said inside."""
    done: list[Attribution] = []
    for one in found:
        around = sorted(
            (o for o in found if o is not one and o.counts and _is_inside(one, o)),
            key=lambda o: sum(map(len, o.content)),
        )
        via = list(one.via)
        names = {voice.name for voice in (*one.via, *one.sources)}
        for outer in around:
            for voice in outer.sources:
                if voice.name not in names:
                    via.append(voice)
                    names.add(voice.name)
        done.append(msgspec.structs.replace(one, via=tuple(via)))
    return done


def _is_inside(inner: Attribution, outer: Attribution) -> bool:
    """Whether the outer content holds the inner cue and source."""
    whole = merge_touching(outer.content, 2)
    parts = [inner.cue, *(voice.said_at for voice in inner.sources if voice.said_at)]
    return all(any(span.holds(part) for span in whole) for part in parts)

"""Attributions from what a trained reader tells of a text: sources under their fullest names, relays, stance, carry."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from twosource.closed_sets import ActorKind, Stance
from twosource.ids import make_id
from twosource.knowledge.reporting import ReportingRule
from twosource.reading.carrying import carried_attributions
from twosource.reading.contents import in_clauses, whole_contents
from twosource.reading.headlines import headline_attributions
from twosource.reading.hearers import find_told
from twosource.reading.joined_sources import whole_source
from twosource.reading.naming_later import named_later
from twosource.reading.overheard import overheard_attributions, viewed_attributions
from twosource.reading.own_voice import own_relations, own_voice
from twosource.reading.quotations import quotations_at
from twosource.reading.relays import carried_relays, find_quoted, named_relays, relayed
from twosource.reading.signals import Signals, Utterance
from twosource.reading.speakers import Speakers, is_pronoun
from twosource.reading.speech import OutletTable, Scene, SpeechKnowledge
from twosource.reading.speeches import whole_speeches
from twosource.reading.transcripts import is_own_label
from twosource.reading.tree import CLAUSES, Tree
from twosource.reading.writers import find_writers, with_writers
from twosource.records import Attribution, AttributionKind, Quotation, Reading, Voice
from twosource.spans import Span, SpanIndex

__all__ = ["OutletTable", "SpeechKnowledge", "hear", "read_attributions"]

COUNTED = 0.4
"""From this mean probability on, the words of an attribution count as its source's claims; see the model card."""
COUNTED_PLAIN = 0.2
"""The same for cues that always name a source: 'said', 'claimed', 'according to'."""

_QUOTED_WHOLE = 0.9
_BESIDE = 12  # code points between two cues of one utterance
_NEAR = 9  # words behind 'said' in which its subject can stand
_OBJECTS = frozenset({"dobj", "pobj", "dative"})


def hear(batch: Sequence[Reading], known: SpeechKnowledge, *, sentences_alone: bool = False) -> list[Signals]:
    """What the trained reader tells of each report; attributions and words of doubt both rest on it.

    ``sentences_alone`` has it read the sentences of the reading, where some of the text was passed over.
    """
    if sentences_alone:
        return [known.reader.read(one.report.text, [s.span for s in one.sentences]) for one in batch]
    return [known.reader.read(one.report.text) for one in batch]


def read_attributions(
    batch: Sequence[Reading],
    known: SpeechKnowledge,
    heard: Sequence[Signals] | None = None,
    trees: Sequence[Tree] | None = None,
) -> list[tuple[Attribution, ...]]:
    """The attributions of each reading, in order of their cues; a reading needs its tokens and quotations.

    Each stands on its own report alone. Those of kind 'carried' keep the source of an earlier one; those of kind 'own'
    have no source and mark the report's own voice inside another's words. ``heard`` is what ``hear`` told of the batch,
    where it has been asked already; ``trees`` are the parses of the batch, where they have been made.
    """
    told = hear(batch, known) if heard is None else heard
    parses = [Tree(reading) for reading in batch] if trees is None else trees
    return [_of_report(*one, known) for one in zip(batch, parses, told, strict=True)]


def _of_report(reading: Reading, tree: Tree, signals: Signals, known: SpeechKnowledge) -> tuple[Attribution, ...]:
    whole = [whole_source(tree, utterance) for utterance in signals.utterances]
    signals = msgspec.structs.replace(signals, utterances=tuple(whole))
    scene = Scene(
        reading=reading,
        tree=tree,
        signals=signals,
        speakers=Speakers(tree, known.speakers, lambda name: bool(known.outlets.find(name)), _where(reading)),
        known=known,
    )
    found: list[Attribution] = []
    heard: list[Voice] = []
    for utterance in sorted(_without_echoes(scene), key=_place):
        one = _attribution(scene, utterance, heard)
        found.append(one)
        heard += [voice for voice in one.sources if not is_pronoun(voice)]
    found = relayed(named_later(scene, found))
    found += overheard_attributions(scene, found)
    found = carried_relays(named_relays(tree.text, viewed_attributions(scene, found)))
    found = with_writers(found, find_writers(reading.report, known.bylines))
    found += headline_attributions(reading, signals, found)
    found += carried_attributions(scene.reading, scene.signals, found)
    found += own_voice(scene.reading, tree, scene.signals, found)
    found += own_relations(scene.reading, tree, known.standing, found)
    found += whole_speeches(reading, found)
    return tuple(sorted(found, key=lambda one: (one.cue, one.content, one.kind)))


def _without_echoes(scene: Scene) -> list[Utterance]:
    """The utterances without the slips: cues that are no word of saying, in another's source or right before its cue.

    'just last month confirmed that': the reader may take 'last' for a cue beside 'confirmed'.
    """
    heard = scene.signals.utterances
    slips = [one for one in heard if scene.rule(one.cue) is None]
    sources = SpanIndex([one.source[0] if one.source else one.cue for one in heard])
    echoes = [one for one in slips if one.source and any(_echoes(one, heard[at]) for at in sources.near(one.source[0]))]
    return [one for one in heard if one not in echoes]


def _echoes(one: Utterance, other: Utterance) -> bool:
    """Whether the first is told of the same source as the other, inside its words or right before its cue."""
    same = bool(one.source and other.source) and one.source[0].meets(other.source[0])
    if same and other.source[0].holds(one.cue):
        return True
    near = 0 <= other.cue.start - one.cue.end <= _BESIDE
    return one is not other and same and near and any(part.holds(other.cue) for part in one.content)


def _where(reading: Reading) -> list[Span]:
    """The names of the report that are places' beyond doubt."""
    return [place.span for place in reading.places if place.place is not None]


def _place(utterance: Utterance) -> Span:
    return utterance.source[0] if utterance.source else utterance.cue


def _attribution(scene: Scene, utterance: Utterance, heard: Sequence[Voice]) -> Attribution:
    whole = whole_contents(scene.reading, utterance)
    content = in_clauses(scene.tree, utterance, whole, scene.wordings.reporting)
    rule = scene.rule(utterance.cue)
    said = _speaking(scene, utterance) if utterance.source else _own_subject(scene, utterance)
    sources = scene.voices(said, heard) if said else _reports(scene, utterance.cue)
    quoted, quoting = find_quoted(scene, utterance, heard)
    told = find_told(scene, utterance, sources)
    return Attribution(
        id=make_id("attribution", scene.reading.report.digest, utterance.cue, content),
        cue=utterance.cue,
        sources=quoted or sources or _as_written(scene, said),
        via=_relays(quoted, (*(quoting or sources), *told)) if quoted else told,
        content=content,
        kind=_kind(scene.reading.quotations, content),
        stance=_stance(scene, utterance.cue, rule),
        rule=f"reader:{rule.id}" if rule else "reader",
        counts=bool(quoted or sources) and _counts(scene, utterance, content),
    )


def _as_written(scene: Scene, said: Span | None) -> tuple[Voice, ...]:
    """A pronoun that nobody is found for, as it stands: 'I', 'they'. Such a source never counts."""
    if said is None:
        return ()
    return (Voice(name=said.of(scene.reading.report.text), span=said, kind=ActorKind.GENERIC, said_at=said),)


def _reports(scene: Scene, cue: Span) -> tuple[Voice, ...]:
    """'reports' that nobody is named for are a source of their own: 'following reports that the bridge had fallen'."""
    phrases = scene.speakers.phrases
    for n in phrases.inside(cue):
        if scene.tree[n].tag == "NNS" and scene.tree.lemmas[n] in scene.wordings.accounts:
            inside = range(max(0, n - 2), n + 1)
            span = phrases.described(n, inside)
            return (Voice(name=span.of(scene.tree.text), span=span, kind=ActorKind.DOCUMENT, said_at=span),)
    return ()


def _relays(quoted: Sequence[Voice], relays: Sequence[Voice]) -> tuple[Voice, ...]:
    """The relays without those quoted and without the same one twice."""
    named = {voice.name for voice in quoted}
    return tuple({voice.name: voice for voice in relays if voice.name not in named}.values())


def _speaking(scene: Scene, utterance: Utterance) -> Span:
    """The words of the source; the subject of the cue's verb where the reader took an object for it."""
    tree, said = scene.tree, _in_one_sentence(scene, utterance)
    inside = scene.speakers.inside(said)
    for verb in scene.speakers.inside(utterance.cue):
        subject = tree.subject(verb) if tree[verb].pos == "VERB" else None
        if not inside or subject is None or subject in inside or tree[subject].pos not in ("NOUN", "PROPN"):
            continue
        head = scene.speakers.head(inside)
        told = tree[verb].lemma == "tell" and head in tree.under(verb, ("dobj", "dative"))
        saying = tree[verb].tag == "VBG" and tree[verb].dep == "advcl" and tree[head].dep in _OBJECTS
        if (
            told
            or saying
            or (not _is_citing(scene, verb) and _is_aside(scene, head, subject, verb))
            or _is_paper(scene, utterance.cue, subject, verb)
        ):
            return _subject_words(scene, subject, verb)
    return _behind_cue(scene, utterance, inside) or said


def _own_subject(scene: Scene, utterance: Utterance) -> Span | None:
    """The subject of the cue's verb, its own or a shared one, for which the reader told nobody; none in the passive."""
    tree = scene.tree
    for verb in scene.speakers.inside(utterance.cue):
        active = tree[verb].pos == "VERB" and not tree.is_passive(verb)
        subject = tree.subject(verb) if active else None
        if subject is None or subject > verb or tree[subject].pos not in ("NOUN", "PROPN", "PRON"):
            continue
        if not any(part.meets(tree.span([subject])) for part in utterance.content):
            return _subject_words(scene, subject, verb)
    return None


def _in_one_sentence(scene: Scene, utterance: Utterance) -> Span:
    """The words of the source, or the last of them where the reader ran over the end of a sentence."""
    inside = scene.speakers.inside(utterance.source[0])
    ends = [n for n in inside[1:] if scene.tree[n].sentence != scene.tree[n - 1].sentence]
    own = scene.tree.span([ends[-1], inside[-1]]) if ends else None
    return own if own is not None and own.start < utterance.cue.start else utterance.source[0]


def _is_citing(scene: Scene, verb: int) -> bool:
    """'quoting', 'citing': whoever is an object there is quoted."""
    rule = scene.known.words.verbs.get(scene.tree.lemmas[verb])
    return rule is not None and rule.relay


def _is_aside(scene: Scene, head: int, subject: int, verb: int) -> bool:
    """Whether the words are an object in a clause that describes the subject: 'rebels, fighting the army, said'."""
    tree = scene.tree
    below = [n for n in tree.ancestors(head) if n > subject and tree[n].dep in CLAUSES]
    set_off = tree[verb - 1].text == "," and any(
        tree[n].text == "," for n in range(subject + 1, max(subject + 1, head))
    )
    return subject in tree.under(verb, ("nsubj",)) and set_off and bool(below) and head in tree.subtree(subject)


def _is_paper(scene: Scene, cue: Span, subject: int, verb: int) -> bool:
    """Whether the verb tells what stands in a paper: 'rejected a statement that urged restraint and stating ...'."""
    clause = scene.tree[verb].head if scene.tree[verb].dep == "conj" else verb
    described = scene.tree[clause].dep == "acl" and scene.tree[clause].tag == "VBG"
    apart = not cue.holds(scene.tree.span([subject]))
    return apart and described and scene.known.speakers.is_issued(scene.tree[subject].lemma)


def _behind_cue(scene: Scene, utterance: Utterance, inside: range) -> Span | None:
    """Who stands right behind 'said' where the reader took an object before it: 'fell near the port said the mayor'."""
    tree, cue = scene.tree, scene.speakers.inside(utterance.cue)
    if not inside or not cue or inside[-1] > cue[0] or tree[scene.speakers.head(inside)].dep not in _OBJECTS:
        return None
    for noun in tree.under(cue[-1], ("nsubj", "dobj")) if tree[cue[-1]].lemma in ("say", "add") else ():
        kind = scene.known.speakers.kind_of(tree[noun].lemma)
        near = cue[-1] < noun <= cue[-1] + _NEAR and not any(p.holds(tree.span([noun])) for p in utterance.content)
        if near and (kind is not None or tree[noun].pos == "PROPN"):
            return tree.span([n for n in tree.subtree(noun) if cue[-1] < n <= noun])
    return None


def _subject_words(scene: Scene, subject: int, verb: int) -> Span:
    """The subject with what stands under it, on its own side of the verb and up to a clause."""
    tree = scene.tree
    side = [n for n in tree.subtree(subject) if (n < verb) == (subject < verb)]
    words = [n for n in side if n <= subject or tree[n].dep in ("prep", "pobj", "compound", "det", "amod", "poss")]
    return tree.span(words)


def _counts(scene: Scene, utterance: Utterance, content: Sequence[Span]) -> bool:
    """Whether the source is one by the codebook: no attitude or act, no 'we' of another's quotation, a likely voice."""
    if _is_silence(scene, utterance.cue) or is_own_label(scene.reading, utterance):
        return False
    said = _is_quoted(scene, content) or _is_sworn(scene, utterance, content) or _is_seen(scene, utterance)
    if (_is_act(scene, utterance.cue) and not said) or _is_own_we(scene, utterance):
        return False
    return _voice(scene.signals, content) >= _needed(scene, utterance.cue)


def _needed(scene: Scene, cue: Span) -> float:
    """The probability that a cue needs: little for 'said' and 'according to', more for other words."""
    rule = scene.rule(cue)
    if rule is not None:
        return COUNTED_PLAIN if rule.sure else COUNTED
    lowered = " ".join(cue.of(scene.tree.text).lower().split())
    return COUNTED_PLAIN if any(" ".join(words) in lowered for words in scene.known.words.phrases) else COUNTED


def _is_silence(scene: Scene, cue: Span) -> bool:
    """'neither confirmed nor denied', 'declined to confirm': that says nothing."""
    words = {scene.tree.lemmas[n] for n in scene.speakers.inside(cue)}
    return bool(words & {"confirm", "deny"} and words & {"neither", "nor", "decline", "refuse"})


def _is_act(scene: Scene, cue: Span) -> bool:
    """Whether the last verb of the cue is one of an act or an attitude."""
    verbs = [n for n in scene.speakers.inside(cue) if scene.tree[n].pos == "VERB"]
    return bool(verbs) and scene.tree.lemmas[verbs[-1]] in scene.known.acts.verbs


def _is_sworn(scene: Scene, utterance: Utterance, content: Sequence[Span]) -> bool:
    """'vowed that ...': an act that a whole clause tells of is said."""
    verbs = {scene.tree.lemmas[n] for n in scene.speakers.inside(utterance.cue)}
    opens = content[0].of(scene.tree.text).lower().startswith("that ") if content else False
    return opens and bool(verbs & scene.wordings.swearing)


def _is_seen(scene: Scene, utterance: Utterance) -> bool:
    """'a reporter of the agency saw': who is there to tell, tells what was seen."""
    inside = scene.speakers.inside(utterance.source[0]) if utterance.source else range(0)
    there = {scene.tree.lemmas[n] for n in inside} & scene.wordings.watching
    return bool(there) and "see" in {scene.tree.lemmas[n] for n in scene.speakers.inside(utterance.cue)}


def _is_quoted(scene: Scene, content: Sequence[Span]) -> bool:
    whole = sum(len(span) for span in content)
    return (
        2 * sum(q.inner.shared(span) for span in content for q in quotations_at(scene.reading.quotations, span))
        >= whole
    )


def _is_own_we(scene: Scene, utterance: Utterance) -> bool:
    """'I' and 'we' inside a quotation are its speaker, whom the attribution around it names."""
    words = utterance.source[0].of(scene.tree.text).lower() if utterance.source else ""
    inside = any(q.inner.holds(utterance.cue) for q in quotations_at(scene.reading.quotations, utterance.cue))
    return inside and words in ("i", "we")


def _voice(signals: Signals, content: Sequence[Span]) -> float:
    whole = sum(len(span) for span in content)
    return sum(signals.voice(span) * len(span) for span in content) / whole if whole else 0.0


def _stance(scene: Scene, cue: Span, rule: ReportingRule | None) -> Stance:
    """The stance of the verb; 'did not deny' is a confirmation of a kind."""
    if rule is None:
        return Stance.ASSERTS
    negated = any(scene.tree[n].dep == "neg" for n in scene.speakers.inside(cue))
    if negated and rule.stance is Stance.DENIES:
        return Stance.CONFIRMS
    return rule.stance


def _kind(quotations: Sequence[Quotation], content: Sequence[Span]) -> AttributionKind:
    quoted = sum(quotation.span.shared(span) for span in content for quotation in quotations_at(quotations, span))
    if quoted >= _QUOTED_WHOLE * sum(len(span) for span in content):
        return AttributionKind.DIRECT
    return AttributionKind.MIXED if quoted else AttributionKind.INDIRECT

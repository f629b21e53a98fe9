"""Who passed on what a source said: the outlet that was told, the one that quotes, and speech within speech."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from twosource.closed_sets import ActorKind
from twosource.reading.hearers import RELAYS
from twosource.reading.phrases import PERSONS
from twosource.reading.signals import Utterance
from twosource.reading.speech import Scene
from twosource.records import Attribution, Voice
from twosource.spans import Span, SpanIndex, merge_touching

__all__ = ["carried_relays", "find_quoted", "named_relays", "relayed"]

_ONE_OF = frozenset({"one", "first", "second", "third", "another", "other"})
_BARE = 2  # words of a noun that stands for an agency named before
_BELOW = ("prep", "pobj", "compound", "det", "amod", "poss", "nmod", "case", "punct")


def find_quoted(
    scene: Scene, utterance: Utterance, heard: Sequence[Voice]
) -> tuple[tuple[Voice, ...], tuple[Voice, ...]]:
    """Who is quoted and who quotes: 'the agency quoted a doctor as saying', 'the paper reported, citing diplomats'.

    The second part holds those that quote where the words name them ('was quoted by'); else whoever has the cue does.
    """
    tree = scene.tree
    compiled = _compiled(scene, utterance, heard)
    if compiled[0]:
        return compiled
    learned = _learned(scene, utterance, heard)
    if learned:
        return learned, ()
    for verb in _relaying(scene, utterance):
        if tree.is_passive(verb):
            said, by = tree.patients(verb), tree.agents(verb)
            if said and by:
                return _named(scene, said[0], heard), _named(scene, by[0], heard)
        for noun in tree.under(verb, ("dobj", "pobj")):
            if _can_speak(scene, verb, noun):
                return _named(scene, noun, heard), _quoting(scene, utterance, verb, heard)
    return (), ()


def _quoting(scene: Scene, utterance: Utterance, verb: int, heard: Sequence[Voice]) -> tuple[Voice, ...]:
    """Who reports, where the reader took whoever is quoted for the source: 'the paper reported, citing diplomats'."""
    tree = scene.tree
    for clause in dict.fromkeys((*scene.speakers.inside(utterance.cue), verb)):
        subject = tree.subject(clause) if tree[clause].pos == "VERB" else None
        if subject is None or tree[subject].pos not in ("NOUN", "PROPN") or subject > clause:
            continue
        words = tree.span([n for n in tree.subtree(subject) if n <= subject])
        if not any(words.meets(span) for span in (*utterance.source, *utterance.content)):
            return scene.voices(words, heard)
    return ()


def _compiled(
    scene: Scene, utterance: Utterance, heard: Sequence[Voice]
) -> tuple[tuple[Voice, ...], tuple[Voice, ...]]:
    """'information compiled by the agency from officials': the officials are the source, and the agency the relay."""
    tree = scene.tree
    inside = [n for span in utterance.source for n in scene.speakers.inside(span)]
    words = [tree.words[n] for n in inside]
    if "by" not in words or "from" not in words[words.index("by") :]:
        return (), ()
    by, from_ = words.index("by"), words.index("from", words.index("by"))
    issued = any(scene.known.speakers.is_issued(tree[n].lemma) for n in inside[:by])
    if not issued or from_ - by < 2 or from_ + 1 >= len(inside):
        return (), ()
    phrases = scene.speakers.phrases
    runs = dict.fromkeys(tuple(run) for n in inside[by + 1 : from_] if (run := phrases.names.run_of(n)))
    relays = tuple(scene.as_outlet(phrases.voice_of_name(tree.span(run), None)) for run in list(runs)[:1])
    return scene.voices(tree.span(inside[from_ + 1 :]), heard), relays


def _can_speak(scene: Scene, verb: int, noun: int) -> bool:
    """Whether the noun is somebody who is quoted; what is only cited must be a speaker or a name."""
    tree, kind = scene.tree, scene.known.speakers.kind_of(scene.tree[noun].lemma)
    return kind is not None or tree[noun].pos == "PROPN" or (tree[noun].pos == "NOUN" and tree[verb].lemma != "cite")


def _learned(scene: Scene, utterance: Utterance, heard: Sequence[Voice]) -> tuple[Voice, ...]:
    """Whoever told what somebody 'has learned from' them."""
    tree = scene.tree
    cue = scene.speakers.inside(utterance.cue)
    for verb in dict.fromkeys((*cue, *(tree[n].head for n in cue if tree[n].pos == "AUX"))):
        if tree.lemmas[verb] in scene.wordings.learning:
            for noun in tree.after(verb, "from"):
                return _named(scene, noun, heard)
    return ()


def _named(scene: Scene, noun: int, heard: Sequence[Voice]) -> tuple[Voice, ...]:
    """The voices of a noun with what describes it, up to 'as', a comma or a clause."""
    tree = scene.tree
    below = [n for n in tree.subtree(noun) if n <= noun or tree[n].dep in _BELOW]
    last = noun
    for n in range(noun + 1, min(noun + 8, len(tree.tokens))):
        if tree[n].text in ("as", ",", "(") or tree[n].pos in ("VERB", "AUX", "SCONJ"):
            break
        if tree[n].sentence != tree[noun].sentence:
            break
        last = n if n in below or tree[n].pos in ("ADP", "PROPN", "NOUN", "ADJ", "DET") else last
    return scene.voices(tree.span([below[0], max(noun, last)]), heard)


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
    return [n for n in found if (rule := words.get(tree.lemmas[n])) and (rule.relay or _as_saying(scene, n))]


def _as_saying(scene: Scene, verb: int) -> bool:
    """'reported the palace as saying': a plain verb that quotes."""
    tree = scene.tree
    behind = [token.text.lower() for token in tree.tokens[verb + 1 : verb + 9]]
    return tree[verb].text != "saying" and any(behind[k : k + 2] == ["as", "saying"] for k in range(len(behind)))


def carried_relays(found: Sequence[Attribution]) -> list[Attribution]:
    """Whoever told an agency one thing told it the rest too: attributions, in order, with the relay of their source.

    One or the second of 'two sources' who spoke to an agency did so as well. Armies and ministries speak to many.
    """
    told: dict[str, tuple[Voice, ...]] = {}
    for one in found:
        for voice in one.sources if one.counts and one.via else ():
            if _may_be_person(voice):
                told.setdefault(voice.name, tuple(v for v in one.via if v.kind in RELAYS))
    return [_as_told(one, told) for one in found]


def _may_be_person(voice: Voice) -> bool:
    """Whether the voice is one or more persons, or a single name that nothing more is known of: a surname."""
    lone = voice.kind is ActorKind.ORGANISATION and len(voice.name.split()) == 1 and not voice.name.isupper()
    return voice.kind in PERSONS or lone


def named_relays(text: str, found: Sequence[Attribution]) -> list[Attribution]:
    """'the agency', 'the station' that were told something: the agency or outlet that the report named last."""
    last: Voice | None = None
    done: list[Attribution] = []
    for one in sorted(found, key=lambda one: one.cue):
        via = tuple(last if last is not None and _is_bare(text, voice) else voice for voice in one.via)
        done.append(one if via == one.via else msgspec.structs.replace(one, via=via))
        named = [v for v in (*one.sources, *via) if v.kind in RELAYS and v.name[:1].isupper()]
        last = named[-1] if named else last
    return done


def _is_bare(text: str, voice: Voice) -> bool:
    """Whether the voice is an agency or outlet for which 'the' and a noun or two stand: 'the news agency'."""
    short = voice.kind in RELAYS and voice.name.islower() and len(voice.name.split()) <= _BARE
    return short and text[: voice.span.start].endswith(("the ", "The "))


def _as_told(one: Attribution, told: dict[str, tuple[Voice, ...]]) -> Attribution:
    if one.via or not one.sources:
        return one
    relays = told.get(one.sources[0].name) or next(
        (via for name, via in told.items() if _is_one_of(one.sources[0], name)), ()
    )
    return msgspec.structs.replace(one, via=relays) if relays else one


def _is_one_of(voice: Voice, several: str) -> bool:
    """Whether the voice is 'one source' or 'the second source' of 'two sources'."""
    words, noun = voice.name.lower().split(), several.lower().split()[-1]
    alone = len(words) == 2 and noun == f"{words[1]}s"
    return words[0] in _ONE_OF and (alone or (words[1:2] == ["of"] and words[-1] == noun))


def relayed(found: Sequence[Attribution]) -> list[Attribution]:
    """Nested speech: whoever reports that somebody said a thing becomes a relay of what is said inside."""
    counting = [one for one in found if one.counts]
    contents = SpanIndex([Span(one.content[0].start, one.content[-1].end) for one in counting])
    return [_with_relays(one, [counting[at] for at in contents.near(one.cue)]) for one in found]


def _with_relays(one: Attribution, near: Sequence[Attribution]) -> Attribution:
    """The attribution with those as relays inside whose content it stands, of the ones near it that count."""
    around = sorted((o for o in near if o is not one and _is_inside(one, o)), key=lambda o: sum(map(len, o.content)))
    via = list(one.via)
    names = {voice.name for voice in (*one.via, *one.sources)}
    for outer in around:
        for voice in (*outer.sources, *outer.via):
            if voice.name not in names:
                via.append(voice)
                names.add(voice.name)
    return msgspec.structs.replace(one, via=tuple(via))


def _is_inside(inner: Attribution, outer: Attribution) -> bool:
    """Whether the outer content holds the inner cue and source."""
    if not (outer.content[0].start <= inner.cue.start and inner.cue.end <= outer.content[-1].end):
        return False
    whole = merge_touching(outer.content, 2)
    parts = [inner.cue, *(voice.said_at for voice in inner.sources if voice.said_at)]
    return all(any(span.holds(part) for span in whole) for part in parts)

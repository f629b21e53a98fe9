"""Whom a source spoke to: the agency, outlet or correspondent of 'told', 'in an interview with' and 'carried by'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum

from twosource.closed_sets import ActorKind
from twosource.reading.signals import Utterance
from twosource.reading.speech import Scene
from twosource.records import Voice
from twosource.spans import Span

__all__ = ["RELAYS", "find_told"]

RELAYS = frozenset({ActorKind.AGENCY, ActorKind.OUTLET})
"""The kinds that pass on what others say."""

_ADDRESSED = frozenset({ActorKind.STATE, ActorKind.STATE_FORCE, ActorKind.OFFICIAL, ActorKind.ARMED_GROUP})
_NAME_PARTS = ("compound", "amod", "nmod", "poss", "case", "nummod")
_BEHIND = 6  # words behind a cue in which its object stands


class _Way(Enum):
    """How the words tell that somebody was spoken to: by any name, or by one that is known for an outlet's."""

    TOLD = 1
    KNOWN = 2


def find_told(scene: Scene, utterance: Utterance, sources: Sequence[Voice]) -> tuple[Voice, ...]:
    """The agency or outlet that was told: named in the cue, right behind it, or in what describes the source."""
    cue = scene.speakers.inside(utterance.cue)
    found: list[Voice] = []
    for n in _nouns(scene, utterance, cue):
        way = _way(scene, n, cue)
        for outlet in _outlets(scene, n, way) if way is not None else ():
            if outlet.name not in {v.name for v in (*found, *sources)}:
                found.append(outlet)
    return tuple(found)


def _nouns(scene: Scene, utterance: Utterance, cue: range) -> list[int]:
    """The tokens of cue and source and those right behind, and every noun behind a preposition in the sentence."""
    said = [utterance.cue, *utterance.source]
    tokens = sorted({n for span in said for n in scene.speakers.inside(span)})
    behind = range(tokens[-1] + 1, min(tokens[-1] + _BEHIND, len(scene.tree.tokens))) if tokens else range(0)
    free = [n for n in behind if not _in_any(scene, n, utterance.content)]
    sentence = scene.tree.sentences[scene.tree[cue[0]].sentence].tokens if cue else Span(0, 0)
    laid = [n for n in range(sentence.start, sentence.end) if scene.tree[n].dep == "pobj"]
    objects = [n for verb in cue for n in scene.tree.under(verb, ("dobj", "dative"))]
    return list(dict.fromkeys((*tokens, *objects, *free, *laid)))


def _in_any(scene: Scene, n: int, spans: Iterable[Span]) -> bool:
    token = scene.tree[n]
    return any(span.start <= token.start < span.end for span in spans)


def _way(scene: Scene, n: int, cue: range) -> _Way | None:
    """How the noun is told to have heard the source; None where it is not, as where it is the source itself."""
    tree = scene.tree
    named = tree[n].pos in ("PROPN", "NOUN") or tree[n].text[:1].isupper()
    if not named or tree[n].dep not in ("dobj", "dative", "pobj"):
        return None
    above = tree[n].head
    if tree[above].pos != "ADP":
        told = tree.lemmas[above] in scene.wordings.telling
        return (_Way.TOLD if above in cue else _Way.KNOWN) if told else None
    if tree.words[above] == "by" and _is_reached(scene, tree[above].head):
        return _Way.TOLD
    return _Way.KNOWN if _is_laid(scene, above) else None


def _is_reached(scene: Scene, verb: int) -> bool:
    """'a doctor interviewed by', 'reached by telephone by': whoever asks somebody for news passes it on."""
    tree = scene.tree
    asked = tree[verb].tag == "VBN" and tree.lemmas[verb] in scene.wordings.reaching
    return asked and tree[verb].dep in ("acl", "advcl") and not tree.under(verb, ("aux", "auxpass"))


def _is_laid(scene: Scene, preposition: int) -> bool:
    """Whether what stands behind the preposition heard or carried the words: 'spoke to', 'read on', 'reached by'."""
    tree = scene.tree
    word, above = tree.words[preposition], tree[preposition].head
    lemma = tree.lemmas[above]
    if word == "by":
        if tree[above].tag != "VBN":
            return False
        return (lemma in scene.wordings.seeing and tree[above].dep == "acl") or _is_carried(scene, above)
    if word == "on":
        return lemma in ("interview", "speak") or _is_carried(scene, above)
    if word == "to" and tree[above].dep == "nsubj" and above > tree[above].head:
        return tree.lemmas[tree[above].head] in scene.wordings.speaking_to
    return word in ("to", "with") and lemma in scene.wordings.speaking_to


def _is_carried(scene: Scene, verb: int) -> bool:
    """'a statement read on', 'an interview aired by': a participle that describes somebody's words."""
    tree = scene.tree
    words = scene.wordings
    described = tree[verb].dep == "acl" and tree[verb].tag == "VBN" and tree.lemmas[verb] in words.carrying
    return described and tree.lemmas[tree[verb].head] in words.carried


def _outlets(scene: Scene, n: int, way: _Way) -> Iterator[Voice]:
    """The agency or outlet that the noun names; where any name will do, one that stands for nobody else."""
    tree = scene.tree
    inside = _phrase(scene, n)
    known = _known_name(scene, inside)
    if known is not None:
        yield known
        return
    voices = scene.voices(tree.span(inside), ())
    media = [voice for voice in voices if voice.kind in RELAYS]
    if not tree[n].text[:1].isupper() or way is _Way.KNOWN:
        yield from media
    elif media or _is_free(scene, n, voices):
        span = _bare_name(scene, n, inside)
        yield Voice(name=span.of(tree.text), span=span, kind=ActorKind.OUTLET, said_at=tree.span(inside))


def _phrase(scene: Scene, n: int) -> range:
    """The noun with what belongs to its name on both sides: 'the Ardan daily', 'Channel 4', 'Voice of Ardan'."""
    tree = scene.tree
    below = [m for m in tree.subtree(n) if tree[m].sentence == tree[n].sentence]
    before = [m for m in below if m <= n and tree[m].dep in _NAME_PARTS]
    last = n
    while last + 1 in below and (tree[last + 1].pos in ("NUM", "PROPN") or _joins_names(scene, last + 1)):
        last += 1
    return range(min([*before, n]), last + 1)


def _joins_names(scene: Scene, n: int) -> bool:
    """Whether the token is the 'of' of 'Voice of Ardan'."""
    tree = scene.tree
    return (
        tree.words[n] == "of" and n + 1 < len(tree.tokens) and tree[n + 1].pos == "PROPN" and tree[n - 1].pos == "PROPN"
    )


def _known_name(scene: Scene, inside: range) -> Voice | None:
    """The longest run of the phrase that the table of outlets knows, under the fullest name of it in the report."""
    tree, phrases = scene.tree, scene.speakers.phrases
    runs = [range(a, b) for a in inside for b in range(a + 1, inside[-1] + 2) if tree[b - 1].pos not in ("ADP", "DET")]
    for run in sorted(runs, key=lambda run: (-len(run), run[0])):
        span = tree.span(run)
        rows = scene.known.outlets.find(span.of(tree.text)) if tree[run[0]].text[:1].isupper() else ()
        if rows:
            full = scene.as_outlet(phrases.voice_of_name(span, span))
            here = Voice(name=span.of(tree.text), span=span, kind=rows[0].kind, said_at=span)
            return full if full.kind in RELAYS and scene.known.outlets.find(full.name) else here
    return None


def _is_free(scene: Scene, n: int, voices: Sequence[Voice]) -> bool:
    """Whether the name that was told can be an outlet's: nobody else's, no place, no office, no body, no person."""
    tree, token = scene.tree, scene.tree[n]
    at = Span(token.start, token.end)
    known = any(m.rule == "table" and m.span.holds(at) for m in scene.reading.mentions)
    place = any(p.span.holds(at) for p in scene.reading.places)
    if known or place or token.tag == "NNPS" or any(v.kind in _ADDRESSED for v in voices):
        return False
    article = n > 0 and any(tree.words[m] == "the" for m in tree.under(n, ("det",)))
    human = any(v.kind is ActorKind.PERSON for v in voices) or _is_surname(scene, n)
    body = any(scene.known.speakers.kind_of(tree[m].lemma) is ActorKind.ORGANISATION for m in _phrase(scene, n))
    return not body and (article or not human)


def _is_surname(scene: Scene, n: int) -> bool:
    """Whether the word stands alone here and ends a longer name of the report: then it is a person's."""
    names = scene.speakers.phrases.names
    if len(names.run_of(n) or [n]) > 1:
        return False
    return any(len(run) > 1 and scene.tree[run[-1]].text == scene.tree[n].text and n not in run for run in names.runs)


def _bare_name(scene: Scene, n: int, inside: range) -> Span:
    """The name without the nouns before it: 'Imela' of 'the pro-government channel Imela'."""
    tree = scene.tree
    first = n
    while first - 1 in inside and tree[first - 1].pos == "PROPN":
        first -= 1
    return tree.span(range(first, inside[-1] + 1))

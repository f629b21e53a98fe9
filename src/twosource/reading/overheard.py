"""Speech that the trained reader passes over: said within another's words, or told as a toll that somebody gives."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from twosource.closed_sets import ActorKind, FigureKind, Stance
from twosource.ids import make_id
from twosource.knowledge.reporting import ReportingRule
from twosource.reading.quotations import quotations_at
from twosource.reading.speech import Scene
from twosource.reading.viewing import VIEW, find_views
from twosource.records import Attribution, AttributionKind, Voice
from twosource.spans import Span, SpanIndex, cover

__all__ = ["overheard_attributions", "viewed_attributions"]

_TOLLS = frozenset({FigureKind.KILLED, FigureKind.INJURED, FigureKind.MISSING, FigureKind.CAPTURED})
_TOLLS |= {FigureKind.DISPLACED}


def overheard_attributions(scene: Scene, found: Sequence[Attribution]) -> list[Attribution]:
    """One attribution for each sure verb of saying, or giving of a toll, that has a subject and no attribution yet.

    And one for 'reports that' and 'reports of' which nobody is named for.

    Inside another's words, that one is the relay. Quotations are left as they are: they are the speaker's to tell.
    """
    tree = scene.tree
    cues = [one.cue for one in found]
    known_cues, contents = SpanIndex(cues), _Contents(found)
    done: list[Attribution] = []
    for verb, lemma in enumerate(tree.lemmas):
        rule = scene.known.words.verbs.get(lemma)
        if rule is None or tree[verb].pos != "VERB":
            continue
        span = tree.span([verb])
        if any(cues[at].meets(span) for at in known_cues.near(span)):
            continue
        outer = contents.around(span)
        if not (rule.sure or rule.toll or _is_confirming(rule) or (outer is not None and _is_answer(scene, verb))):
            continue
        if not any(quotation.inner.holds(span) for quotation in quotations_at(scene.reading.quotations, span)):
            done += _overheard(scene, verb, rule, outer)
    accounts = scene.wordings.accounts
    rumours = (noun for noun, lemma in enumerate(tree.lemmas) if lemma in accounts)
    return done + [made for noun in rumours for made in _rumoured(scene, noun, found, contents)]


def viewed_attributions(scene: Scene, found: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, with what somebody takes a thing for among them as a view.

    One that the reader told of the verb, but that would not count, is made one; else a new one is made.
    """
    tree, made, contents = scene.tree, list(found), _Contents(found)
    for view in find_views(tree, scene.known.words):
        span = Span(tree[view.verb].start, tree[view.verb].end)
        sources = scene.voices(tree.span([n for n in tree.subtree(view.holder) if n <= view.holder]), ())
        told = next((one for one in made if one.cue.meets(span)), None)
        quoted = any(quotation.inner.holds(span) for quotation in scene.reading.quotations)
        if not sources or quoted or (told is not None and told.counts):
            continue
        if told is not None and told.sources:
            made[made.index(told)] = msgspec.structs.replace(told, counts=True, rule=VIEW)
            continue
        around = contents.around(span)
        if told is None and (around is not None or all(voice.kind is ActorKind.GENERIC for voice in sources)):
            continue
        fresh = msgspec.structs.replace(_attribution(scene, span, view.content, sources, around), rule=VIEW)
        made = [one for one in made if one is not told] + [fresh]
    return made


def _is_confirming(rule: ReportingRule) -> bool:
    """'confirmed the arrival of the convoy': a noun is all that is said."""
    return rule.object and rule.stance is Stance.CONFIRMS


def _is_answer(scene: Scene, verb: int) -> bool:
    """'replied that the bridge had fallen', within another's words: of somebody, and with 'that' behind it.

    What somebody thinks or what tests show stays the word of whoever is around it.
    """
    tree = scene.tree
    if tree.lemmas[verb] not in scene.wordings.answering:
        return False
    clauses = tree.under(verb, ("ccomp",))
    opens = [tree.words[n] for n in tree.subtree(clauses[0])[:1]] if clauses else []
    who = [scene.known.speakers.kind_of(tree[n].lemma) for n in tree.under(verb, ("nsubj",)) if tree[n].pos == "NOUN"]
    return opens == ["that"] and all(kind is not None and kind is not ActorKind.DOCUMENT for kind in who)


class _Contents:
    """The attributions that count, by where their contents stand."""

    def __init__(self, found: Sequence[Attribution]) -> None:
        self._counting = [one for one in found if one.counts and one.content]
        self._index = SpanIndex([cover(one.content) for one in self._counting])

    def around(self, span: Span) -> Attribution | None:
        """The narrowest one that holds the span."""
        near = [self._counting[at] for at in self._index.near(span)]
        around = [one for one in near if any(part.holds(span) for part in one.content)]
        return min(around, key=lambda one: sum(map(len, one.content))) if around else None


def _rumoured(scene: Scene, noun: int, found: Sequence[Attribution], contents: _Contents) -> list[Attribution]:
    """'reports that the bridge had fallen', 'reports of shelling': such reports are a source nobody names.

    ``noun`` is a word for rumours.
    """
    tree = scene.tree
    if tree[noun].tag != "NNS":
        return []
    content = _rumour(scene, noun)
    inside = range(max(tree.sentences[tree[noun].sentence].tokens.start, noun - 3), noun + 1)
    span = scene.speakers.phrases.described(noun, inside)
    mine = {*tree.subtree(noun)} & {*inside}
    owned = any(tree[n].pos == "PROPN" or tree[n].dep == "poss" for n in mine if n != noun)
    said = any(span.meets(at) for one in found for at in (one.cue, *(v.said_at for v in one.sources if v.said_at)))
    if content is None or owned or said or contents.around(span) is not None:
        return []
    voice = Voice(name=span.of(tree.text), span=span, kind=ActorKind.DOCUMENT, said_at=span)
    return [_attribution(scene, span, content, (voice,), None)]


def _rumour(scene: Scene, noun: int) -> Span | None:
    """What the reports tell: the clause behind 'that' or 'suggesting', or what stands behind 'of'."""
    tree = scene.tree
    for clause in tree.under(noun, ("acl", "relcl", "ccomp")):
        opens = [n for n in tree.subtree(clause) if n > noun]
        if opens and tree.words[opens[0]] == "that" and tree[opens[0]].dep == "mark":
            return tree.span(opens)
        told = tree.under(clause, ("ccomp",)) if tree.lemmas[clause] in scene.wordings.suggesting else []
        if told:
            return tree.span(tree.subtree(told[0]))
    nouns = [m for m in tree.after(noun, "of") if m > noun]
    return tree.span([n for n in tree.subtree(nouns[0]) if n > noun]) if nouns else None


def _overheard(scene: Scene, verb: int, rule: ReportingRule, outer: Attribution | None) -> list[Attribution]:
    """The attribution of one verb; none where it has no subject of its own or tells neither a clause nor a toll."""
    tree = scene.tree
    subject, content = None if tree.is_passive(verb) else tree.own_subject(verb), _content(scene, verb, rule)
    if content is None or subject is None or subject > verb or tree[subject].pos not in ("NOUN", "PROPN"):
        return []
    sources = scene.voices(tree.span([n for n in tree.subtree(subject) if n < verb]), ())
    if not sources:
        return []
    here = Span(tree[verb].start, tree[verb].end)
    made = _attribution(scene, here, _within(content, outer, here), sources, outer)
    return [msgspec.structs.replace(made, stance=rule.stance)]


def _within(content: Span, outer: Attribution | None, here: Span) -> Span:
    """The content up to the end of the words around it: 'Moro said it was a lie, the agency reported'."""
    ends = [part.end for part in outer.content if part.holds(here)] if outer is not None else []
    return Span(content.start, min([content.end, *(end for end in ends if end > content.start)]))


def _attribution(
    scene: Scene, cue: Span, content: Span, sources: tuple[Voice, ...], outer: Attribution | None
) -> Attribution:
    return Attribution(
        id=make_id("attribution", scene.reading.report.digest, cue, content, "overheard"),
        cue=cue,
        sources=sources,
        content=(content,),
        kind=AttributionKind.INDIRECT,
        stance=Stance.ASSERTS,
        rule="nested" if outer else "overheard",
        via=_relays(outer, sources) if outer else (),
    )


def _content(scene: Scene, verb: int, rule: ReportingRule) -> Span | None:
    """The clause that is said; for 'gave a toll of nine' and 'put the dead at nine' the words of the toll."""
    tree = scene.tree
    clauses = tree.under(verb, ("ccomp",))
    if clauses:
        return tree.span(tree.subtree(clauses[0]))
    told = [n for n in tree.under(verb, ("dobj", "prep")) if n > verb] if rule.toll or _is_confirming(rule) else []
    if not told:
        return None
    span = tree.span(sorted(m for n in told for m in tree.subtree(n)))
    if _is_confirming(rule):
        return span if tree[told[0]].dep == "dobj" else None
    counted = any(figure.kind in _TOLLS and span.holds(figure.number) for figure in scene.reading.figures)
    return span if counted else None


def _relays(outer: Attribution, sources: Sequence[Voice]) -> tuple[Voice, ...]:
    named = {voice.name for voice in sources}
    return tuple(voice for voice in (*outer.sources, *outer.via) if voice.name not in named)

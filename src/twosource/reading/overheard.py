"""Speech that the trained reader passes over: said within another's words, or told as a toll that somebody gives."""

from __future__ import annotations

from collections.abc import Sequence

from twosource.closed_sets import FigureKind
from twosource.ids import make_id
from twosource.knowledge.reporting import ReportingRule
from twosource.reading.speech import Scene
from twosource.records import Attribution, AttributionKind, Voice
from twosource.spans import Span

__all__ = ["overheard_attributions"]

_TOLLS = frozenset({FigureKind.KILLED, FigureKind.INJURED, FigureKind.MISSING, FigureKind.CAPTURED})
_TOLLS |= {FigureKind.DISPLACED}


def overheard_attributions(scene: Scene, found: Sequence[Attribution]) -> list[Attribution]:
    """One attribution for each sure verb of saying, or giving of a toll, that has a subject and no attribution yet.

    Inside another's words, that one is the relay. Quotations are left as they are: they are the speaker's to tell.
    """
    tree = scene.tree
    cues = [one.cue for one in found]
    done: list[Attribution] = []
    for verb, token in enumerate(tree.tokens):
        span = Span(token.start, token.end)
        rule = scene.known.words.verbs.get(token.lemma.lower()) if token.pos == "VERB" else None
        if rule is None or not (rule.sure or rule.toll) or any(cue.meets(span) for cue in cues):
            continue
        if not any(quotation.inner.holds(span) for quotation in scene.reading.quotations):
            around = [one for one in found if one.counts and any(part.holds(span) for part in one.content)]
            outer = min(around, key=lambda one: sum(map(len, one.content))) if around else None
            done += _overheard(scene, verb, rule, outer)
    return done


def _overheard(scene: Scene, verb: int, rule: ReportingRule, outer: Attribution | None) -> list[Attribution]:
    """The attribution of one verb; none where it has no subject of its own or tells neither a clause nor a toll."""
    tree = scene.tree
    subjects, content = tree.under(verb, ("nsubj",)), _content(scene, verb, rule)
    if content is None or not subjects or subjects[0] > verb or tree[subjects[0]].pos not in ("NOUN", "PROPN"):
        return []
    sources = scene.voices(tree.span([n for n in tree.subtree(subjects[0]) if n < verb]), ())
    if not sources:
        return []
    cue = Span(tree[verb].start, tree[verb].end)
    return [
        Attribution(
            id=make_id("attribution", scene.reading.report.digest, cue, content, "overheard"),
            cue=cue,
            sources=sources,
            content=(content,),
            kind=AttributionKind.INDIRECT,
            stance=rule.stance,
            rule="nested" if outer else "overheard",
            via=_relays(outer, sources) if outer else (),
        )
    ]


def _content(scene: Scene, verb: int, rule: ReportingRule) -> Span | None:
    """The clause that is said; for 'gave a toll of nine' and 'put the dead at nine' the words of the toll."""
    tree = scene.tree
    clauses = tree.under(verb, ("ccomp",))
    if clauses:
        return tree.span(tree.subtree(clauses[0]))
    told = [n for n in tree.under(verb, ("dobj", "prep")) if n > verb] if rule.toll else []
    if not told:
        return None
    span = tree.span(sorted(m for n in told for m in tree.subtree(n)))
    counted = any(figure.kind in _TOLLS and span.holds(figure.number) for figure in scene.reading.figures)
    return span if counted else None


def _relays(outer: Attribution, sources: Sequence[Voice]) -> tuple[Voice, ...]:
    named = {voice.name for voice in sources}
    return tuple(voice for voice in (*outer.sources, *outer.via) if voice.name not in named)

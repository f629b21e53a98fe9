"""Speech within speech that the trained reader takes for one: 'Interfax reported that a spokesman said ...'."""

from __future__ import annotations

from collections.abc import Sequence

from twosource.closed_sets import Stance
from twosource.ids import make_id
from twosource.reading.speech import Scene
from twosource.records import Attribution, AttributionKind, Voice
from twosource.spans import Span

__all__ = ["nested_attributions"]


def nested_attributions(scene: Scene, found: Sequence[Attribution]) -> list[Attribution]:
    """One attribution for each sure verb of saying, in another's words, that has a subject and a clause of its own.

    Quotations are left as they are: what is said there is the speaker's to tell.
    """
    tree = scene.tree
    cues = [one.cue for one in found]
    done: list[Attribution] = []
    for one in found:
        for part in one.content if one.counts else ():
            for verb in tree.between(part):
                span = Span(tree[verb].start, tree[verb].end)
                rule = scene.known.words.verbs.get(tree[verb].lemma.lower())
                if rule is None or not rule.sure or tree[verb].pos != "VERB" or any(cue.meets(span) for cue in cues):
                    continue
                if not any(quotation.inner.holds(span) for quotation in scene.reading.quotations):
                    done += _inner(scene, one, verb, rule.stance)
    return done


def _inner(scene: Scene, outer: Attribution, verb: int, stance: Stance) -> list[Attribution]:
    tree = scene.tree
    subjects, clauses = tree.under(verb, ("nsubj",)), tree.under(verb, ("ccomp",))
    if not subjects or not clauses or subjects[0] > verb or tree[subjects[0]].pos not in ("NOUN", "PROPN"):
        return []
    sources = scene.voices(tree.span([n for n in tree.subtree(subjects[0]) if n < verb]), ())
    content = tree.span(tree.subtree(clauses[0]))
    cue = Span(tree[verb].start, tree[verb].end)
    inner = Attribution(
        id=make_id("attribution", scene.reading.report.digest, cue, content, "nested"),
        cue=cue,
        sources=sources,
        content=(content,),
        kind=AttributionKind.INDIRECT,
        stance=stance,
        rule="nested",
        via=_relays(outer, sources),
    )
    return [inner] if sources else []


def _relays(outer: Attribution, sources: Sequence[Voice]) -> tuple[Voice, ...]:
    named = {voice.name for voice in sources}
    return tuple(voice for voice in (*outer.sources, *outer.via) if voice.name not in named)

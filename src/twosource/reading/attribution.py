"""Who says what: reporting verbs, 'according to', quotations, and quotations whose speaker stands a sentence away."""

from __future__ import annotations

import msgspec

from twosource.closed_sets import ActorKind, Stance
from twosource.ids import make_id
from twosource.knowledge.actors import AgencyTable
from twosource.knowledge.reporting import ReportingRule, ReportingWords
from twosource.knowledge.word_sets import WordSets
from twosource.reading.nearby import by_sentence
from twosource.reading.tree import Tree
from twosource.reading.viewing import find_views
from twosource.records import Attribution, AttributionKind, Mention, Quotation, Report, Voice
from twosource.spans import Span

__all__ = ["AttributionKnowledge", "find_attributions"]

_CONTENT = ("ccomp", "xcomp", "parataxis")


class AttributionKnowledge(msgspec.Struct, frozen=True, kw_only=True):
    """What the layer is handed: reporting words, the table of agencies and outlets, and sets of small words."""

    words: ReportingWords
    agencies: AgencyTable
    sets: WordSets


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """What one report offers the rules: its parse, its quotations, also by sentence, and its mentions by head token."""

    report: Report
    tree: Tree
    quotations: tuple[Quotation, ...]
    quoted_in: list[tuple[Quotation, ...]]
    mentions: dict[int, Mention]
    known: AttributionKnowledge


def find_attributions(
    report: Report,
    tree: Tree,
    quotations: tuple[Quotation, ...],
    mentions: tuple[Mention, ...],
    known: AttributionKnowledge,
) -> tuple[Attribution, ...]:
    """The attributions in order of their cues."""
    scene = Scene(
        report=report,
        tree=tree,
        quotations=quotations,
        quoted_in=by_sentence(tree, quotations, lambda quotation: (quotation.inner,)),
        mentions={m.head: m for m in mentions},
        known=known,
    )
    found: list[Attribution] = []
    openers = {words[0] for words in known.words.phrases}
    for index, token in enumerate(tree.tokens):
        attribution = None
        if token.text.lower() in openers:
            attribution = _by_phrase(scene, index)
        elif token.pos == "VERB":
            attribution = _by_verb(scene, index)
        if attribution is not None:
            found.append(attribution)
    found += _carried(scene, found)
    found += _views(scene, found)
    return tuple(sorted(found, key=lambda a: (a.cue, a.content)))


def _views(scene: Scene, found: list[Attribution]) -> list[Attribution]:
    """What somebody takes a thing for, where the verb has no attribution yet."""
    cues = {said.cue.start for said in found}
    views = [view for view in find_views(scene.tree, scene.known.words) if scene.tree[view.verb].start not in cues]
    rules = scene.known.words.views
    return [
        _attribution(
            scene,
            view.verb,
            tuple(_voice(scene, noun) for noun in scene.tree.conjuncts(view.holder)),
            (view.content,),
            rules[scene.tree.lemmas[view.verb]],
        )
        for view in views
    ]


def _by_verb(scene: Scene, verb: int) -> Attribution | None:
    tree = scene.tree
    rule = scene.known.words.verbs.get(tree.lemmas[verb])
    if rule is None:
        return None
    if rule.relay:
        return _relayed(scene, verb, rule)
    subjects = tree.agents(verb)
    if not subjects or tree[subjects[0]].dep == "expl":
        return None
    content = _content(scene, verb, subjects[0], rule)
    if not content:
        return None
    sources = tuple(_voice(scene, noun) for noun in tree.conjuncts(subjects[0]))
    return _attribution(scene, verb, sources, content, rule, via=_told(scene, verb))


def _content(scene: Scene, verb: int, subject: int, rule: ReportingRule) -> tuple[Span, ...]:
    """The content clause, what is quoted in the sentence, and for some verbs a plain object."""
    tree = scene.tree
    clauses = [c for c in tree.under(verb, _CONTENT) if tree[c].dep != "xcomp" or rule.stance != Stance.ASSERTS]
    spans = [tree.span(tree.subtree(c)) for c in clauses]
    if not spans and tree[verb].dep in ("parataxis", "ccomp", "advcl") and tree[verb].tag in ("VBD", "VBZ", "VBP"):
        spans = _around(tree, verb)
    if rule.object:
        spans += [tree.span(tree.subtree(noun)) for noun in tree.under(verb, ("dobj", "nsubjpass"))]
    spans += _quoted_beside(scene, verb, spans)
    if not spans and rule.anywhere:
        spans = _before(tree, verb, subject)
    cue = tree[verb]
    return tuple(sorted(s for s in set(spans) if not (s.start <= cue.start < s.end) and len(s)))


def _around(tree: Tree, verb: int) -> list[Span]:
    """'The town, officials said, had fallen': all of the sentence but the words of the attribution."""
    sentence = tree.sentences[tree[verb].sentence]
    own = set(tree.subtree(verb))
    before = [i for i in range(sentence.tokens.start, min(own)) if tree[i].pos != "PUNCT"]
    after = [i for i in range(max(own) + 1, sentence.tokens.end) if tree[i].pos != "PUNCT"]
    return [tree.span(run) for run in (before, after) if len(run) > 2]


def _before(tree: Tree, verb: int, subject: int) -> list[Span]:
    """The words of the sentence before the speaker's name, where the sentence ends with the attribution."""
    sentence = tree.sentences[tree[verb].sentence]
    speaker = [i for i in tree.subtree(subject) if i <= verb]
    first = min(speaker, default=verb)
    rest = [i for i in range(verb + 1, sentence.tokens.end) if tree[i].pos in ("VERB", "AUX")]
    before = [i for i in range(sentence.tokens.start, first) if tree[i].pos != "PUNCT"]
    return [tree.span(before)] if not rest and len(before) > 2 else []


def _quoted_beside(scene: Scene, verb: int, spans: list[Span]) -> list[Span]:
    """The quotations of the verb's sentence that no content holds yet."""
    quoted = scene.quoted_in[scene.tree[verb].sentence]
    return [q.inner for q in quoted if not q.scare and not any(s.meets(q.inner) for s in spans)]


def _told(scene: Scene, verb: int) -> tuple[Voice, ...]:
    """The agency or outlet that was told: 'told Reuters', 'said in remarks to AFP'."""
    tree = scene.tree
    if tree.lemmas[verb] not in scene.known.sets.speaking:
        return ()
    nouns = [*tree.under(verb, ("dobj", "dative")), *tree.after(verb, "to")]
    voices = (_outlet_voice(scene, noun) for noun in nouns)
    return tuple(voice for voice in voices if voice is not None)


def _outlet_voice(scene: Scene, noun: int) -> Voice | None:
    tree = scene.tree
    mention = scene.mentions.get(noun)
    span = mention.span if mention else Span(tree[noun].start, tree[noun].end)
    name = span.of(tree.text)
    rows = scene.known.agencies.find(name)
    if not rows:
        return None
    return Voice(name=name, span=span, kind=rows[0].kind)


def _relayed(scene: Scene, verb: int, rule: ReportingRule) -> Attribution | None:
    """'The agency quoted a doctor as saying ...': the doctor is the source and the agency the relay."""
    tree = scene.tree
    speakers = tree.patients(verb)
    relays = tree.agents(verb)
    saying = [c for c in tree.subtree(verb) if tree.lemmas[c] in ("say", "tell") and tree[c].tag == "VBG"]
    content = [tree.span(tree.subtree(c)) for s in saying for c in tree.under(s, _CONTENT)]
    if not speakers or not content:
        return None
    via = tuple(_voice(scene, noun) for noun in relays)
    return _attribution(scene, verb, (_voice(scene, speakers[0]),), tuple(content), rule, via=via)


def _by_phrase(scene: Scene, index: int) -> Attribution | None:
    tree = scene.tree
    for words, rule in scene.known.words.phrases.items():
        got = tuple(t.text.lower() for t in tree.tokens[index : index + len(words)])
        if got == words:
            return _after_phrase(scene, index, index + len(words) - 1, rule)
    return None


def _after_phrase(scene: Scene, index: int, last: int, rule: ReportingRule) -> Attribution | None:
    """The source behind 'according to', and the rest of the sentence's clause as what it says."""
    tree = scene.tree
    nouns = tree.under(last, ("pobj",))
    if not nouns:
        return None
    sources = tuple(_voice(scene, noun) for noun in tree.conjuncts(nouns[0]))
    if not any(n in scene.mentions for n in tree.conjuncts(nouns[0])) and tree[nouns[0]].pos != "PROPN":
        return None
    phrase = set(tree.subtree(index)) | set(tree.subtree(last))
    sentence = tree.sentences[tree[index].sentence]
    runs = [
        [i for i in range(sentence.tokens.start, min(phrase)) if tree[i].pos != "PUNCT"],
        [i for i in range(max(phrase) + 1, sentence.tokens.end) if tree[i].pos != "PUNCT"],
    ]
    content = tuple(tree.span(run) for run in runs if len(run) > 2)
    if not content:
        return None
    return _attribution(scene, index, sources, content, rule, last=last, via=_spoken_to(scene, phrase))


def _spoken_to(scene: Scene, phrase: set[int]) -> tuple[Voice, ...]:
    """'sources who spoke to Reuters': the outlet in the phrase itself, behind 'speaking to' or 'told'."""
    tree = scene.tree
    found: list[Voice] = []
    for index in sorted(phrase):
        if tree.lemmas[index] in scene.known.sets.speaking:
            nouns = [*tree.after(index, "to"), *tree.under(index, ("dobj", "dative"))]
            found += [voice for voice in (_outlet_voice(scene, noun) for noun in nouns) if voice is not None]
    return tuple(found)


def _voice(scene: Scene, noun: int) -> Voice:
    """The source as named: a mention's fullest name, or the noun with the words that describe it."""
    tree = scene.tree
    mention = scene.mentions.get(noun)
    count = next((_count(tree[n].text) for n in tree.under(noun, ("nummod",))), None)
    if mention is None or mention.kind == ActorKind.ANONYMOUS:
        span = _described(tree, noun)
        kind = mention.kind if mention else ActorKind.ANONYMOUS
        return Voice(name=span.of(tree.text), span=span, kind=kind, count=count)
    return Voice(name=mention.name, span=mention.named_at, kind=mention.kind, count=count)


def _described(tree: Tree, noun: int) -> Span:
    """The noun with its number and adjectives, without the article: 'two Lebanese sources'."""
    first = noun
    below = set(tree.subtree(noun))
    while first - 1 in below and tree[first - 1].dep in ("amod", "compound", "nummod", "nmod", "punct", "poss", "conj"):
        first -= 1
    return Span(tree[first].start, tree[noun].end)


def _count(word: str) -> int | None:
    small = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    if word.isdecimal():
        return int(word)
    return small.index(word.lower()) + 1 if word.lower() in small else None


def _attribution(
    scene: Scene,
    cue: int,
    sources: tuple[Voice, ...],
    content: tuple[Span, ...],
    rule: ReportingRule,
    *,
    last: int | None = None,
    via: tuple[Voice, ...] = (),
) -> Attribution:
    tree = scene.tree
    span = Span(tree[cue].start, tree[cue if last is None else last].end)
    return Attribution(
        id=make_id("attribution", scene.report.digest, span, content),
        cue=span,
        sources=sources,
        via=via,
        content=content,
        kind=_kind(scene, content),
        stance=rule.stance,
        rule=f"reporting:{rule.id}",
    )


def _kind(scene: Scene, content: tuple[Span, ...]) -> AttributionKind:
    touched = sorted({n for span in content for n in scene.tree.sentences_of(span)})
    quotations = dict.fromkeys(q.inner for number in touched for q in scene.quoted_in[number])
    quoted = sum(inner.shared(span) for inner in quotations for span in content)
    whole = sum(len(span) for span in content)
    if quoted >= 0.9 * whole:
        return AttributionKind.DIRECT
    return AttributionKind.MIXED if quoted else AttributionKind.INDIRECT


def _carried(scene: Scene, found: list[Attribution]) -> list[Attribution]:
    """Quotations that no attribution holds: their speaker is the one of the nearest sentence, two away at most."""
    tree = scene.tree
    held = by_sentence(tree, found, lambda said: said.content)
    spoken = by_sentence(tree, found, lambda said: (said.cue,))
    carried: list[Attribution] = []
    for quotation in scene.quotations:
        sentences = tree.sentences_of(quotation.inner)
        if quotation.scare or not sentences:
            continue
        if any(s.meets(quotation.inner) for n in sentences for a in held[n] for s in a.content):
            continue
        near = _nearest_speaker(spoken, sentences.start)
        if near is not None:
            carried.append(_carry(scene, near, quotation))
    return carried


def _carry(scene: Scene, said: Attribution, quotation: Quotation) -> Attribution:
    return msgspec.structs.replace(
        said,
        id=make_id("attribution", scene.report.digest, said.cue, quotation.inner),
        content=(quotation.inner,),
        kind=AttributionKind.CARRIED,
        stance=Stance.ASSERTS,
        rule="carried-quotation",
    )


def _nearest_speaker(spoken: list[tuple[Attribution, ...]], here: int) -> Attribution | None:
    """The attribution with a source whose cue stands in the nearest sentence; the earlier one of two as near."""
    near = [
        (abs(number - here), said.cue, said)
        for number in range(max(0, here - 2), min(len(spoken), here + 3))
        for said in spoken[number]
        if said.sources
    ]
    return min(near, key=lambda found: found[:2])[2] if near else None

"""A denial as its own sentence words it: who denies, by which word, and whether it is of one act or of a practice."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

import msgspec

from twosource.closed_sets import Certainty, Stance, family_of
from twosource.corpus.disagreements.deniers import denier_at
from twosource.corpus.disagreements.making import Ground, plausible_name
from twosource.corpus.disagreements.passages import sentence_of
from twosource.corpus.tellings import Telling
from twosource.records import Named
from twosource.spans import Span

__all__ = ["Denial", "denial_of", "points_back"]

_AGAIN = re.compile(
    r"\b(?:repeated(?:ly)?|consistently|always|persistently|routinely|long|regularly|in the past)\b", re.I
)
_PERFECT = re.compile(r"\b(?:ha(?:s|ve)|den(?:y|ies))\b", re.I)
_IN_GENERAL = re.compile(
    r"^\w*\s+(?:[a-z]+ing\b|(?:the )?use of\b|(?:\w+ ){1,3}use\b|(?:\w+ ){0,3}(?:uses?|using)\b)", re.I
)
_THIS_ACT = re.compile(
    r"\b(?:that|this|the|those|these|\w+days?|any)\s+(?:\w+\s+){0,4}"
    r"(?:attacks?|strikes?|massacre|bombing|raids?|incident|shelling|convoy|accusations?|allegations?|charges|reports?"
    r"|claims?|responsibility|involvement)\b",
    re.I,
)
_BACK = re.compile(
    r"\b(?:responsib\w+|involve[dm]\w*|denied it|no truth|not so)\b"
    r"|(?<!\ba )(?<!\ban )\b(?:accusations?|allegations?|charges|claims?|reports?|accounts?)\b"
    r"|\bbehind\b|\bsuch weapons\b|\bden(?:ied|ies|y|ial)\W*$",
    re.I,
)
_NEW = re.compile(r"\ban?\s+(?:[\w-]+\s+){0,4}(?:reports?|claims?|accusation|allegation|account)\b", re.I)
_DISMISSED = re.compile(r"\b(?:dismiss|reject)\w*", re.I)
_ACCUSED = re.compile(r"\b(?:accusations?|allegations?|claims?|charges?|reports?|accounts?|responsibility)\b", re.I)
_NO_DENIAL = re.compile(
    r"lies?\b|dens\b|disput|propaganda|false|fabricat|unfounded|baseless|contradict|misinform", re.I
)
_FUTURE = re.compile(r"\b(?:will|would|could|may|might|to)\s+\w+$|\bnot acknowledged\b", re.I)
_DID_NOT = re.compile(
    r"\b(?:did|do|does|has|have|had|was|were) not (?:\w+ )?(?:carr\w+|conduct\w*|str[iu]\w+|bomb\w*|hit"
    r"|target\w*|us(?:e|ed|ing)|attack\w*|shell\w*|fir\w+|involved|behind|responsible)\b"
    r"|\b(?:conducted|carried out) no\b",
    re.I,
)
_SAID_SO = re.compile(r"\b(?:false|fabricated|unfounded|baseless|not so)\b", re.I)
_HEADLINE = re.compile(r"\s+(?:The|A|An|However|But)\b")
_PROPER = re.compile(r"\b[A-Z]\w{3,}")
_NEXT = 12  # code points between a word of denial and what it denies, such as 'that the'


class Denial(msgspec.Struct, frozen=True, kw_only=True):
    """A claim by which somebody denies: its sentence, the word of denial in it, and who denies (names and keys)."""

    telling: Telling
    sentence: Span
    word: Span | None
    names: tuple[str, ...]
    keys: frozenset[str]

    @property
    def words(self) -> str:
        """The sentence."""
        return self.sentence.of(self.telling.report.text)


def denial_of(one: Telling, by: Ground) -> Denial | None:
    """A claim as a denial of one act or relation by somebody named; None where it is none."""
    key = one.claim.id
    if key not in by.denials:
        by.denials[key] = _denial_of(one, by)
    return by.denials[key]


def _denial_of(one: Telling, by: Ground) -> Denial | None:
    claim = one.claim
    if claim.stance is Stance.ASKS or (one.affirmed and not _has_denial(one.report.text, by.words.denial)):
        return None
    sentence = sentence_of(one, by.words.denial)
    if one.affirmed and not _after_denial(one, sentence, by):
        return None
    for word in by.words.denial.finditer(one.report.text, sentence.start, sentence.end):
        made = _spoken(one, sentence, Span(word.start(), word.end()), by)
        if made is not None and (family_of(claim.type) == "support" or not _standing(made)):
            return made
    if one.affirmed or not claim.sources or claim.certainty is Certainty.UNKNOWN:
        return None
    if not any(map(_DID_NOT.search, one.evidence)):
        return None
    names = tuple(named.name for named in claim.sources)
    keys = one.keys(claim.sources, by.naming)
    return Denial(telling=one, sentence=sentence, word=None, names=names, keys=keys) if _all_names(names) else None


@functools.lru_cache(maxsize=512)
def _has_denial(text: str, denial: re.Pattern[str]) -> bool:
    """Whether a report has a word of denial at all."""
    return denial.search(text) is not None


def _after_denial(one: Telling, sentence: Span, by: Ground) -> bool:
    """Whether a claim that was read as an assertion is what its own sentence denies: 'Sud denied it had struck Orm'."""
    text, start = one.report.text, one.claim.evidence[-1].start
    for word in by.words.denial.finditer(text, sentence.start, sentence.end):
        within = one.claim.evidence[-1].start <= word.start() < one.claim.evidence[-1].end
        if within and _SAID_SO.match(word.group()):
            return True
        if 0 <= start - word.end() <= _NEXT or start <= word.start() <= start + _NEXT:
            return True
    return False


def _spoken(one: Telling, sentence: Span, word: Span, by: Ground) -> Denial | None:
    """The denial with who says it: the words before 'denied', under the fullest name that the claim's source gives."""
    text = one.report.text
    if _SAID_SO.match(word.of(text)):
        return _called_false(one, sentence, word, by)
    named = denier_at(text, sentence, word)
    if named is None or _NO_DENIAL.match(word.of(text)) or _HEADLINE.match(text[word.end : word.end + 12]):
        return None
    name = named.of(one.report.text)
    heads = {head.casefold() for head in _PROPER.findall(name)} or {name.split()[-1].casefold()}
    sources = [source for source in one.claim.sources if heads & set(source.name.casefold().split())]
    names = tuple(source.name for source in _beside(one, sentence, sources)) or (name,)
    if not _all_names(names):
        return None
    keys = frozenset(by.naming(each, one.report.id) for each in (*names, name))
    return Denial(telling=one, sentence=sentence, word=word, names=names, keys=keys)


def _beside(one: Telling, sentence: Span, sources: Sequence[Named]) -> Sequence[Named]:
    """The sources that the sentence names as well, where one of the claim's is known to deny ('Ardan and Sud deny')."""
    words = sentence.of(one.report.text)
    return [named for named in one.claim.sources if named in sources or named.name in words] if sources else ()


def _called_false(one: Telling, sentence: Span, word: Span, by: Ground) -> Denial | None:
    """The denial of a source that the sentence names and that calls reports or accusations false."""
    words = sentence.of(one.report.text)
    sources = [named for named in one.claim.sources if named.name.split()[-1].casefold() in words.casefold()]
    names = tuple(named.name for named in sources)
    flat = word.of(one.report.text).casefold() == "not so"  # an answer by itself: 'Not so, replies the spokesman'
    if not names or not _all_names(names) or not (flat or _ACCUSED.search(words)):
        return None
    return Denial(telling=one, sentence=sentence, word=word, names=names, keys=one.keys(sources, by.naming))


def _all_names(names: Iterable[str]) -> bool:
    return all(map(plausible_name, names))


def _standing(denial: Denial) -> bool:
    """Whether the denial is of a practice: 'has repeatedly denied using such weapons', 'deny bombing hospitals'."""
    text, word, sentence = denial.telling.report.text, denial.word, denial.sentence
    if word is None:
        return False
    before, after = text[max(sentence.start, word.start - 40) : word.end], text[word.end : sentence.end]
    if _DISMISSED.match(word.of(text)) and not _ACCUSED.search(text, sentence.start, sentence.end):
        return True
    if _FUTURE.search(before):
        return True
    if _THIS_ACT.search(after[:90]) or _THIS_ACT.search(before):
        return False
    if _AGAIN.search(before) and not after.strip(" .").startswith("by"):
        return True
    return bool(_PERFECT.search(before) and _IN_GENERAL.match(text[word.end - 1 : sentence.end]))


def points_back(denial: Denial) -> bool:
    """Whether the denial names no act of its own but points back: 'denied responsibility', 'dismissed the reports'."""
    return bool(_BACK.search(denial.words)) and not _NEW.search(denial.words)

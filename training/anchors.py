"""Chooses, for every evidence run of a coded claim, the one word that carries its event: the anchor.

Coders mark runs of words, not anchors. Which word of a run tells of its type is found over all runs at once by
expectation and maximisation: a word is likely the anchor where its lemma often stands in runs of that type and seldom
elsewhere, and where it stands high in the run's parse. The engine's own rules for event words are taken as a start.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from twosource.records import Token

_WEIGHTS = {"VERB": 1.0, "NOUN": 0.8, "ADJ": 0.5, "AUX": 0.2, "PROPN": 0.1, "ADV": 0.1, "ADP": 0.05}
_BY_DEPTH = (3.0, 1.5, 1.0, 0.6, 0.4, 0.3, 0.2)
_ROUNDS = 8
_KNOWN = 0.5
"""The chance with which the search begins for a lemma that a rule of the engine gives the claim's type."""
_LEAST = 0.02
"""A second choice, where the first is taken by another claim, is at least this likely against it."""


class Run(NamedTuple):
    """One evidence run: its report's number, its claim's number there, its type, and the candidates with weights."""

    report: int
    claim: int
    type: str
    start: int
    end: int
    candidates: tuple[tuple[int, float], ...]


def candidates_of(tokens: Sequence[Token], start: int, end: int) -> tuple[tuple[int, float], ...]:
    """The tokens of a run that can be its anchor, with weights by part of speech and depth in the run's parse."""
    inside = {n for n, token in enumerate(tokens) if token.start < end and token.end > start}
    found = []
    for number in sorted(inside):
        token = tokens[number]
        if token.pos not in _WEIGHTS or not any(sign.isalpha() for sign in token.text):
            continue
        depth, at = 0, number
        while tokens[at].head in inside and tokens[at].head != at and depth < len(_BY_DEPTH) - 1:
            at, depth = tokens[at].head, depth + 1
        found.append((number, _WEIGHTS[token.pos] * _BY_DEPTH[depth]))
    return tuple(found)


def choose_anchors(
    runs: Sequence[Run], lemmas: Sequence[Sequence[str]], known: Mapping[str, set[str]]
) -> dict[int, int]:
    """For the number of each run, its anchor's token number; a run whose every candidate is taken has none.

    ``lemmas`` holds every report's lemmas by token number, ``known`` the types that rules give a lemma.
    """
    often = Counter(lemma for report in lemmas for lemma in report)
    chance: dict[tuple[str, str], float] = {}
    for number in range(_ROUNDS):
        counts: dict[tuple[str, str], float] = defaultdict(float)
        for run in runs:
            weights = [w * _chance(chance, known, lemmas[run.report][t], run.type) for t, w in run.candidates]
            total = sum(weights)
            for (token, _), weight in zip(run.candidates, weights, strict=True):
                counts[lemmas[run.report][token], run.type] += weight / total
        chance = {pair: (count + 0.1) / (often[pair[0]] + 3) for pair, count in counts.items()}
        if number < 2:
            chance = {
                (lemma, type_): value + (0.2 if type_ in known.get(lemma, ()) else 0.0)
                for (lemma, type_), value in chance.items()
            }
    return _assigned(runs, lemmas, known, chance)


def _chance(chance: Mapping[tuple[str, str], float], known: Mapping[str, set[str]], lemma: str, type_: str) -> float:
    if not chance:
        return 1.0 + 2 * (type_ in known.get(lemma, ()))
    return chance.get((lemma, type_), 0.01)


def _assigned(
    runs: Sequence[Run],
    lemmas: Sequence[Sequence[str]],
    known: Mapping[str, set[str]],
    chance: Mapping[tuple[str, str], float],
) -> dict[int, int]:
    """The shortest runs choose first, so that a modifier inside a clause keeps its word."""
    taken: set[tuple[int, int]] = set()
    chosen: dict[int, int] = {}
    for number in sorted(range(len(runs)), key=lambda n: runs[n].end - runs[n].start):
        run = runs[number]
        scored = sorted(
            ((w * _chance(chance, known, lemmas[run.report][t], run.type), -t) for t, w in run.candidates), reverse=True
        )
        for score, token in scored:
            if score > scored[0][0] * _LEAST and (run.report, -token) not in taken:
                taken.add((run.report, -token))
                chosen[number] = -token
                break
    return chosen

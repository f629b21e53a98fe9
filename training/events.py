"""Turns coded claims into labels on word pieces: event anchors, the traits of their claims, and the roles of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tokenizers import Tokenizer

from training.anchors import Run, candidates_of, choose_anchors
from training.coded import CodedReport, places_of
from training.examples import EventAnchor, Marked, covered, mark_stripped
from training.labels import CLAIM_ROLES, CLAIM_TRAITS, CLAIM_TYPES
from training.parties import Range, Scene, distance, party_at, scene_of
from twosource.knowledge.events import load_event_words
from twosource.model.windows import Pieces, cut_pieces
from twosource.reading.equipment import Equipment
from twosource.reading.parse import parse_batch
from twosource.records import Reading, Token

FAR = 700
"""A name that stands further from the evidence than this (in code points) is found by rules, not by the reader."""
_PARTIES = ("actors", "targets")


def marked_claims(coded: Sequence[CodedReport], known: Equipment, tokenizer: Tokenizer) -> list[tuple[Marked, Marked]]:
    """Every coded report's labels, as it stands and stripped of the signs that one publisher loses."""
    parsed = [reading for one in coded for reading in parse_batch([Reading(report=one.report)], known.parser)]
    scenes = [scene_of(reading, known) for reading in parsed]
    tokens = [reading.tokens for reading in parsed]
    runs = [run for number, one in enumerate(coded) for run in _runs(number, one, tokens[number])]
    rules_of: dict[str, set[str]] = {}
    for lemma, rules in load_event_words().by_lemma.items():
        rules_of[lemma] = {rule.type.value for words, rule in rules if len(words) == 1}
    anchors = choose_anchors(runs, [[t.lemma.lower() for t in report] for report in tokens], rules_of)
    by_report: list[list[tuple[Run, Token]]] = [[] for _ in coded]
    for number, token in anchors.items():
        by_report[runs[number].report].append((runs[number], tokens[runs[number].report][token]))
    return [_both(*told, tokenizer) for told in zip(coded, by_report, scenes, strict=True)]


def _runs(number: int, one: CodedReport, tokens: Sequence[Token]) -> Iterator[Run]:
    for claim, row in enumerate(one.rows):
        for words in row["evidence"]:
            at = one.report.text.find(words)
            if at < 0:
                continue
            found = candidates_of(tokens, at, at + len(words))
            if found:
                yield Run(number, claim, row["type"], at, at + len(words), found)


def _both(
    one: CodedReport, found: list[tuple[Run, Token]], scene: Scene, tokenizer: Tokenizer
) -> tuple[Marked, Marked]:
    text = one.report.text
    spans = [_spans(one.rows[run.claim], run, text, scene) for run, _ in found]
    voices = list(_voices(one, text))

    def marked(pieces: Pieces, moved: Sequence[int] | None) -> Marked:
        events = []
        for (run, token), roles in zip(found, spans, strict=True):
            event = _event(one.rows[run.claim], pieces, (token.start, token.end), roles, moved)
            if event is not None:
                events.append(event)
        return Marked(pieces, None, None, tuple(events), _voiced(pieces, voices, moved))

    stripped, moved = mark_stripped(text)
    return marked(cut_pieces(text, tokenizer), None), marked(cut_pieces(stripped, tokenizer), moved)


def _event(
    row: dict[str, Any],
    pieces: Pieces,
    anchor: tuple[int, int],
    roles: Sequence[Sequence[tuple[int, int]]],
    moved: Sequence[int] | None,
) -> EventAnchor | None:
    at = covered(pieces, [_moved(anchor, moved)])
    if not at:
        return None
    masks = bytearray(len(pieces))
    for number, spans in enumerate(roles):
        for piece in covered(pieces, [_moved(span, moved) for span in spans]):
            masks[piece] |= 1 << number
    untold = sum(1 << CLAIM_ROLES.index(name) for name in _PARTIES if row[name] and not roles[CLAIM_ROLES.index(name)])
    return EventAnchor(at[0], CLAIM_TYPES.index(row["type"]), traits_of(row), bytes(masks), untold)


def traits_of(row: dict[str, Any]) -> tuple[int, ...]:
    """The number of each trait's value, in the order of CLAIM_TRAITS."""
    told = {**row, "negated": "yes" if row["negated"] else "no", "sourced": "yes" if row["sources"] else "no"}
    return tuple(values.index(told[name]) for name, values in CLAIM_TRAITS)


def _moved(span: tuple[int, int], moved: Sequence[int] | None) -> tuple[int, int]:
    return span if moved is None else (moved[span[0]], moved[span[1]])


def _spans(row: dict[str, Any], run: Run, text: str, scene: Scene) -> list[list[Range]]:
    """For each role its spans near the run."""
    told = {
        **{name: row[name] for name in ("places", "sources", "via")},
        "when": [row["when"]["phrase"]] if row["when"] and row["when"].get("phrase") else [],
        "figures": [figure["phrase"] for figure in row["figures"]],
    }
    roles: list[list[Range]] = [[(run.start, run.end)]]
    for role in CLAIM_ROLES[1:]:
        if role in _PARTIES:
            spans = [party_at(name, run, text, scene) for name in row[role]]
        else:
            spans = [_nearest(words, run, text) for words in told[role]]
        roles.append([span for span in spans if span is not None])
    return roles


def _nearest(words: str, run: Run, text: str) -> Range | None:
    """Where the words stand nearest to the run, within reach."""
    nearest = min(places_of(words, text), key=lambda span: distance(span, run), default=None)
    return nearest if nearest is not None and distance(nearest, run) <= FAR else None


def _voices(one: CodedReport, text: str) -> Iterator[tuple[int, int, bool]]:
    """The evidence runs, the longest first: inside a longer one a shorter has the last word."""
    told = [(text.find(run), len(run), bool(row["sources"])) for row in one.rows for run in row["evidence"]]
    yield from sorted(
        ((at, at + size, sourced) for at, size, sourced in told if at >= 0), key=lambda run: run[0] - run[1]
    )


def _voiced(pieces: Pieces, runs: Sequence[tuple[int, int, bool]], moved: Sequence[int] | None) -> bytes:
    """For every piece 1 where a claim there is somebody's word, 2 where it is the report's own, 0 where none is."""
    voiced = bytearray(len(pieces))
    for start, end, sourced in runs:
        for piece in covered(pieces, [_moved((start, end), moved)]):
            voiced[piece] = 1 if sourced else 2
    return bytes(voiced)

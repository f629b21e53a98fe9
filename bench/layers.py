"""Places, figures and the time that the layers of times, places and figures take, for `make bench`."""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from bench.speed import bare_seconds, bare_words
from twosource.intake import read_paths
from twosource.model.load import load_equipment
from twosource.reading.equipment import Equipment
from twosource.reading.figures import read_figures
from twosource.reading.parse import parse_batch
from twosource.reading.places import find_places
from twosource.reading.times import read_times
from twosource.reading.tree import Tree
from twosource.records import Reading, Report
from twosource.score.figures import score_figures
from twosource.score.places import score_places

__all__ = ["composed_figures", "layer_time", "places"]

_TIMED_REPORTS = 120
_ROUNDS = 3  # interleaved, and the best of each taken: other work on the machine only ever adds time


def places(folder: Path) -> Mapping[str, float]:
    """Places of both sets of news with located names, the measures of each with the set's name before it."""
    sets = {name: score_places([folder / "gold/places" / f"{name}.jsonl"]) for name in ("lgl", "geowebnews")}
    return {f"{name}_{key}": value for name, measures in sets.items() for key, value in measures.items()}


def composed_figures(folder: Path) -> Mapping[str, float]:
    """Figures of the claims in the composed reports."""
    return score_figures(folder / "gold/claims/composed.jsonl", folder / "gold/claims/texts")


def layer_time(folder: Path) -> Mapping[str, float]:
    """The processor time of times, places and figures together, and of each, as a share of the bare parse's."""
    found = read_paths([folder / "gold/reports/fa_kes.jsonl"])
    reports = itertools.islice((one for one in found if isinstance(one, Report)), _TIMED_REPORTS)
    bare = [Reading(report=report) for report in reports]
    equipment, nlp = load_equipment(), bare_words()
    seconds: dict[str, list[float]] = {"parse": [], "times": [], "figures": [], "places": []}
    for _ in range(_ROUNDS):
        for layer, spent in _one_round(bare, equipment, nlp).items():
            seconds[layer].append(spent)
    best = {layer: min(spent) for layer, spent in seconds.items()}
    shares = {layer: best[layer] / best["parse"] for layer in ("times", "figures", "places")}
    return {**shares, "together": sum(shares.values())}


def _one_round(bare: list[Reading], equipment: Equipment, nlp: Any) -> dict[str, float]:
    bare_parse = bare_seconds(nlp, [reading.report for reading in bare])
    parsed = parse_batch(bare, equipment.parser)
    marks = [time.process_time()]
    timed = [msgspec.structs.replace(reading, times=read_times(reading, equipment.times)) for reading in parsed]
    marks.append(time.process_time())
    for reading in timed:
        read_figures(reading, equipment.figures)
    marks.append(time.process_time())
    trees = [Tree(reading) for reading in timed]
    ready = time.process_time()
    for tree in trees:
        find_places(tree, equipment.places)
    done = time.process_time()
    return {
        "parse": bare_parse,
        "times": marks[1] - marks[0],
        "figures": marks[2] - marks[1],
        "places": done - ready,
    }

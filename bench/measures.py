"""What `make bench` measures. Every function takes the folder that holds gold/ and returns figures by key."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from twosource.pipeline import ReaderKind, read_into
from twosource.score.attribution import read_marked, score_attributions
from twosource.score.event_type import read_snippets, score_event_types, type_chances
from twosource.score.figures import score_figures
from twosource.score.hedges import read_hedges, score_hedges
from twosource.score.quiet import read_articles, score_quiet
from twosource.score.reading import read_one
from twosource.score.relations import read_related, score_relations
from twosource.score.time import score_time
from twosource.store import open_project
from twosource.views.issues import count_issues
from twosource.views.project import counts

__all__ = ["attribution", "event_types", "figures", "hedges", "quiet", "relations", "runs", "times"]

_SETS = ("seeds", "gold/claims/texts", "gold/reports/fa_kes.jsonl")
_TIMED_REPORTS = 120
_ROUNDS = 3  # interleaved, and the best of each taken: other work on the machine only ever adds time


def runs(folder: Path) -> Mapping[str, float]:
    """Every report of the three sets read into a project: how many, with how many claims, and stages that failed."""
    with tempfile.TemporaryDirectory() as scratch, open_project(Path(scratch) / "bench.db", create=True) as project:
        read_into([folder / name for name in _SETS], project)
        held = counts(project)
        failed = count_issues(project, code="stage-failed")
    return {"reports": held.reports, "claims": held.claims, "failed": failed}


def times(folder: Path) -> Mapping[str, float]:
    """Time expressions on both sets of marked news."""
    return score_time([folder / "gold/time/timebank.jsonl", folder / "gold/time/aquaint.jsonl"])


def attribution(folder: Path) -> Mapping[str, float]:
    """Who says what, by the trained reader, on the marked articles."""
    marked = read_marked(folder / "gold/attribution/polnear_dev.jsonl")
    return score_attributions(marked, lambda report: read_one(report, ReaderKind.TRAINED).attributions)


def hedges(folder: Path) -> Mapping[str, float]:
    """Words of doubt by the sentence, on the documents kept apart from training."""
    gold = read_hedges(folder / "gold/hedges/wiki.jsonl")
    return score_hedges(gold, lambda report: read_one(report, ReaderKind.TRAINED))


def event_types(folder: Path) -> Mapping[str, float]:
    """Sub-events of ACLED of snippets of news, in five folds."""
    return score_event_types(read_snippets(folder / "gold/events/case2021.jsonl"), type_chances)


def relations(folder: Path) -> Mapping[str, float]:
    """Relations between given entities; the weights were fitted on these texts, so that the figure flatters them."""
    gold = read_related(folder / "gold/events/re3d.jsonl")
    return score_relations(gold, lambda report: read_one(report, ReaderKind.RULES))


def quiet(folder: Path) -> Mapping[str, float]:
    """Claims of force and its like in articles without a word of war."""
    articles = read_articles([folder / f"gold/attribution/polnear_{part}.jsonl" for part in ("dev", "train")])
    return score_quiet(articles, lambda report: [claim.type for claim in read_one(report).claims])


def figures(folder: Path) -> Mapping[str, float]:
    """Figures of the coded dev claims."""
    return score_figures(folder / "gold/claims/dev.jsonl", folder / "gold/claims/texts")

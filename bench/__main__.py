"""`python -m bench --gold ../shared`: a row for every measure, its figure, what it is to reach, and what is missing."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from bench.corpus import events, lineage
from bench.layers import composed_figures, layer_time, places
from bench.measures import attribution, event_types, figures, hedges, quiet, relations, runs, times
from bench.speed import speed
from bench.unseen import unseen_claims, unseen_claims_by_rules, unseen_sources

__all__ = ["main"]


class Row(NamedTuple):
    """One figure: what it is called, the gold that it needs, its key, and what it is to reach."""

    name: str
    needs: str
    key: str
    target: float


MEASURES: tuple[tuple[Callable[[Path], Mapping[str, float]], tuple[Row, ...]], ...] = (
    (
        unseen_claims,
        (
            Row("claims, unseen outlets: claim F1", "gold/claims/dev.jsonl", "claim_f1", 0.45),
            Row("claims, unseen outlets: found F1", "gold/claims/dev.jsonl", "found_f1", 0.68),
            Row("claims, unseen outlets: typed F1", "gold/claims/dev.jsonl", "typed_f1", 0.55),
            Row(
                "claims, unseen outlets: evidence not in the text", "gold/claims/dev.jsonl", "evidence_not_in_text", 0.0
            ),
            Row("claims, unseen outlets: status", "gold/claims/dev.jsonl", "status", 0.90),
            Row("claims, unseen outlets: denials F1", "gold/claims/dev.jsonl", "denies_f1", 0.60),
            Row("claims, unseen outlets: negated F1", "gold/claims/dev.jsonl", "is_negated_f1", 0.60),
            Row("claims, unseen outlets: uncertain F1", "gold/claims/dev.jsonl", "uncertain_f1", 0.60),
            Row("claims, unseen outlets: calibration error", "gold/claims/dev.jsonl", "calibration_error", 0.0),
        ),
    ),
    (
        unseen_claims_by_rules,
        (
            Row("claims, unseen outlets, by rules: claim F1", "gold/claims/dev.jsonl", "claim_f1", 0.25),
            Row("claims, unseen outlets, by rules: found F1", "gold/claims/dev.jsonl", "found_f1", 0.0),
        ),
    ),
    (
        runs,
        (
            Row("all reports: read", "gold/reports/fa_kes.jsonl", "reports", 0.0),
            Row("all reports: claims", "gold/reports/fa_kes.jsonl", "claims", 0.0),
            Row("all reports: stages that failed", "gold/reports/fa_kes.jsonl", "failed", 0.0),
        ),
    ),
    (
        times,
        (
            Row("times: relaxed F1", "gold/time/aquaint.jsonl", "relaxed_f1", 0.88),
            Row("times: value F1", "gold/time/aquaint.jsonl", "value_f1", 0.72),
        ),
    ),
    (
        figures,
        (
            Row("figures, dev: F1 in matched claims", "gold/claims/dev.jsonl", "figures_f1", 0.0),
            Row("figures, dev: tolls with kind and range", "gold/claims/dev.jsonl", "casualty_accuracy", 0.85),
        ),
    ),
    (
        composed_figures,
        (
            Row("figures, composed: F1 in matched claims", "gold/claims/composed.jsonl", "figures_f1", 0.0),
            Row(
                "figures, composed: tolls with kind and range", "gold/claims/composed.jsonl", "casualty_accuracy", 0.85
            ),
        ),
    ),
    (
        places,
        (
            Row("places, LGL: within 161 km, gold names", "gold/places/lgl.jsonl", "lgl_acc161", 0.80),
            Row("places, LGL: found and resolved, F1", "gold/places/lgl.jsonl", "lgl_end_to_end_f1", 0.70),
            Row("places, GeoWebNews: within 161 km", "gold/places/geowebnews.jsonl", "geowebnews_acc161", 0.90),
            Row("places, GeoWebNews: F1", "gold/places/geowebnews.jsonl", "geowebnews_end_to_end_f1", 0.70),
        ),
    ),
    (
        attribution,
        (
            Row("attribution: content F1 at 0.3", "gold/attribution/polnear_dev.jsonl", "content_f1_03", 0.82),
            Row("attribution: content F1 at 0.8", "gold/attribution/polnear_dev.jsonl", "content_f1_08", 0.69),
            Row("attribution: right source of those", "gold/attribution/polnear_dev.jsonl", "source_accuracy", 0.93),
        ),
    ),
    (
        unseen_sources,
        (
            Row("sources, unseen outlets: sourced, right", "gold/claims/dev.jsonl", "sourced_accuracy", 0.80),
            Row("sources, unseen outlets: unsourced, given one", "gold/claims/dev.jsonl", "unsourced_false", 0.08),
        ),
    ),
    (
        hedges,
        (Row("hedges: sentence F1", "gold/hedges/wiki.jsonl", "sentence_f1", 0.80),),
    ),
    (
        layer_time,
        (
            Row("speed: times / parser", "gold/reports/fa_kes.jsonl", "times", 0.0),
            Row("speed: figures / parser", "gold/reports/fa_kes.jsonl", "figures", 0.0),
            Row("speed: places / parser", "gold/reports/fa_kes.jsonl", "places", 0.0),
            Row("speed: times, figures and places / parser", "gold/reports/fa_kes.jsonl", "together", 0.2),
        ),
    ),
    (
        event_types,
        (Row("event types, CASE 2021: weighted F1, five folds", "gold/events/case2021.jsonl", "weighted_f1", 0.70),),
    ),
    (
        relations,
        (Row("relations, re3d, fitted on it: F1", "gold/events/re3d.jsonl", "f1", 0.0),),
    ),
    (
        quiet,
        (
            Row(
                "quiet articles: claims of force, control, posture, persons",
                "gold/attribution/polnear_train.jsonl",
                "claims_mean",
                1.5,
            ),
        ),
    ),
    (
        lineage,
        (
            Row("lineage, fitted on it: reprint F1", "gold/reuse/pairs.jsonl", "reprint_f1", 0.90),
            Row("lineage, fitted on it: dependent F1", "gold/reuse/pairs.jsonl", "dependent_f1", 0.85),
            Row("lineage, fitted on it: four classes, macro F1", "gold/reuse/pairs.jsonl", "macro4_f1", 0.65),
        ),
    ),
    (
        events,
        (
            Row("events: B-cubed F1 of lead claims", "gold/reuse/event_clusters.jsonl", "b3_f1", 0.75),
            Row("events: B-cubed precision", "gold/reuse/event_clusters.jsonl", "b3_precision", 0.0),
            Row("events: B-cubed recall", "gold/reuse/event_clusters.jsonl", "b3_recall", 0.0),
        ),
    ),
    (
        speed,
        (
            Row("speed: reading / bare parse, conflict news (at most)", "gold/reports/fa_kes.jsonl", "conflict", 1.5),
            Row(
                "speed: reading / bare parse, general news (at most)",
                "gold/attribution/polnear_train.jsonl",
                "general",
                0.6,
            ),
        ),
    ),
)


def main() -> None:
    """Prints the table; exits with 0 also where gold is missing, since that is said in the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=Path("../shared"), help="the folder that holds gold/")
    parser.add_argument("--only", help="measure only rows whose name holds this word")
    options = parser.parse_args()
    table = Table(title=f"twosource, {datetime.datetime.now(tz=datetime.UTC).date()}")
    for column in ("measure", "figure", "to reach"):
        table.add_column(column, justify="left" if column == "measure" else "right")
    for measure, rows in MEASURES:
        if options.only and not any(options.only in row.name for row in rows):
            continue
        missing = [row.needs for row in rows if not (options.gold / row.needs).exists()]
        figures = {} if missing else measure(options.gold)
        for row in rows:
            table.add_row(row.name, *_cells(row, figures))
    Console().print(table)


def _cells(row: Row, figures: Mapping[str, float]) -> tuple[str, str]:
    target = f"{row.target:g}" if row.target else ""
    if row.key not in figures:
        return f"missing: {row.needs}", target
    value = figures[row.key]
    return (str(value) if isinstance(value, int) else f"{value:.3f}"), target


if __name__ == "__main__":
    main()

"""The claims score: on claims written by hand, and against the reference scorer where it is at hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from score.coded_by_hand import coded
from twosource.closed_sets import ClaimType, FigureKind, Stance
from twosource.errors import InputError, UsageError
from twosource.score.agreement import family_fit, overlap, same_name, set_f1, when_agreement
from twosource.score.claims import score_claims
from twosource.score.coded import CodedFigure, CodedWhen, read_coded

TEXT = "Rebels shelled Karesh on Monday, killing 12 people. The army denied that it had fled."
SHELLED = coded(
    ClaimType.SHELLING,
    "Rebels shelled Karesh on Monday, killing 12 people",
    actors=("Rebels",),
    places=("Karesh",),
    figures=(CodedFigure("12 people", FigureKind.KILLED, 12, 12),),
)
FLED = coded(ClaimType.WITHDRAWS, "it had fled", actors=("army",), sources=("army",), stance=Stance.DENIES)


def test_gold_against_itself_is_perfect() -> None:
    figures = score_claims([SHELLED, FLED], [FLED, SHELLED], {"r": TEXT})
    assert figures["claim_f1"] == figures["found_f1"] == figures["denies_f1"] == 1.0
    assert figures["evidence_not_in_text"] == 0


def test_a_wrong_type_of_the_family_is_found_and_not_typed() -> None:
    wrong = msgspec.structs.replace(SHELLED, type=ClaimType.AIRSTRIKE)
    figures = score_claims([SHELLED], [wrong], {"r": TEXT})
    assert (figures["found_f1"], figures["typed_f1"]) == (1.0, 0.0)
    assert 0 < figures["claim_f1"] < 1


def test_a_missed_figure_costs_only_its_field() -> None:
    without = msgspec.structs.replace(SHELLED, figures=())
    figures = score_claims([SHELLED], [without], {"r": TEXT})
    assert figures["figures"] == 0.0
    assert figures["claim_f1"] == pytest.approx(4 / 5)


def test_invented_evidence_is_counted() -> None:
    invented = msgspec.structs.replace(SHELLED, evidence=("words that are not there",))
    assert score_claims([SHELLED], [invented], {"r": TEXT})["evidence_not_in_text"] == 1


def test_agreement_of_values() -> None:
    assert same_name("the Free Army", "Free Army of Karesh") is True
    assert same_name("sources", "two Lebanese sources") is False
    assert set_f1(["a", "b"], ["b"], str.__eq__) == pytest.approx(2 / 3)
    assert overlap(set(range(10)), set(range(5, 40))) == 0.0
    assert family_fit(ClaimType.KILLS, ClaimType.SHELLING) == 0.25
    assert family_fit(ClaimType.KILLS, ClaimType.AGREES) == 0.0
    assert when_agreement(None, CodedWhen("", None, None)) == 1.0


def test_gold_without_claims_is_misuse() -> None:
    with pytest.raises(UsageError, match="no claim"):
        score_claims([], [], {})


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(msgspec.json.encode(SHELLED) + b"\n{broken\n")
    with pytest.raises(InputError, match=r"line 2"):
        read_coded(path)


@pytest.mark.gold
def test_the_figures_equal_the_reference_scorers(gold: Path, tmp_path: Path) -> None:
    coded = read_coded(gold / "claims/dev.jsonl")[:400]
    kept = {claim.report for claim in coded}
    texts = {r: (gold / f"claims/texts/{r}.txt").read_text(encoding="utf-8") for r in kept}
    found = [
        msgspec.structs.replace(c, type=ClaimType.OTHER if n % 5 == 0 else c.type, figures=c.figures[: n % 2])
        for n, c in enumerate(coded)
        if n % 7
    ]
    paths = [tmp_path / "gold.jsonl", tmp_path / "found.jsonl"]
    for path, claims in zip(paths, (coded, found), strict=True):
        path.write_bytes(b"\n".join(msgspec.json.encode(claim) for claim in claims))
    command = [sys.executable, str(gold.parent / "score_claims.py"), *map(str, paths), str(gold / "claims/texts")]
    told = json.loads(subprocess.run([*command, "--json"], capture_output=True, check=True).stdout)
    ours = score_claims(coded, found, texts)
    assert told.keys() == ours.keys()
    assert all(told[key] == pytest.approx(ours[key]) for key in told)

"""Claims: voices, colours, folded tolls; and what holds for every reading."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import twosource
from twosource.closed_sets import Certainty, ClaimType, Stance, Status
from twosource.intake import read_paths
from twosource.reading.equipment import Equipment
from twosource.reading.read import STAGES
from twosource.records import Claim, Named, Reading, Report
from twosource.spans import Span
from twosource.stage import run_stages

Read = Callable[[str], Reading]
EXAMPLES = Path(twosource.__file__).parent / "examples" / "reports"


def _only(reading: Reading, type_: ClaimType) -> Claim:
    [claim] = [claim for claim in reading.claims if claim.type is type_]
    return claim


def _names(values: tuple[Named, ...]) -> list[str]:
    return [named.name for named in values]


def test_who_did_what_to_whom_where(read: Read) -> None:
    claim = _only(read("Rebels attacked soldiers near Aleppo."), ClaimType.ATTACK)
    assert _names(claim.actors) == ["Rebels"]
    assert _names(claim.targets) == ["soldiers"]
    assert _names(claim.places) == ["Aleppo"]


def test_a_toll_told_with_an_attack_is_its_figure(read: Read) -> None:
    reading = read("An airstrike on the market killed at least 12 civilians.")
    claim = _only(reading, ClaimType.AIRSTRIKE)
    assert [(f.kind.value, f.low, f.high) for f in claim.figures] == [("killed", 12, None)]
    assert ClaimType.KILLS not in {c.type for c in reading.claims}


def test_a_toll_without_a_cause_is_a_claim_of_its_own(read: Read) -> None:
    claim = _only(read("Nine civilians were killed in the camp."), ClaimType.KILLS)
    assert [(f.low, f.high) for f in claim.figures] == [(9, 9)]


def test_the_source_is_kept_and_is_no_part_of_the_evidence(read: Read) -> None:
    reading = read("The army shelled the village, two medical sources said.")
    claim = _only(reading, ClaimType.SHELLING)
    assert _names(claim.sources) == ["two medical sources"]
    assert [reading.words(run) for run in claim.evidence] == ["The army shelled the village"]


def test_denying_changes_the_stance_and_not_the_event(read: Read) -> None:
    said = _only(read("The army said that soldiers had attacked the convoy."), ClaimType.ATTACK)
    denied = _only(read("The army denied that soldiers had attacked the convoy."), ClaimType.ATTACK)
    assert (said.stance, denied.stance) == (Stance.ASSERTS, Stance.DENIES)
    assert not denied.negated
    for field in ("actors", "targets", "status"):
        assert _plain(getattr(said, field)) == _plain(getattr(denied, field))


def _plain(value: object) -> object:
    return [n.name for n in value] if isinstance(value, tuple) else value


@pytest.mark.parametrize(
    ("text", "type_", "field", "value"),
    [
        ("The militia may have attacked the convoy.", ClaimType.ATTACK, "certainty", Certainty.POSSIBLE),
        ("The militia reportedly attacked the convoy.", ClaimType.ATTACK, "certainty", Certainty.PROBABLE),
        ("The militia did not attack the convoy.", ClaimType.ATTACK, "negated", True),
        ("The army will deploy tanks to the border.", ClaimType.DEPLOYS, "status", Status.PLANNED),
        ("If the army attacks the convoy, people will flee.", ClaimType.ATTACK, "status", Status.HYPOTHETICAL),
        ("The rebels control the port.", ClaimType.HOLDS, "status", Status.ONGOING),
        ("The army attacked the convoy.", ClaimType.ATTACK, "status", Status.HAPPENED),
    ],
)
def test_colour_follows_the_words(read: Read, text: str, type_: ClaimType, field: str, value: object) -> None:
    assert getattr(_only(read(text), type_), field) == value


def test_a_modifier_is_a_claim_in_the_reports_own_voice(read: Read) -> None:
    reading = read("Officials said that Turkey-backed rebels attacked a convoy.")
    backs = _only(reading, ClaimType.BACKS)
    assert (_names(backs.actors), _names(backs.targets)) == (["Turkey"], ["rebels"])
    assert backs.sources == ()
    assert _names(_only(reading, ClaimType.ATTACK).sources) == ["Officials"]


def test_every_value_says_which_rule_decided_it(read: Read) -> None:
    claim = _only(read("The army denied that soldiers had attacked the convoy."), ClaimType.ATTACK)
    assert {reason.field for reason in claim.reasons} >= {"type", "stance", "sources"}


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return [one for one in read_paths([EXAMPLES]) if isinstance(one, Report)]


@pytest.fixture(scope="module")
def readings(reports: list[Report], equipment: Equipment) -> list[Reading]:
    return run_stages([Reading(report=report) for report in reports], STAGES, equipment)


def _spans(record: object) -> list[Span]:
    """Every span in a record, however deep."""
    if isinstance(record, Span):
        return [record]
    if isinstance(record, tuple | list):
        return [span for part in record for span in _spans(part)]
    if isinstance(record, msgspec.Struct):
        return [span for field in record.__struct_fields__ for span in _spans(getattr(record, field))]
    return []


def test_every_span_lies_in_its_text_and_every_name_is_verbatim(readings: list[Reading]) -> None:
    assert sum(len(reading.claims) for reading in readings) > 100
    for reading in readings:
        text = reading.report.text
        layers = (reading.claims, reading.attributions, reading.mentions, reading.places, reading.times)
        assert all(0 <= s.start < s.end <= len(text) for layer in layers for s in _spans(layer))
        for claim in reading.claims:
            named = (claim.actors, claim.targets, claim.places, claim.sources, claim.via)
            assert all(value.name == value.span.of(text) for values in named for value in values)
            assert all(figure.phrase == figure.span.of(text) for figure in claim.figures)
            assert all(run.of(text).strip() for run in claim.evidence)


def test_a_report_reads_alike_alone_and_in_any_batch(
    reports: list[Report], readings: list[Reading], equipment: Equipment
) -> None:
    backwards = run_stages([Reading(report=report) for report in reversed(reports)], STAGES, equipment)
    alone = [run_stages([Reading(report=report)], STAGES, equipment)[0] for report in reports[:4]]
    assert list(reversed(backwards)) == readings
    assert alone == readings[:4]


def test_ids_of_claims_are_all_different(readings: list[Reading]) -> None:
    ids = [claim.id for reading in readings for claim in reading.claims]
    assert len(set(ids)) == len(ids)


SENTENCES = st.sampled_from(
    [
        "Rebels attacked soldiers near Aleppo.",
        "“We will not leave,” a commander said.",
        "The army denied it.",
        "- REUTERS",
        "",
        "حلب 🕊️ fell to the rebels on Monday!!!",
        '"""',
        "At least 12 (12) people, 12.5 people",
        "X-backed Y-held Z-led",
        "By by of of in in",
    ]
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SENTENCES, min_size=1, max_size=5), st.sampled_from([" ", "\n", "\n\n"]))
def test_any_text_is_read_and_its_evidence_is_verbatim(
    equipment: Equipment, sentences: list[str], between: str
) -> None:
    report = Report(id="r", text=between.join(sentences), published=datetime.date(2019, 4, 10))
    [reading] = run_stages([Reading(report=report)], STAGES, equipment)
    for claim in reading.claims:
        assert all(0 <= run.start < run.end <= len(report.text) for run in claim.evidence)
        assert all(a.end <= b.start for a, b in itertools.pairwise(claim.evidence))

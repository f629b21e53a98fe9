"""The shipped example reports, their hand-coded claims and their lineage agree with each other and the calendar."""

from __future__ import annotations

import datetime
import itertools
import json
from pathlib import Path
from typing import Any

import pytest

import twosource
from twosource.closed_sets import Certainty, ClaimType, FigureKind, Stance, Status

EXAMPLES = Path(twosource.__file__).parent / "examples"
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("reports/*.txt"))}
HEADER_KEYS = {"outlet", "published", "title", "url", "agency", "language", "id"}
CLAIM_KEYS = {
    "report", "type", "evidence", "actors", "targets", "places", "when", "figures", "sources", "via",
    "stance", "certainty", "status", "negated",
}  # fmt: skip
RELATIONS = {"reprint", "rewrite", "update", "independent", "different"}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def rows(name: str) -> list[dict[str, Any]]:
    lines = (EXAMPLES / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def header(text: str) -> dict[str, str]:
    """The lines 'key: value' above the first blank line; empty where the first line is none of them."""
    found: dict[str, str] = {}
    for line in text.split("\n\n", 1)[0].splitlines():
        key, colon, value = line.partition(": ")
        if not colon or key not in HEADER_KEYS:
            return {}
        found[key] = value
    return found


CLAIMS = rows("claims.jsonl")
LINEAGE = rows("lineage.jsonl")
HEADERS = {stem: header(text) for stem, text in TEXTS.items()}


def label(claim: dict[str, Any]) -> str:
    return f"{claim['report']}: {claim['evidence'][0][:40]}"


@pytest.fixture(params=CLAIMS, ids=label)
def claim(request: pytest.FixtureRequest) -> dict[str, Any]:
    return request.param


def test_there_are_fourteen_reports_and_each_has_its_coding() -> None:
    assert len(TEXTS) == 14
    assert {claim["report"] for claim in CLAIMS} == set(TEXTS)
    assert all(sum(c["report"] == stem for c in CLAIMS) >= 10 for stem in TEXTS)


def test_no_claim_is_coded_twice() -> None:
    lines = [json.dumps(claim, sort_keys=True) for claim in CLAIMS]
    assert len(set(lines)) == len(lines)


def test_claim_has_the_keys_and_types_of_the_codebook(claim: dict[str, Any]) -> None:
    assert set(claim) == CLAIM_KEYS
    assert isinstance(claim["negated"], bool)
    for key in ("evidence", "actors", "targets", "places", "sources", "via"):
        assert all(isinstance(words, str) and words.strip() for words in claim[key])
        assert len(set(claim[key])) == len(claim[key])


def test_claim_keeps_the_closed_sets(claim: dict[str, Any]) -> None:
    ClaimType(claim["type"])
    Stance(claim["stance"])
    Certainty(claim["certainty"])
    Status(claim["status"])
    for figure in claim["figures"]:
        FigureKind(figure["kind"])


def test_words_of_a_claim_stand_in_its_report(claim: dict[str, Any]) -> None:
    text = TEXTS[claim["report"]]
    quoted = [words for key in ("actors", "targets", "places", "sources", "via") for words in claim[key]]
    quoted += [figure["phrase"] for figure in claim["figures"]]
    quoted += [claim["when"]["phrase"]] if claim["when"] else []
    assert claim["evidence"]
    assert [words for words in claim["evidence"] + quoted if words not in text] == []


def test_figures_are_ordered_ranges_that_say_something(claim: dict[str, Any]) -> None:
    for figure in claim["figures"]:
        assert set(figure) == {"phrase", "kind", "low", "high"}
        low, high = figure["low"], figure["high"]
        assert (low, high) != (None, None)
        assert low is None or high is None or 0 <= low <= high


def test_dates_are_ordered_and_unresolved_only_without_a_publication_date(claim: dict[str, Any]) -> None:
    when = claim["when"]
    if when is None:
        return
    assert set(when) == {"phrase", "start", "end"}
    days = [datetime.date.fromisoformat(when[end]) for end in ("start", "end") if when[end]]
    assert days == sorted(days)
    if not days:
        assert "published" not in HEADERS[claim["report"]] or when["phrase"] == "before the harvest"


def test_a_single_day_named_by_its_weekday_falls_on_that_weekday(claim: dict[str, Any]) -> None:
    when = claim["when"]
    if when is None or when["start"] is None or when["start"] != when["end"]:
        return
    named = [day for day in WEEKDAYS if day in when["phrase"]]
    assert named in ([], [WEEKDAYS[datetime.date.fromisoformat(when["start"]).weekday()]])


def test_every_header_date_parses_and_one_report_has_no_header() -> None:
    assert [stem for stem, head in HEADERS.items() if not head] == ["nevrin-brief"]
    for head in (head for head in HEADERS.values() if head):
        assert datetime.date.fromisoformat(head["published"]).year == 2019
        assert head["outlet"]
        assert head["title"]


def test_one_header_date_disagrees_with_the_dateline() -> None:
    assert HEADERS["vorrim-relief"]["published"] == "2019-05-04"
    assert "VESSIN, 2 May 2019 - " in TEXTS["vorrim-relief"]


def test_headers_with_an_id_have_different_ids_and_one_names_an_agency() -> None:
    ids = [head["id"] for head in HEADERS.values() if "id" in head]
    assert len(ids) == len(set(ids)) == 3
    assert [head["agency"] for head in HEADERS.values() if "agency" in head] == ["Quillon Press"]


def test_lineage_covers_every_pair_once() -> None:
    pairs = [frozenset((row["a"], row["b"])) for row in LINEAGE]
    assert len(pairs) == len(set(pairs)) == 91
    assert set(pairs) == {frozenset(pair) for pair in itertools.combinations(TEXTS, 2)}


def test_lineage_rows_have_a_known_relation_and_a_note() -> None:
    for row in LINEAGE:
        assert set(row) == {"a", "b", "relation", "note"}
        assert row["relation"] in RELATIONS
        assert row["note"].strip()


def test_copies_of_one_original_form_one_closed_group() -> None:
    copied = {"reprint", "rewrite", "update"}
    pairs = {frozenset((row["a"], row["b"])) for row in LINEAGE if row["relation"] in copied}
    members = sorted(frozenset().union(*pairs))
    assert len(members) == 5
    assert pairs == {frozenset(pair) for pair in itertools.combinations(members, 2)}

from __future__ import annotations

import datetime

from twosource.closed_sets import Certainty, ClaimType, FigureKind, Stance, Status
from twosource.records import Claim, Figure, Named, Place, Reading, Reason, When
from twosource.spans import Span
from twosource.web.cards import Card, cards_of
from web.desk_reports import at, example_readings, make_report

TEXT = (
    'The Darrem Free Front (DFF) moved. On Friday the group shelled Kerat, killing at least 12, Orrel said. "It may."'
)


def named(name: str, words: str) -> Named:
    return Named(name=name, span=at(TEXT, name), said_at=at(TEXT, words))


def card(**fields: object) -> Card:
    claim = Claim(
        **{
            "id": "claim-1",
            "report": "r",
            "type": ClaimType.SHELLING,
            "evidence": (at(TEXT, "the group shelled Kerat, killing at least 12"),),
            "trigger": at(TEXT, "shelled"),
            **fields,
        }
    )
    return cards_of(Reading(report=make_report("r", TEXT), claims=(claim,)))[0]


def rows(made: Card) -> dict[str, list[tuple[str, str | None]]]:
    return {row.label: [(value.text, value.detail) for value in row.values] for row in made.rows}


def test_a_short_form_is_shown_beside_the_full_name() -> None:
    made = card(actors=(named("Darrem Free Front", "the group"),), targets=(named("Kerat", "Kerat"),))
    assert [(value.text, value.detail) for value in made.who] == [("Darrem Free Front", "here “the group”")]
    assert [(value.text, value.detail) for value in made.whom] == [("Kerat", None)]


def test_values_of_a_claim_are_put_into_words() -> None:
    span = at(TEXT, "at least 12")
    friday = datetime.date(2019, 4, 12)
    made = card(
        places=(named("Kerat", "Kerat"),),
        when=When(phrase="On Friday", span=at(TEXT, "On Friday"), start=friday, end=friday),
        figures=(Figure(span=span, phrase="at least 12", number=span, kind=FigureKind.KILLED, rule="", low=12),),
        sources=(named("Orrel", "Orrel"),),
    )
    assert rows(made) == {
        "Where": [("Kerat", None)],
        "When": [("On Friday", "12 Apr 2019")],
        "Figures": [("at least 12", "12 or more killed")],
        "Said by": [("Orrel", None)],
    }


def test_a_claim_without_a_source_is_the_reports_own() -> None:
    said_by = next(row for row in card().rows if row.label == "Said by")
    assert said_by.values == ()
    assert "own voice" in said_by.empty


def test_a_time_that_nothing_anchors_says_so() -> None:
    made = card(when=When(phrase="On Friday", span=at(TEXT, "On Friday")))
    assert rows(made)["When"] == [("On Friday", "which days is not known")]


def test_unusual_states_stand_out() -> None:
    plain_card = card()
    denied = card(stance=Stance.DENIES, certainty=Certainty.POSSIBLE, status=Status.PLANNED, negated=True)
    assert [(state.word, state.usual) for state in plain_card.states] == [
        ("asserts", True),
        ("certain", True),
        ("happened", True),
    ]
    assert [(state.word, state.usual) for state in denied.states] == [
        ("denies", False),
        ("possible", False),
        ("planned", False),
        ("negated", False),
    ]


def test_each_reason_names_its_rule_and_words() -> None:
    made = card(reasons=(Reason(field="targets", rule="target.object", span=at(TEXT, "Kerat")),))
    assert [(why.field, why.rule, why.words) for why in made.whys] == [("to whom", "target.object", "Kerat")]


def test_the_summary_says_the_claim_in_one_breath() -> None:
    made = card(
        actors=(named("DFF", "DFF"), named("Darrem Free Front", "the group")),
        sources=(named("Orrel", "Orrel"),),
        stance=Stance.DENIES,
    )
    assert made.summary == "Claim 1 of 1: shelling, by DFF and Darrem Free Front, said by Orrel, denies"


def test_cards_follow_the_text_whatever_the_order_of_the_claims() -> None:
    reading = next(reading for reading in example_readings() if reading.report.id == "nevrin-wire")
    forwards = [made.claim for made in cards_of(reading)]
    backwards = cards_of(Reading(report=reading.report, claims=reading.claims[::-1]))
    assert [made.claim for made in backwards] == forwards
    assert [made.number for made in backwards] == list(range(1, len(forwards) + 1))


def test_every_evidence_run_is_verbatim_in_its_report() -> None:
    for reading in example_readings():
        assert all(words in reading.report.text for made in cards_of(reading) for words in made.evidence)


def test_a_claim_with_no_evidence_still_has_a_card() -> None:
    assert card(evidence=(), trigger=Span(0, 0)).evidence == ()


def test_a_target_that_was_read_as_a_place_too_leads_to_the_choice_of_its_place() -> None:
    kerat = named("Kerat", "Kerat")
    claim = Claim(
        id="c", report="r", type=ClaimType.SHELLING, evidence=(kerat.span,), trigger=kerat.span, targets=(kerat,)
    )
    town, country = (
        Place(span=kerat.span, name="Kerat", rule="only-one", place="x:1", admin1="Orrel", country="DA", precision=one)
        for one in ("town", "country")
    )
    report = make_report("r", TEXT)
    [value] = cards_of(Reading(report=report, claims=(claim,), places=(town,)))[0].whom
    assert (value.way, value.path) == (
        "as a place: in Orrel, DA",
        "/places/choose?report=r&name=Kerat&back=reading&at=c",
    )
    [value] = cards_of(Reading(report=report, claims=(claim,), places=(country,)))[0].whom
    assert value.path is None, "a country that acts is no place to be chosen"

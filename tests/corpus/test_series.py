"""How a figure changes, and what each report adds to a toll without adding the same dead twice."""

from __future__ import annotations

from corpus.claims_by_hand import report, telling
from twosource.corpus.counting import Count, counts_in
from twosource.corpus.series import Change, additions, said_steps, steps
from twosource.knowledge.counted import load_counted

WORDS = load_counted()
FIRST = report("a", "Medics said 12 people died, three of them children.", outlet="Wire", published="2031-03-04")
LATER = report(
    "b", "Medics said seven more people died, raising the toll to 19.", outlet="Wire", published="2031-03-06"
)
OTHER = report("c", "Rebels said 27 people died.", outlet="Voice", published="2031-03-05")


def counts() -> list[Count]:
    told = [
        telling(
            FIRST,
            "airstrike",
            "12 people died, three of them children",
            sources=["Medics"],
            figures=[("12 people", "killed", 12, 12), ("three of them children", "killed", 3, 3)],
        ),
        telling(OTHER, "airstrike", "27 people died", sources=["Rebels"], figures=[("27 people", "killed", 27, 27)]),
        telling(
            LATER,
            "airstrike",
            "seven more people died, raising the toll to 19",
            sources=["Medics"],
            figures=[("seven more people", "killed", 7, 7), ("19", "killed", 19, 19)],
        ),
    ]
    return [count for one in told for count in counts_in(one, WORDS)]


def test_a_step_stands_to_its_own_speaker_s_last_one() -> None:
    found = [(step.count.figure.low, step.change) for step in steps(counts())]
    assert found == [
        (12, Change.FIRST),
        (3, Change.FIRST),
        (27, Change.FIRST),
        (7, Change.FIRST),
        (19, Change.HIGHER),
    ]


def test_steps_are_the_same_in_whatever_order_claims_come() -> None:
    assert steps(reversed(counts())) == steps(counts())


def test_each_report_adds_to_what_its_own_speaker_gave_before() -> None:
    found = [(one.count.figure.low, one.before, one.adds) for one in additions(counts())]
    assert found == [(12, None, 12), (3, None, 0), (27, 12, 15), (7, 12, None), (19, 12, 7)]


def test_a_part_is_of_the_whole_of_its_own_report() -> None:
    part = additions(counts())[1]
    assert part.whole is not None
    assert part.whole.figure.low == 12
    assert "of the 12" in part.note


def test_a_reprint_adds_nothing() -> None:
    again = report("d", "Medics said 12 people died.", outlet="Herald", published="2031-03-07")
    told = telling(again, "airstrike", "12 people died", sources=["Medics"], figures=[("12 people", "killed", 12, 12)])
    assert additions([*counts(), *counts_in(told, WORDS)])[-1].adds == 0


def test_what_is_denied_adds_nothing() -> None:
    of = report("d", "The army denied that 40 people died.", published="2031-03-07")
    told = telling(
        of, "airstrike", "40 people died", sources=["army"], stance="denies", figures=[("40 people", "killed", 40, 40)]
    )
    assert additions([*counts(), *counts_in(told, WORDS)])[-1].adds is None


def test_a_headline_and_its_body_add_a_toll_once() -> None:
    of = report("a", "Raid kills 12\n\nThe raid killed 12 people.", published="2031-03-04", title=True)
    told = telling(
        of,
        "airstrike",
        "The raid killed 12 people",
        figures=[("12", "killed", 12, 12), ("12 people", "killed", 12, 12)],
    )
    assert [one.adds for one in additions(counts_in(told, WORDS))] == [12, 0]


def rescuers(id_: str, name: str, low: int, day: int, *, outlet: str = "Wire", place: str = "Vale") -> Count:
    of = report(id_, f"{name} said {low} people died in {place}.", outlet=outlet, published=f"2031-03-0{day}")
    figures = [(f"{low} people", "killed", low, low)]
    told = telling(of, "airstrike", f"{low} people died in {place}", sources=[name], places=[place], figures=figures)
    return counts_in(told, WORDS)[0]


def nobody_s(name: str, report: str) -> str:
    """A naming by which every name means somebody of its report alone."""
    return f"generic:{report}:{name}"


def test_speakers_without_a_name_of_their_own_are_one_in_an_outlet_however_they_are_written() -> None:
    told = [
        rescuers("a", "Rescue workers", 12, 4),
        rescuers("b", "rescue workers", 14, 5),
        rescuers("c", "The rescue workers", 13, 6),
        rescuers("d", "Rescue workers", 20, 7, outlet="Voice"),
    ]
    changes = [step.change for step in steps(told, nobody_s)]
    assert changes == [Change.FIRST, Change.HIGHER, Change.LOWER, Change.FIRST]


def test_steps_of_what_was_said_keep_places_and_events_apart() -> None:
    told = [
        rescuers("a", "Medics", 12, 4),
        rescuers("b", "Medics", 30, 5, place="Orm"),
        rescuers("c", "Medics", 14, 6),
    ]
    found = said_steps(reversed(told), lambda count: count.telling.claim.places[0].name)
    assert [(step.count.figure.low, step.change) for step in found] == [
        (12, Change.FIRST),
        (30, Change.FIRST),
        (14, Change.HIGHER),
    ]

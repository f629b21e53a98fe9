"""The page of figures, how steps are put into series, and how a series is drawn."""

from __future__ import annotations

import datetime
import itertools
import re
from pathlib import Path

import msgspec
import pytest
from starlette.testclient import TestClient

from fake_reading import fake_reader, make_report
from twosource.closed_sets import Certainty, ClaimType, FigureKind, Stance, Status
from twosource.corpus.series import Change
from twosource.pipeline import store_reports
from twosource.spans import Span
from twosource.store import Project, open_project
from twosource.views.figures import FigureStep
from twosource.views.tellings import Saying
from twosource.web.figure_chart import BOTTOM, LEFT, RIGHT, TOP, chart_of
from twosource.web.figure_series import points_of, series_of
from web.at_desk import at_desk
from web.desk_reports import HOSTILE, OVERRIDE, example_readings, hostile_reading, keep_readings, make_project

DAY = datetime.date(2019, 4, 10)


def step(speaker: str, low: int | None, high: int | None, days: int = 0, **fields: object) -> FigureStep:
    report = f"{speaker}-{days}"
    said = Saying(
        claim=f"claim-{report}",
        report=report,
        outlet="Herald",
        published=DAY + datetime.timedelta(days),
        type=ClaimType.SHELLING,
        speakers=(speaker,),
        own_voice=False,
        via=(),
        stance=Stance.ASSERTS,
        certainty=Certainty.CERTAIN,
        status=Status.HAPPENED,
        negated=False,
        words=("words",),
        spans=(Span(0, 5),),
    )
    made = FigureStep(
        kind=FigureKind.KILLED,
        low=low,
        high=high,
        value=str(low or high),
        phrase="words",
        at=Span(0, 5),
        whom=(),
        extent="event",
        since=None,
        until=None,
        actors=(),
        targets=(),
        places=("Vale",),
        change=Change.FIRST,
        previous=None,
        saying=said,
    )
    return msgspec.structs.replace(made, **fields)


def test_scopes_kinds_and_events_never_mix() -> None:
    told = [
        step("a", 3, 3),
        step("b", 30, 30, extent="total"),
        step("c", 3, 3, kind=FigureKind.INJURED),
        step("d", 1, 1, extent="part", whom=("children",)),
        step("e", 5, 5),
    ]
    found = series_of(told, {"claim-e-0": ("event-1", "Shelling in Vale")})
    assert sorted((one.event, one.kind, one.scope, one.whom) for one in found if one.event is None) == [
        (None, "injured", "event", ()),
        (None, "killed", "event", ()),
        (None, "killed", "part", ("children",)),
        (None, "killed", "total", ()),
    ]
    assert [one.title for one in found if one.event] == ["Shelling in Vale"]


def test_what_most_speakers_tell_of_comes_first_and_deaths_before_all() -> None:
    told = [step("a", 3, 3, places=("B",)), step("b", 4, 4, places=("A",)), step("c", 4, 4, places=("A",))]
    injured = [step(name, 1, 1, kind=FigureKind.INJURED) for name in "defg"]
    assert [(one.title, one.kind.value) for one in series_of([*injured, *told], {})] == [
        ("A", "killed"),
        ("B", "killed"),
        ("Vale", "injured"),
    ]


def test_a_number_that_one_speaker_gives_in_two_reports_of_a_day_is_one_point() -> None:
    twice = [step("a", 3, 3), msgspec.structs.replace(step("a", 3, 3), phrase="three")]
    other = msgspec.structs.replace(twice[1].saying, report="other")
    [series] = series_of([twice[0], msgspec.structs.replace(twice[1], saying=other)], {})
    assert [point.times for point in points_of(series)] == [2]
    assert chart_of(series) is None


def test_a_chart_keeps_its_order_of_days_and_values_and_stays_inside() -> None:
    [series] = series_of([step("a", 3, 3), step("a", 12, None, 2), step("b", 5, 9, 1), step("c", None, 4, 1)], {})
    drawn = chart_of(series)
    assert drawn is not None
    marks = {mark.point.step.low: mark for mark in drawn.marks}
    assert marks[3].x < marks[5].x < marks[12].x
    assert marks[12].y < marks[5].y < marks[3].y
    assert (marks[12].open_up, marks[12].open_down) == (True, False)
    assert marks[5].top < marks[5].y < marks[5].foot
    assert all(LEFT <= mark.x <= RIGHT and TOP <= mark.top <= mark.foot <= BOTTOM for mark in drawn.marks)
    assert [points.count(",") for _, points in drawn.lines] == [2]
    assert [tick.words for tick in drawn.days] == ["10 Apr", "11 Apr", "12 Apr"]


def test_one_speaker_has_one_line_however_an_outlet_writes_the_name() -> None:
    told = [step("Rescue workers", 3, 3), step("the rescue workers", 5, 5, 1), step("Medics", 4, 4, 1)]
    [series] = series_of(told, {})
    drawn = chart_of(series)
    assert drawn is not None
    assert series.speakers == 2
    assert [(style, points.count(",")) for style, points in drawn.lines] == [(0, 2)]
    assert [label.name for label in drawn.labels] == ["the rescue workers", "Medics"]


def test_a_step_beside_another_outlet_s_is_on_its_line() -> None:
    first = step("Ministry", 3, 3)
    later = step("Interior Ministry", 5, 5, 1, previous=first.saying.claim)
    elsewhere = msgspec.structs.replace(later, saying=msgspec.structs.replace(later.saying, outlet="Voice"))
    [series] = series_of([first, elsewhere], {})
    drawn = chart_of(series)
    assert drawn is not None
    assert len(drawn.lines) == 1


def test_figures_of_unlike_nations_are_not_joined() -> None:
    told = [step("Medics", 3, 3, phrase="3 Iranians"), step("Medics", 9, 9, 1, phrase="9 people")]
    [series] = series_of(told, {})
    drawn = chart_of(series)
    assert drawn is not None
    assert (drawn.lines, len(drawn.labels)) == ((), 1)


def test_values_far_apart_are_drawn_on_a_scale_that_multiplies() -> None:
    [series] = series_of([step("a", 2, 2), step("b", 5000, 5000, 1)], {})
    drawn = chart_of(series)
    assert drawn is not None
    assert drawn.logarithmic
    assert [tick.words for tick in drawn.values] == ["1", "10", "100", "1,000"]


def test_names_beside_a_chart_do_not_cover_each_other() -> None:
    [series] = series_of([step(f"speaker {number}", 7, 7) for number in range(12)], {})
    drawn = chart_of(series)
    assert drawn is not None
    heights = [label.y for label in drawn.labels]
    assert len(heights) == 8
    assert all(later - earlier >= 14.9 for earlier, later in itertools.pairwise(heights))
    assert sum(mark.style is None for mark in drawn.marks) == 4


def test_a_chart_draws_so_many_points_and_tells_how_many_are_left_out() -> None:
    [series] = series_of([step("a", number, number, number) for number in range(1, 101)], {})
    drawn = chart_of(series)
    assert drawn is not None
    assert (len(drawn.marks), drawn.left_out) == (80, 20)


def test_a_denied_number_joins_no_line() -> None:
    told = [step("a", 3, 3), step("a", 9, 9, 1)]
    denied = msgspec.structs.replace(told[1], saying=msgspec.structs.replace(told[1].saying, stance=Stance.DENIES))
    [series] = series_of([told[0], denied], {})
    drawn = chart_of(series)
    assert drawn is not None
    assert drawn.lines == ()
    assert [mark.point.denied for mark in drawn.marks] == [False, True]


def fill(project: Project) -> None:
    keep_readings(project, [*example_readings(), hostile_reading()])


def test_every_point_and_row_opens_its_sentence(client: TestClient) -> None:
    page = client.get("/figures?kind=killed").text
    links = re.findall(r'(?:class="figure [^"]*"|data-label="Words"><a) href="([^"]+)"', page)
    assert links
    for link in set(links):
        path, _, claim = link.partition("#")
        assert f'id="{claim}"' in client.get(path).text


def test_the_page_is_filtered_by_kind_scope_and_place(client: TestClient) -> None:
    assert "<strong>Injured</strong>" in client.get("/figures?kind=injured").text
    assert "<strong>Killed</strong>" not in client.get("/figures?kind=injured").text
    assert "No figure is like that" in client.get("/figures?place=Nowhere").text
    assert "this attack" not in client.get("/figures?scope=total").text.split('id="list"')[1]


@pytest.mark.parametrize("query", ["kind=cows", "scope=all", "since=1-2-3", "event=none"])
def test_what_cannot_be_asked_is_told(client: TestClient, query: str) -> None:
    answer = client.get(f"/figures?{query}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_only_the_list_is_answered_to_htmx(client: TestClient) -> None:
    assert "<html" not in client.get("/figures", headers={"HX-Request": "true"}).text


def test_hostile_words_stay_words(client: TestClient) -> None:
    page = client.get("/figures", params={"place": HOSTILE, "actor": OVERRIDE}).text
    assert "<script>document" not in page
    assert "<img" not in page


def test_a_project_without_figures_says_how_to_come_by_some(tmp_path: Path) -> None:
    with (
        make_project(tmp_path / "p.db", []) as project,
        at_desk(project) as made,
    ):
        assert "There are no figures yet" in made.get("/figures").text


def test_the_table_tells_how_a_figure_stands_to_the_speaker_s_last_of_the_same_place(tmp_path: Path) -> None:
    told = [("a", "Vale", 5, 12), ("b", "Orrin", 1, 30), ("c", "Vale", 5, 14)]
    reports = [
        make_report(
            id_,
            f"Medics said Norland shelled {place} on 2024-03-0{struck}, killing {killed}.",
            outlet="Herald",
            published=f"2024-03-{day:02}",
        )
        for day, (id_, place, struck, killed) in enumerate(told, 5)
    ]
    with (
        open_project(tmp_path / "p.db", create=True) as project,
        at_desk(project) as made,
    ):
        store_reports(reports, project, fake_reader())
        page = made.get("/figures").text
    rows = re.findall(r'data-label="Figure">(\d+)<.*?data-label="Beside the last">(.*?)</td>', page, re.DOTALL)
    assert [(killed, beside if beside.isalpha() else "first") for killed, beside in rows] == [
        ("12", "first"),
        ("14", "higher"),
        ("30", "first"),
    ]

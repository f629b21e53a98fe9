"""Relating in a project: order, increments, changed reports, decisions, and what the commands and views say of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from corpus import another_war as war
from fake_reading import fake_reader
from twosource.corpus.origins import Resting
from twosource.corpus_records import Judgement, Lineage, Relation
from twosource.errors import UsageError
from twosource.pipeline import store_reports
from twosource.records import Report
from twosource.relating import Judge, default_judge, keep_decision, relate
from twosource.store import Project, open_project
from twosource.store import lineage as stored
from twosource.store.decisions import every_decision
from twosource.views.lineage import count_reports_alone, dependences_of, list_lineages, origins_behind, why

EVERY = [war.WIRE, war.REPRINT, war.ALERT, war.RETOLD, war.LATER, war.STATEMENT, war.OTHER, war.BLOG, war.DIGEST]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with open_project(tmp_path / "a.db", create=True) as opened:
        yield opened


def keep(project: Project, *reports: Report) -> None:
    store_reports(reports, project, fake_reader())


def lineages(project: Project) -> list[Lineage]:
    with project.looking() as connection:
        return stored.all_lineages(connection)


def kept(project: Project) -> tuple[object, ...]:
    with project.looking() as connection:
        return stored.dependences(connection), stored.all_lineages(connection)


def groups(project: Project) -> set[tuple[str, ...]]:
    return {one.reports for one in lineages(project)}


def decide(project: Project, first: Report, second: Report, judgement: Judgement) -> None:
    keep_decision(project, (first.id, second.id), judgement, reason="I asked both desks", who="a.coder")


def test_reading_relates_what_it_read(project: Project) -> None:
    keep(project, *EVERY)
    assert groups(project) == {("alert", "digest", "later", "reprint", "retold", "wire"), ("blog", "digest")}
    assert count_reports_alone(project) == 2


@pytest.mark.parametrize("parts", [1, 2, 4, 9])
def test_neither_order_nor_number_of_runs_changes_an_id_or_a_group(tmp_path: Path, parts: int) -> None:
    def stored_in(name: str, runs: Sequence[Sequence[Report]]) -> tuple[object, ...]:
        with open_project(tmp_path / name, create=True) as project:
            for reports in runs:
                keep(project, *reports)
            return kept(project)

    size = -(-len(EVERY) // parts)
    backwards = EVERY[::-1]
    runs = [backwards[at : at + size] for at in range(0, len(EVERY), size)]
    assert stored_in("runs.db", runs) == stored_in("once.db", [EVERY])


def test_words_that_come_back_for_weeks_are_set_aside_whenever_that_shows(tmp_path: Path) -> None:
    stock = " ".join(war.BLOG.text.split()[:60])
    own = [war.WIRE.text, war.STATEMENT.text, war.OTHER.text, war.RETOLD.text, war.LATER.text, "The river is quiet."]
    reports = [war.report(f"s{at}", f"{text}\n{stock}", 2 + 4 * at, "Reuters") for at, text in enumerate(own)]

    def stored_in(name: str, order: Sequence[Report]) -> tuple[object, ...]:
        with open_project(tmp_path / name, create=True) as project:
            for report in order:
                keep(project, report)
            return kept(project)

    assert stored_in("forwards.db", reports) == stored_in("backwards.db", reports[::-1])


def test_a_changed_text_is_compared_anew(project: Project) -> None:
    keep(project, war.WIRE, war.REPRINT)
    assert groups(project) == {("reprint", "wire")}
    keep(project, msgspec.structs.replace(war.REPRINT, text=war.STATEMENT.text, digest="other"))
    assert groups(project) == set()


def test_other_weights_compare_everything_anew(project: Project) -> None:
    keep(project, war.WIRE, war.REPRINT)
    by = default_judge()
    assert relate(project, by) == 0
    strict = Judge(rules=by.rules, model=msgspec.structs.replace(by.model, threshold=1.0), fingerprint="another")
    assert relate(project, strict) == 2
    assert groups(project) == set()


def test_a_run_that_was_cut_off_is_gone_on_with(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("twosource.relating._AT_ONCE", 2)
    monkeypatch.setattr("twosource.pipeline.relate", lambda project: None)
    keep(project, *EVERY)
    told: list[int] = []

    def stop(done: int) -> None:
        told.append(done)
        if len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        relate(project, progress=stop)
    assert relate(project) == len(EVERY) - 4
    assert len(groups(project)) == 2


def test_a_decision_beats_the_engine_and_survives_reading_again(project: Project) -> None:
    keep(project, war.WIRE, war.REPRINT, war.STATEMENT)
    decide(project, war.WIRE, war.REPRINT, Judgement.DIFFERENT)
    decide(project, war.WIRE, war.STATEMENT, Judgement.SAME)
    assert groups(project) == {("statement", "wire")}
    keep(project, war.RETOLD, msgspec.structs.replace(war.REPRINT, title="New", digest="other"))
    relate(project, msgspec.structs.replace(default_judge(), fingerprint="another"))
    assert not any({"wire", "reprint"} <= set(group) for group in groups(project))
    assert any({"wire", "statement"} <= set(group) for group in groups(project))


def test_decisions_are_only_added(project: Project) -> None:
    keep(project, war.WIRE, war.REPRINT)
    for judgement in (Judgement.DIFFERENT, Judgement.SAME, Judgement.UNSURE):
        decide(project, war.REPRINT, war.WIRE, judgement)
    with project.looking() as connection:
        assert [one.verdict for one in every_decision(connection)] == ["different", "same", "unsure"]
    assert groups(project) == {("reprint", "wire")}


def test_a_decision_on_no_report_or_on_one_is_refused(project: Project) -> None:
    keep(project, war.WIRE)
    with pytest.raises(UsageError, match="no report 'reprint'"):
        decide(project, war.WIRE, war.REPRINT, Judgement.SAME)
    with pytest.raises(UsageError, match="named twice"):
        decide(project, war.WIRE, war.WIRE, Judgement.SAME)
    assert lineages(project) == []


def test_a_family_lists_its_reports_by_day_and_tells_which_are_mixed(project: Project) -> None:
    keep(project, war.WIRE, war.REPRINT, war.BLOG, war.DIGEST)
    large, small = list_lineages(project)
    assert [report.id for report in large.reports] == ["wire", "digest", "reprint"]
    assert (large.mixed, small.mixed) == (("digest",), ("digest",))
    assert (large.lineage.origin, small.lineage.origin) == ("Reuters", "AFP")
    assert [row.lineage.id for row in list_lineages(project, report="blog")] == [small.lineage.id]


def test_why_shows_the_words_of_both(project: Project) -> None:
    keep(project, war.WIRE, war.RETOLD)
    found = why(project, "retold", "wire")
    assert found.dependence.relation is Relation.REWRITE
    assert found.passages
    for one, other in found.passages:
        assert one in war.WIRE.text
        assert other in war.RETOLD.text
    assert [one.reports for one in found.lineages] == [("retold", "wire")]


def test_why_answers_for_unrelated_reports_and_for_those_in_one_family_by_others(project: Project) -> None:
    keep(project, *EVERY)
    assert why(project, "statement", "wire").dependence.reason.startswith("No sign of dependence")
    found = why(project, "alert", "retold")
    assert found.dependence.relation is Relation.NONE
    assert found.by_way_of


def test_why_tells_a_decision_and_what_the_engine_said(project: Project) -> None:
    keep(project, war.WIRE, war.REPRINT)
    decide(project, war.WIRE, war.REPRINT, Judgement.DIFFERENT)
    reason = why(project, "wire", "reprint").dependence.reason
    assert reason.startswith("A person says different origins: I asked both desks. The engine said: Reprint: ")
    assert dependences_of(project, "wire") == ()


def test_why_refuses_unknown_reports_and_one_report_twice(project: Project) -> None:
    keep(project, war.WIRE)
    with pytest.raises(UsageError, match="no report 'gone'"):
        why(project, "wire", "gone")
    with pytest.raises(UsageError, match="named twice"):
        why(project, "wire", "wire")


def test_a_reprint_adds_no_independent_origin(project: Project) -> None:
    keep(project, *EVERY)
    accounts = [Resting(report=one.id) for one in (war.WIRE, war.STATEMENT)]
    assert origins_behind(project, accounts) == 2
    for more in itertools.chain([war.REPRINT, war.ALERT, war.RETOLD, war.LATER, war.DIGEST]):
        accounts.append(Resting(report=more.id))
        assert origins_behind(project, accounts) == 2

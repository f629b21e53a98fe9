"""Names of many reports brought together: by form, company and explanation, and by people's decisions."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from corpus.entities.made import KNOWLEDGE, decision, used
from twosource.corpus.entities.identify import Identified, identify_names
from twosource.corpus.entities.index import EntityIndex
from twosource.corpus.entities.scene import Parties, Used
from twosource.corpus_records import Decision, Entity, Judgement


def identified(told: Sequence[Used], *decisions: Decision) -> Identified:
    return identify_names(told, decisions, KNOWLEDGE)


def named(found: Identified, name: str) -> Entity:
    [entity] = [one for one in found.entities if name in one.names]
    return entity


def test_spellings_of_a_name_that_no_table_has_become_one_actor() -> None:
    told = [*used("a", "Ahfad al-Rasul Brigades", outlet="One"), *used("b", "Ahfad al-Rasoul", outlet="Two")]
    entity = named(identified(told), "Ahfad al-Rasoul")
    assert set(entity.names) == {"Ahfad al-Rasul Brigades", "Ahfad al-Rasoul"}
    assert {use.outlets for use in entity.uses} == {("One",), ("Two",)}
    assert all(use.reason for use in entity.uses)


def test_what_is_only_alike_is_suggested_and_kept_apart() -> None:
    found = identified([*used("a", "Wadi Brigade"), *used("b", "Wadi Army")])
    first = named(found, "Wadi Brigade")
    assert first.names == ("Wadi Brigade",)
    assert [one.name for one in first.suggestions] == ["Wadi Army"]


def test_names_that_fight_each_other_are_never_one() -> None:
    told = used("a", Parties(actors=("Northern Karrar Guard",), targets=("Northern Karar Guards",), hostile=True))
    found = identified(told)
    assert named(found, "Northern Karrar Guard").id != named(found, "Northern Karar Guards").id


def test_an_acronym_is_joined_where_some_report_explains_it() -> None:
    text = "The Norland Liberation Council (NLC) met."
    told = [*used("a", "Norland Liberation Council", text=text), *used("b", "NLC")]
    assert named(identified(told), "NLC").id == "name:norland-liberation-council"


def test_an_acronym_that_reports_explain_in_two_ways_stays_alone() -> None:
    told = [
        *used("a", "Norland Liberation Council", text="The Norland Liberation Council (NLC) met."),
        *used("b", "Nordic Lake Company", text="The Nordic Lake Company (NLC) met."),
        *used("c", "NLC"),
    ]
    assert named(identified(told), "NLC").names == ("NLC",)


def test_a_given_name_alone_is_somebody_else_in_every_report() -> None:
    told = [*used("a", "Karim"), *used("b", "Karim"), *used("c", "Karim Haddad")]
    ids = {identified(told).used[report, "Karim"] for report in ("a", "b")}
    assert len(ids) == 2


def test_rebels_of_two_reports_are_never_one_actor() -> None:
    found = identified([*used("a", "rebels"), *used("b", "rebels")])
    assert found.used["a", "rebels"] != found.used["b", "rebels"]
    assert all(entity.generic and entity.report for entity in found.entities)


def test_a_successor_is_another_actor_that_knows_its_predecessor() -> None:
    found = identified([*used("a", "Jabhat al-Nusra"), *used("b", "Jabhat Fateh al-Sham")])
    assert named(found, "Jabhat Fateh al-Sham").succeeds == ("actor:nusra-front",)
    assert len(found.entities) == 2


def test_the_order_of_reports_changes_no_id_and_no_group() -> None:
    reports = [
        used("a", "Ahfad al-Rasul Brigades", "rebels", "Karim"),
        used("b", "Ahfad al-Rasoul", "Hezbollah"),
        used("c", "Karim Haddad", "Ahfad ar-Rasul Brigade", "Wadi Army"),
        used("d", "Wadi Brigade", "Hezbollah terrorists"),
    ]
    wanted = identified(list(itertools.chain.from_iterable(reports)))
    for order in itertools.permutations(reports):
        assert identified(list(itertools.chain.from_iterable(order))) == wanted


def test_a_person_joins_what_the_engine_kept_apart_and_is_named_in_the_reason() -> None:
    told = [*used("a", "Wadi Brigade"), *used("b", "Wadi Army")]
    entity = named(identified(told, decision(Judgement.SAME, "Wadi Brigade", "Wadi Army")), "Wadi Army")
    assert set(entity.names) == {"Wadi Brigade", "Wadi Army"}
    assert any("a.coder" in use.reason and use.rule == "decision" for use in entity.uses)


def test_a_person_joins_a_new_name_to_a_row_of_the_table() -> None:
    told = [*used("a", "Party of the Cedar"), *used("b", "Hezbollah")]
    found = identified(told, decision(Judgement.SAME, "Party of the Cedar", "Hezbollah"))
    assert named(found, "Party of the Cedar").id == "actor:hezbollah"


def test_a_person_parts_what_the_table_holds_together() -> None:
    told = [*used("a", "ISIS"), *used("b", "Daesh"), *used("c", "Islamic State")]
    found = identified(told, decision(Judgement.DIFFERENT, "Daesh", "Islamic State"))
    assert named(found, "Islamic State").names == ("ISIS", "Islamic State")
    assert named(found, "Daesh").id == "name:daesh"


def test_a_person_parts_two_spellings_even_where_a_third_is_like_both() -> None:
    told = [*used("a", "Ahfad al-Rasul Brigade"), *used("b", "Ahfad al-Rasoul"), *used("c", "Ahfad ar-Rasul Brigades")]
    found = identified(told, decision(Judgement.DIFFERENT, "Ahfad al-Rasul Brigade", "Ahfad al-Rasoul"))
    assert named(found, "Ahfad al-Rasul Brigade").id != named(found, "Ahfad al-Rasoul").id


def test_a_person_can_say_who_the_rebels_of_a_report_are() -> None:
    told = [*used("a", "rebels"), *used("b", "rebels"), *used("c", "Hezbollah")]
    found = identified(told, decision(Judgement.SAME, "generic:a:rebels", "Hezbollah"))
    assert found.used["a", "rebels"] == "actor:hezbollah"
    assert found.used["b", "rebels"] == "generic:b:rebels"


def test_a_decision_on_names_that_no_report_has_changes_nothing() -> None:
    told = used("a", "Wadi Brigade")
    assert identified(told, decision(Judgement.SAME, "Wadi Brigade", "Nobody")) == identified(told)


def test_the_index_gives_every_name_an_entity() -> None:
    found = identified([*used("a", "ISIS", "rebels"), *used("b", "Russian jets", "Iranian media")])
    index = EntityIndex(found.entities, found.used)
    assert index.entity_of("ISIS", "a") == index.entity_of("ISIS", "unread") == "actor:islamic-state"
    assert index.is_generic(index.entity_of("rebels", "a"))
    assert index.is_generic(index.entity_of("rebels", "unread"))
    assert index.owner_of(index.entity_of("Iranian media", "b")) == "actor:iran"
    assert index.entity_of("Somebody New") == "name:somebody-new"

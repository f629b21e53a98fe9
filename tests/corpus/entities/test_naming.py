"""What a name means in one report: by the tables, by the words around it, by the report's other names."""

from __future__ import annotations

import pytest

from corpus.entities.made import names
from twosource.corpus.entities.scene import Sort
from twosource.corpus_records import Judgement

MEANS = [
    ("Daesh", "actor:islamic-state", "table.name"),
    ("ISIS fighters", "actor:islamic-state", "dressing.members"),
    ("PKK terrorist organization", "actor:kurdistan-workers-party", "dressing.members"),
    ("Iran-backed Hezbollah militias", "actor:hezbollah", "dressing.members"),
    ("Tehran administration", "actor:iran", "dressing.government"),
    ("Obama administration", "actor:united-states", "table.name"),
    ("government of President Bashar al-Assad", "actor:syria", "dressing.government"),
    ("Assads forces", "actor:syrian-arab-army", "dressing.forces"),
    ("Ukrainian troops", "actor:armed-forces-of-ukraine", "table.name"),
    ("Russian warplanes", "actor:russia", "dressing.equipment"),
    ("President Vladimir Putin", "person:vladimir-putin", "dressing.title"),
    ("Zainabiyoun brigades", "actor:zainabiyoun-brigade", "table.form"),
    ("Iranian Basij Brigades", "actor:basij", "table.form"),
    ("SANA news agency", "outlet:sana", "table.name"),
]
UNNAMED = [
    "rebels",
    "Syrian rebels",
    "two Lebanese sources",
    "Kurdish forces",
    "Rescue workers",
    "Interior Ministry",
    "Syrian Opposition",
    "Activists in Homs",
    "mainstream groups backed by Turkey",
    "Badr and Nujabaa groups",
    "Syrian President",
    "former ISIS fighters",
    "SANA reporter in Aleppo",
    "James Foley family",
]


@pytest.mark.parametrize(("name", "entity", "rule"), MEANS)
def test_a_name_means_what_the_tables_and_the_words_around_it_say(name: str, entity: str, rule: str) -> None:
    naming = names(name)[name]
    assert (naming.entity, naming.sort) == (entity, Sort.KNOWN)
    assert naming.rule == rule
    assert naming.reason


@pytest.mark.parametrize("name", UNNAMED)
def test_people_without_a_name_stay_with_their_report(name: str) -> None:
    first, second = names(name, report="a")[name], names(name, report="b")[name]
    assert first.sort is Sort.GENERIC
    assert first.entity != second.entity


@pytest.mark.parametrize("name", ["Galibiyyun Brigades", "Owner of Rights Units", "Hadi al-Bahra", "Liwa al-Karrar"])
def test_a_name_that_no_table_has_is_kept_as_a_name(name: str) -> None:
    assert names(name)[name].sort is Sort.NAMED


def test_people_of_an_actor_are_not_the_actor_and_tell_whose_they_are() -> None:
    naming = names("Iranian media")["Iranian media"]
    assert (naming.sort, naming.owner) == (Sort.GENERIC, "actor:iran")


def test_what_only_an_adjective_tells_has_no_owner() -> None:
    assert names("Syrian rebels")["Syrian rebels"].owner is None


def test_loaded_words_are_kept_beside_the_actor() -> None:
    found = names("ISIS terrorists", "Syrian regime", "Syrian government", "Hezbollah")
    assert found["ISIS terrorists"].loaded == ("terrorists",)
    assert found["Syrian regime"].loaded == ("regime",)
    assert found["Syrian regime"].entity == found["Syrian government"].entity
    assert found["Hezbollah"].loaded == ()


def test_an_ambiguous_name_is_told_by_the_countries_of_the_report() -> None:
    assert names("SLA", countries={"SD": 3})["SLA"].entity == "actor:sudan-liberation-movement-army"
    assert names("SLA", countries={"LB": 3})["SLA"].entity == "actor:south-lebanon-army"
    assert names("Quds Brigades", countries={"SY": 5})["Quds Brigades"].entity == "actor:liwa-al-quds"
    assert names("Quds Brigades", countries={"PS": 5})["Quds Brigades"].entity == "actor:al-quds-brigades"


def test_an_ambiguous_name_without_a_sign_stays_open() -> None:
    naming = names("SLA")["SLA"]
    assert (naming.sort, naming.judgement) == (Sort.NAMED, Judgement.UNSURE)
    assert set(naming.maybe) == {"actor:south-lebanon-army", "actor:sudan-liberation-movement-army"}


def test_an_acronym_is_what_the_report_explains_it_to_be() -> None:
    text = "The Norland Liberation Council (NLC) met. The NLC said so."
    naming = names("NLC", "Norland Liberation Council", text=text)["NLC"]
    assert (naming.entity, naming.rule) == ("name:norland-liberation-council", "report.defined")


def test_a_surname_is_short_for_the_only_full_name_in_the_report() -> None:
    found = names("Hadi al-Bahra", "al-Bahra")
    assert found["al-Bahra"].entity == found["Hadi al-Bahra"].entity
    assert found["al-Bahra"].rule == "report.short"
    both = names("Hadi al-Bahra", "Sami al-Bahra", "al-Bahra")
    assert both["al-Bahra"].entity not in {both["Hadi al-Bahra"].entity, both["Sami al-Bahra"].entity}


def test_a_name_with_words_before_it_is_the_name_that_stands_alone_elsewhere() -> None:
    found = names("groom Sami Fatimi", "Sami Fatimi")
    assert found["groom Sami Fatimi"].entity == "name:sami-fatimi"


def test_the_regime_is_the_only_one_that_the_report_names() -> None:
    assert names("Assad regime", "regime")["regime"].entity == "actor:syria"
    assert names("Assad regime", "Iranian regime", "regime")["regime"].sort is Sort.GENERIC
    assert names("pro-government forces", "government forces")["government forces"].rule == "generic"
    assert names("areas held by rebels", "rebels")["rebels"].rule == "generic"


def test_ranks_are_no_part_of_a_name() -> None:
    assert names("Colonel Thomas Mbeki")["Colonel Thomas Mbeki"].entity == "name:thomas-mbeki"


def test_the_order_of_claims_changes_nothing() -> None:
    told = ["Assad regime", "regime", "Hadi al-Bahra", "al-Bahra", "rebels", "Islamist rebels", "ISIS", "SLA"]
    assert names(*told) == names(*reversed(told))

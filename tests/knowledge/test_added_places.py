"""Files of places that users add are read, kept, and found beside the packaged places."""

from __future__ import annotations

import pickle
from importlib.resources import files
from pathlib import Path

import pytest

from twosource.errors import InputError
from twosource.knowledge.added_places import added_files, open_gazetteer, write_added
from twosource.knowledge.gazetteer import Gazetteer
from twosource.knowledge.place_files import read_place_file
from twosource.knowledge.place_rules import load_place_rules

PACKAGED = Path(str(files("twosource").joinpath("data", "places.bin")))
VILLAGE = "9999999\tKarbatun\tKarbatun\tKarbatoun,كربتون\t36.05\t37.05\tP\tPPL\tSY\t\t09\t\t\t\t300\t\t\t\t2020-01-01"
KNOWN = "170063\tAleppo\tAleppo\t\t36.2\t37.1\tP\tPPLA\tSY\t\t09\t\t\t\t1\t\t\t\t2020-01-01"
TABLE = (
    "ADM1_EN,ADM2_EN,ADM3_EN,ADM3_PCODE,Latitude,Longitude\nAleppo,Jebel,Zardanqa,SY020001,36.1,37.0\n,,Nowhere,,x,\n"
)


@pytest.fixture
def packaged() -> Gazetteer:
    return Gazetteer.open(PACKAGED)


def test_a_country_file_gives_the_places_that_are_lacking(tmp_path: Path, packaged: Gazetteer) -> None:
    (tmp_path / "SY.txt").write_text(f"{VILLAGE}\n{KNOWN}\n", "utf-8")
    found = read_place_file(tmp_path / "SY.txt", packaged)
    assert [(one.place.name, one.names) for one in found.places] == [("Karbatun", ("Karbatoun",))]
    assert found.passed_over == 1


def test_a_table_with_codes_gives_its_places(tmp_path: Path, packaged: Gazetteer) -> None:
    (tmp_path / "syr.csv").write_text(TABLE, "utf-8")
    found = read_place_file(tmp_path / "syr.csv", packaged)
    [place] = [one.place for one in found.places]
    assert (place.id, place.country, place.admin1, place.precision) == ("pcode:SY020001", "SY", "Aleppo", "district")
    assert found.passed_over == 1


@pytest.mark.parametrize("content", ["no places\n", "a,b\n1,2\n"])
def test_a_file_of_another_form_is_refused(tmp_path: Path, packaged: Gazetteer, content: str) -> None:
    (tmp_path / "other.csv").write_text(content)
    with pytest.raises(InputError):
        read_place_file(tmp_path / "other.csv", packaged)


def test_added_places_are_found_and_change_the_digest(tmp_path: Path, packaged: Gazetteer) -> None:
    (tmp_path / "SY.txt").write_text(f"{VILLAGE}\n", "utf-8")
    write_added(read_place_file(tmp_path / "SY.txt", packaged).places, tmp_path, "SY")
    extended = open_gazetteer(PACKAGED, tmp_path)
    assert [p.id for p in extended.find("Karbatoun")] == ["geonames:9999999"]
    assert extended.longest(["Karbatun", "burned"], 0) == 1
    assert extended.find("Aleppo") == packaged.find("Aleppo")
    assert extended.digest != packaged.digest
    again = pickle.loads(pickle.dumps(extended))
    assert (again.digest, again.find("Karbatun")) == (extended.digest, extended.find("Karbatun"))


def test_without_added_places_the_packaged_ones_are_all(tmp_path: Path, packaged: Gazetteer) -> None:
    assert added_files(tmp_path) == ()
    assert open_gazetteer(PACKAGED, tmp_path).digest == packaged.digest


def test_every_short_form_and_adjective_leads_to_a_place(packaged: Gazetteer) -> None:
    rules = load_place_rules()
    for row in rules.words:
        assert all(rules.places_of_short(form, packaged) for form in row.short), row.name
        assert all(rules.places_of_adjective(form, packaged) for form in row.adjectives), row.name


@pytest.mark.parametrize("rule", load_place_rules().sets, ids=lambda rule: rule.id)
def test_a_set_matches_its_examples_alone(rule: object) -> None:
    def holds(text: str) -> bool:
        plain = f" {text.lower()} "
        for sign in ".,()'’":
            plain = plain.replace(sign, f" {sign} ")
        spaced = " ".join(plain.split())
        return any(f" {' '.join(_apart(word))} " in f" {spaced} " for word in rule.words)  # type: ignore[attr-defined]

    assert all(holds(text) for text in rule.matches)  # type: ignore[attr-defined]
    assert not any(holds(text) for text in rule.leaves)  # type: ignore[attr-defined]


def _apart(word: str) -> list[str]:
    for sign in ".,()'’":
        word = word.replace(sign, f" {sign} ")
    return word.split()

"""The builder of the gazetteer makes the same bytes of the same sources, and a file that the gazetteer reads."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from twosource.knowledge.gazetteer import Gazetteer

TOOLS = Path(__file__).parents[2] / "tools"
COUNTRIES = {
    "SY": ("Syria", 163843, 760, "Damascus", 16_945_057, "AS"),
    "FR": ("France", 3017382, 250, "Paris", 66_987_244, "EU"),
    "FJ": ("Fiji", 2205218, 242, "Suva", 883_483, "OC"),
    "SV": ("El Salvador", 3585968, 222, "San Salvador", 6_420_744, "NA"),
    "AQ": ("Antarctica", 6697173, 10, "", 0, "AN"),
    "CS": ("Serbia and Montenegro", 8505033, 891, "Belgrade", 10_829_175, "EU"),
}
DIVISIONS = {"SY.12": "Idlib", "SY.09": "Aleppo Governorate", "SY.99": "Emptiness", "FR.11": "Île-de-France"}
DISTRICTS = {"SY.12.1": "Maarrat al-Nu'man District"}
SUBDIVISIONS = [
    "Idlib\tSY-ID\tSY.12\t169387\tProvince\tIdlib Mixed Source\t1\t\t1",
    "Halab\tSY-HL\tSY.09\t170062\tProvince\t\t1\t\t1",
    "Emptiness\tSY-XX\tSY.99\t99\tProvince\t\t1\t\t1",
    "Maarrat\t\tSY.12.1\t167610\t\tNuman District|معرة\t2\t1\t1",
    "IdF\tFR-IDF\tFR.11\t3012874\tRegion\t\t1\t\t2",
]
CITIES: dict[int, tuple[str, str, str, float, float, int, list[str]]] = {
    169389: ("Idlib", "SY", "12", 35.93, 36.63, 128_840, ["Edlib", "IDL", "adlb", "Эдлиб"]),
    167611: ("Ma‘arrat an Nu‘mān", "SY", "12", 35.65, 36.68, 58_008, ["Al-Ma'arra"]),
    170063: ("Aleppo", "SY", "09", 36.2, 37.16, 2_098_210, ["Halab", "Ḩalab", "a lei po", "Sam"]),
    2988507: ("Paris", "FR", "11", 48.85, 2.35, 2_138_551, ["Lutetia"]),
    1: ("Petitville", "FR", "11", 48.9, 2.4, 600, ["Smallville"]),
    2: ("Suva", "FJ", "01", -18.14, 178.44, 77_366, []),
    3: ("San Salvador", "SV", "01", 13.69, -89.19, 525_990, ["Salvador"]),
}
CHAINS = {169389: "1", 167611: "1|4", 170063: "2", 2988507: "5", 1: "5"}
# One square for Syria at 35 to 37 degrees north and 38 to 40 east, one for Fiji across the 180th meridian.
ATLAS = {
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "arcs": [
        [[38, 35], [2, 0], [0, 2], [-2, 0], [0, -2]],
        [[179, -18], [-358, 0], [0, 2], [358, 0], [0, -2]],
    ],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "id": "760", "arcs": [[0]], "properties": {"name": "Syria"}},
                {"type": "MultiPolygon", "id": "242", "arcs": [[[1]]], "properties": {"name": "Fiji"}},
            ]
        }
    },
}
PROVINCES = {
    "features": [
        {"properties": {"gn_id": 170062, "latitude": 36.1, "longitude": 37.6}},
        {"properties": {"name": "Nowhere"}},
    ]
}
EXTRAS = [
    {"id": "geonames:163843", "name": "Syria", "alternates": ["Syrian Arab Republic"], "source": "hand: names in use"},
    {
        "id": "twosource:ghab", "name": "Ghab Plain", "alternates": ["al-Ghab"], "kind": "region", "countries": ["SY"],
        "lat": 35.5, "lon": 36.35, "precision": "district", "source": "hand: general knowledge, its middle",
    },
    {
        "id": "twosource:levant", "name": "Levant", "alternates": [], "kind": "region", "countries": [],
        "lat": 34.0, "lon": 37.0, "precision": "region", "source": "hand: general knowledge, its middle",
    },
]  # fmt: skip


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(TOOLS))
    return import_module("build_places")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    write_sources(tmp_path, turned=False)
    return tmp_path


def write_sources(folder: Path, *, turned: bool) -> None:
    """The source files as the packages have them; ``turned`` reverses the order where order says nothing."""
    countries = [
        (iso, {"name": name, "geonameid": number, "isonumeric": code, "capital": capital, "population": people,
               "continentcode": continent})
        for iso, (name, number, code, capital, people, continent) in COUNTRIES.items()
    ]  # fmt: skip
    cities = [
        (str(number), {"name": name, "countrycode": iso, "admin1code": admin1, "latitude": lat, "longitude": lon,
                       "population": people, "alternatenames": names[::-1] if turned else names})
        for number, (name, iso, admin1, lat, lon, people, names) in CITIES.items()
    ]  # fmt: skip
    order = -1 if turned else 1
    put(folder / "countries.json", dict(countries[::order]))
    put(folder / "cities500.json", dict(cities[::order]))
    put(folder / "admin1.json", [{"code": code, "name": name} for code, name in DIVISIONS.items()][::order])
    put(folder / "admin2.json", [{"code": code, "name": name} for code, name in DISTRICTS.items()])
    put(folder / "countries-50m.json", ATLAS)
    put(folder / "provinces.json", PROVINCES)
    (folder / "subdivisions.tsv").write_text("\n".join(SUBDIVISIONS), "utf-8")
    rows = [f"{CITIES[number][0]}\t{number}\t{chain}\t1\t0\t0\t0" for number, chain in CHAINS.items()]
    (folder / "cities.tsv").write_text("\n".join(rows[::order]), "utf-8")


def put(path: Path, value: object) -> None:
    path.write_text(json.dumps(value), "utf-8")


def built(tool: Any, folder: Path, words: tuple[str, ...] = ()) -> Gazetteer:
    return Gazetteer(tool.build(folder, EXTRAS, words))


def test_the_same_sources_give_the_same_bytes(tool: Any, sources: Path, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    write_sources(tmp_path / "again", turned=True)
    first = tool.build(sources, EXTRAS, ["nancy", "of"])
    assert first == tool.build(sources, EXTRAS, ["nancy", "of"])
    assert first == tool.build(tmp_path / "again", EXTRAS[::-1], ["of", "nancy"])


def test_another_name_gives_another_digest(tool: Any, sources: Path) -> None:
    other = [{**EXTRAS[1], "alternates": ["Ghab"]}]
    assert built(tool, sources).digest != Gazetteer(tool.build(sources, other, ())).digest


def test_a_town_knows_its_divisions(tool: Any, sources: Path) -> None:
    place = built(tool, sources).place("geonames:167611")
    assert (place.country, place.admin1, place.admin2) == ("SY", "Idlib", "Maarrat al-Nu'man District")
    assert (place.lat, place.lon) == (pytest.approx(35.65, abs=1e-4), pytest.approx(36.68, abs=1e-4))


def test_a_division_lies_at_the_mean_of_its_people(tool: Any, sources: Path) -> None:
    place = built(tool, sources).place("geonames:169387")
    share = 128_840 / (128_840 + 58_008)
    assert place.lat == pytest.approx(share * 35.93 + (1 - share) * 35.65, abs=1e-4)
    assert (place.population, place.precision, place.basis) == (186_848, "province", "members")


def test_a_first_level_division_lies_at_the_middle_of_its_shape_where_it_is_known(tool: Any, sources: Path) -> None:
    place = built(tool, sources).place("geonames:170062")
    assert (place.lat, place.lon) == (pytest.approx(36.1, abs=1e-4), pytest.approx(37.6, abs=1e-4))
    assert place.basis == "shape"


def test_a_hand_written_row_may_move_a_known_place(tool: Any, sources: Path) -> None:
    row = {
        "id": "geonames:163843",
        "name": "Syria",
        "alternates": [],
        "lat": 35.0,
        "lon": 38.0,
        "source": "point: hand",
    }
    place = Gazetteer(tool.build(sources, [row], ())).country("SY")
    assert (place.lat, place.lon, place.basis) == (pytest.approx(35.0, abs=1e-4), pytest.approx(38.0, abs=1e-4), "hand")


def test_a_division_without_places_is_left_out(tool: Any, sources: Path) -> None:
    assert built(tool, sources).find("Emptiness") == ()


def test_a_country_lies_at_the_middle_of_its_shape_or_at_its_capital(tool: Any, sources: Path) -> None:
    gazetteer = built(tool, sources)
    syria, fiji, france = (gazetteer.country(code) for code in ("SY", "FJ", "FR"))
    assert (syria.lat, syria.lon, syria.basis) == (pytest.approx(36, abs=1e-4), pytest.approx(39, abs=1e-4), "shape")
    assert (fiji.lat, abs(fiji.lon)) == (pytest.approx(-17, abs=1e-4), pytest.approx(180, abs=1e-4))
    assert (france.lat, france.basis) == (pytest.approx(48.85, abs=1e-4), "capital")
    assert gazetteer.find("Antarctica") == gazetteer.find("Serbia and Montenegro") == ()


def test_names_that_are_no_names_are_left_out(tool: Any, sources: Path) -> None:
    gazetteer = built(tool, sources)
    assert gazetteer.find("Edlib")[0].id == "geonames:169389"
    for junk in ("IDL", "adlb", "Эдлиб", "a lei po", "Sam", "Idlib Mixed Source", "Smallville"):
        assert gazetteer.find(junk) == ()
    assert [place.id for place in gazetteer.find("Lutetia")] == ["geonames:2988507"]


def test_a_division_takes_the_other_names_of_its_chief_town(tool: Any, sources: Path) -> None:
    gazetteer = built(tool, sources)
    assert [place.kind for place in gazetteer.find("Halab")] == ["city", "admin1"]
    assert [place.kind for place in gazetteer.find("Halab province")] == ["admin1"]


def test_an_article_is_optional_only_where_names_are_arabic(tool: Any, sources: Path) -> None:
    gazetteer = built(tool, sources)
    assert gazetteer.find("Ma'arra") == gazetteer.find("al-Ma'arra") != ()
    assert [place.name for place in gazetteer.find("El Salvador")] == ["El Salvador"]
    assert [place.name for place in gazetteer.find("Salvador")] == ["San Salvador"]


def test_hand_written_rows_add_names_and_places(tool: Any, sources: Path) -> None:
    gazetteer = built(tool, sources)
    assert gazetteer.find("Syrian Arab Republic")[0].id == "geonames:163843"
    ghab = gazetteer.find("Ghab")[0]
    assert (ghab.id, ghab.kind, ghab.country, ghab.basis) == ("twosource:ghab", "region", "SY", "hand")
    assert gazetteer.find("Levant")[0].country is None


def test_a_hand_written_row_for_an_unknown_place_stops_the_build(tool: Any, sources: Path) -> None:
    row = {"id": "geonames:4", "name": "Nowhere", "alternates": [], "source": "hand: names in use"}
    with pytest.raises(SystemExit, match=r"geonames:4 \(Nowhere\) is not among the sources"):
        tool.build(sources, [row], ())


def test_ambiguous_words_are_marked(tool: Any, sources: Path) -> None:
    gazetteer = built(tool, sources, ("Paris",))
    assert gazetteer.ambiguous("Paris")
    assert not gazetteer.ambiguous("Aleppo")


def test_the_notice_names_every_source(tool: Any) -> None:
    told = tool.notice()
    assert all(f"{source['name']} {source['version']}" in told for source in tool.SOURCES)
    assert told == (Path(tool.DATA) / "places.NOTICE.txt").read_text("utf-8")

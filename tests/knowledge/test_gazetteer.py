"""The compiled gazetteer finds places under the names that reports use, and its hand-written rows are sound."""

from __future__ import annotations

import hashlib
import pickle
import tomllib
from collections import Counter
from importlib.resources import files
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twosource.errors import InputError, KnowledgeError, UsageError
from twosource.knowledge.gazetteer import PREFIX, Gazetteer, fold, fold_loose
from twosource.knowledge.nationalities import load_nationalities

DATA = Path(str(files("twosource").joinpath("data")))
KINDS = {
    *("region", "continent", "valley", "mountain", "island", "river", "lake", "sea", "gulf", "strait", "dam", "border"),
    *("city", "neighbourhood", "camp", "base", "airbase", "airport", "crossing", "front", "site"),
}
PRECISIONS = {"exact", "town", "district", "region"}
TWELVE_MEGABYTES = 12_000_000


class Extra(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    name: str
    alternates: tuple[str, ...]
    source: str
    kind: str = ""
    countries: tuple[str, ...] = ()
    lat: float = 0.0
    lon: float = 0.0
    precision: str = ""


class AmbiguousWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    id: str
    note: str
    not_places: tuple[str, ...]
    words: tuple[str, ...]


EXTRAS = [msgspec.json.decode(line, type=Extra) for line in (DATA / "places_extra.jsonl").read_bytes().splitlines()]
HAND = [row for row in EXTRAS if row.id.startswith("twosource:")]
AMBIGUOUS = msgspec.convert(
    tomllib.loads((DATA / "places_ambiguous.toml").read_text("utf-8"))["ambiguous"], list[AmbiguousWords]
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open(DATA / "places.bin")


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Aleppo", "SY"), ("Idlib", "SY"), ("Hama", "SY"), ("Raqqa", "SY"), ("Palmyra", "SY"), ("Khan Sheikhoun", "SY"),
        ("Mosul", "IQ"), ("Fallujah", "IQ"), ("Sinjar", "IQ"), ("Goma", "CD"), ("Rutshuru", "CD"), ("El Fasher", "SD"),
        ("Nyala", "SD"), ("Bakhmut", "UA"), ("Mariupol", "UA"), ("Kyiv", "UA"), ("Kiev", "UA"), ("Kharkov", "UA"),
        ("Mandalay", "MM"), ("Sittwe", "MM"), ("Sanaa", "YE"), ("Sana'a", "YE"), ("Hodeidah", "YE"), ("Sirte", "LY"),
        ("Derna", "LY"), ("Mogadishu", "SO"), ("Maiduguri", "NG"), ("Kidal", "ML"), ("Mekelle", "ET"), ("Kunduz", "AF"),
        ("Jenin", "PS"), ("Khan Younis", "PS"), ("Beirut", "LB"), ("Sidon", "LB"), ("Tumaco", "CO"), ("Shusha", "AZ"),
        ("Burma", "MM"), ("DRC", "CD"), ("UK", "GB"), ("the Netherlands", "NL"), ("U.S.", "US"), ("Turkiye", "TR"),
        ("Georgia", "GE"), ("Lebanon", "LB"), ("El Salvador", "SV"), ("Donbas", "UA"), ("Darfur", "SD"),
        ("Eastern Ghouta", "SY"), ("North Kivu", "CD"), ("Rakhine", "MM"), ("Tigray", "ET"), ("West Bank", "PS"),
        ("Gaza Strip", "PS"), ("Nagorno-Karabakh", "AZ"), ("Catatumbo", "CO"), ("Khmeimim", "SY"),
    ],
)  # fmt: skip
def test_a_known_name_means_the_right_country_first(gazetteer: Gazetteer, name: str, country: str) -> None:
    assert gazetteer.find(name)[0].country == country


@pytest.mark.parametrize(
    "spellings",
    [
        ("Maarat al-Numan", "Ma'arrat an-Nu'man", "Maarat Al Numan", "MAARAT AL-NU‘MĀN"),
        ("Deir ez-Zor", "Deir el-Zor", "Deir al-Zor", "Deir Ezzor", "Deir-ez-Zor"),
        ("El-Fasher", "Al Fasher", "el fasher"),
        ("St. Louis", "Saint Louis", "St Louis", "Saint-Louis"),
        ("Mt. Hermon", "Mount Hermon"),
        ("The Hague", "the Hague", "Hague"),
        ("Ḩimş", "Hims"),
        ("as-Suwayda", "Al-Suwayda", "Suwayda"),
    ],
)
def test_spellings_of_one_name_have_one_key(spellings: tuple[str, ...]) -> None:
    assert len({fold(name) for name in spellings}) == 1


@pytest.mark.parametrize("name", ["An Giang", "As If", "At Home", "Al", "All Saints", "Aix-en-Provence", "Theodosia"])
def test_what_only_looks_like_an_article_stays(name: str) -> None:
    assert fold(name) == name.lower().replace("-", " ")


def test_a_loose_key_joins_what_romanisations_tell_apart() -> None:
    assert fold_loose("El-Fasher") == fold_loose("Al Fashir") != fold_loose("Al Fula")
    assert fold_loose("Deir ez-Zor") == fold_loose("Dayr az-Zawr")


names = st.text(st.characters(codec="utf-8", categories=["L", "M", "N", "P", "Zs"]), max_size=24)
arabic = st.sampled_from(
    ["numan", "zor", "suwayda", "tanf", "raqqah", "bab", "hasakah", "shaddadah", "dana", "lataminah"]
)


@given(names)
def test_folding_a_key_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text("abcdefgilmnrstuz -'", max_size=24))
def test_folding_a_key_of_plain_letters_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(names)
def test_folding_is_a_pure_function_of_visible_letters(name: str) -> None:
    assert fold(f" {name.replace(' ', '  ')} ") == fold(name)


@given(arabic, st.sampled_from(["al-", "el-", "Al ", "El ", "AL-"]))
def test_an_article_makes_no_difference(name: str, article: str) -> None:
    assert fold(f"{article}{name}") == fold(name)


@given(st.sampled_from(["numan", "zor", "suwayda", "tanf", "raqqah", "shaddadah", "dana"]), st.sampled_from("aeAE"))
def test_an_assimilated_article_makes_no_difference(name: str, vowel: str) -> None:
    assert fold(f"{vowel}{name[0]}-{name}") == fold(f"{vowel}{name[0]} {name.title()}") == fold(name)


def test_an_article_that_is_part_of_the_name_tells_places_apart(gazetteer: Gazetteer) -> None:
    assert fold("Salvador") == fold("El Salvador")
    assert "country" not in {place.kind for place in gazetteer.find("Salvador")}
    assert "Salvador" not in {place.name for place in gazetteer.find("El Salvador")}


def test_namesakes_come_best_known_first(gazetteer: Gazetteer) -> None:
    tripoli = [(place.country, place.kind) for place in gazetteer.find("Tripoli")]
    assert tripoli.index(("LY", "city")) < tripoli.index(("LB", "city"))
    assert [place.kind for place in gazetteer.find("Aleppo")][:2] == ["city", "admin1"]
    assert [place.kind for place in gazetteer.find("Georgia")][:2] == ["country", "admin1"]
    assert [place.country for place in gazetteer.find("Congo")][:2] == ["CD", "CG"]


def test_a_word_for_a_division_finds_the_division(gazetteer: Gazetteer) -> None:
    for name in ("Aleppo province", "Aleppo Governorate", "Province of Aleppo"):
        place = gazetteer.find(name)[0]
        assert (place.kind, place.country) == ("admin1", "SY")


def test_a_place_says_where_it_is_and_how_well_that_is_known(gazetteer: Gazetteer) -> None:
    aleppo = gazetteer.place("geonames:170063")
    assert (aleppo.name, aleppo.kind, aleppo.country, aleppo.admin1) == ("Aleppo", "city", "SY", "Aleppo")
    assert (aleppo.lat, aleppo.lon) == (pytest.approx(36.2, abs=0.05), pytest.approx(37.16, abs=0.05))
    assert (aleppo.precision, aleppo.basis) == ("town", "source")
    assert aleppo.population > 1_000_000
    syria = gazetteer.find("Syria")[0]
    assert (syria.precision, syria.basis, syria.admin1, syria.admin2) == ("country", "shape", None, None)
    assert (gazetteer.find("Idlib province")[0].precision, gazetteer.find("Idlib province")[0].basis) == (
        "province",
        "shape",
    )


def test_every_found_place_is_found_again_by_its_id(gazetteer: Gazetteer) -> None:
    for name in ("Tripoli", "Syria", "Donbas", "Idlib", "Homs District", "Springfield"):
        for place in gazetteer.find(name):
            assert gazetteer.place(place.id) == place


@pytest.mark.parametrize("unknown", ["geonames:0", "geonames:x", "twosource:nowhere", "Aleppo", ""])
def test_an_unknown_id_is_refused(gazetteer: Gazetteer, unknown: str) -> None:
    with pytest.raises(UsageError, match="no place has the id"):
        gazetteer.place(unknown)


@pytest.mark.parametrize("name", ["", "   ", "-", "Qwxzptlk", "the", "'s"])
def test_a_name_of_no_place_finds_nothing(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.find(name) == ()


def test_a_loose_match_is_only_a_suggestion(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Kharkeev") == ()
    assert "UA" in {place.country for place in gazetteer.suggest("Kharkeev")}
    assert len(gazetteer.suggest("Sana")) <= 25


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("Aleppo fell", 1), ("Deir ez-Zor , then", 2), ("Deir ez - Zor", 4), ("al-Bab today", 1), ("al - Bab", 3),
        ("New York City police", 3), ("Democratic Republic of the Congo and", 5), ("Idlib province .", 2),
        ("Khan Sheikhoun , Syria", 2), ("eastern Ghouta", 2), ("the Netherlands", 0), ("at Tanf", 0), ("As Suwayda", 0),
        ("of many", 0), ("us and them", 0), ("Zzzyx", 0), (", Aleppo", 0), ("", 0),
    ],
)  # fmt: skip
def test_the_longest_name_from_a_word(gazetteer: Gazetteer, text: str, length: int) -> None:
    assert gazetteer.longest(text.split(), 0) == length


def test_a_longest_name_is_found(gazetteer: Gazetteer) -> None:
    sentence = "Clashes spread from Jisr al-Shughour to Deir ez-Zor and Hama province , near Abu Kamal in Syria"
    words = sentence.split()
    runs = [words[at : at + gazetteer.longest(words, at)] for at in range(len(words)) if gazetteer.longest(words, at)]
    assert ["Jisr", "al-Shughour"] in runs
    assert ["Hama", "province"] in runs
    assert all(gazetteer.find(" ".join(run)) for run in runs)


@pytest.mark.parametrize("rule", AMBIGUOUS, ids=lambda rule: rule.id)
def test_ambiguous_words_are_known_names_and_the_compiled_file_marks_them(
    gazetteer: Gazetteer, rule: AmbiguousWords
) -> None:
    assert [word for word in rule.words if not gazetteer.ambiguous(word) or word != fold(word)] == []
    assert len(set(rule.words)) == len(rule.words)


@pytest.mark.parametrize(("rule", "sentence"), [(rule, sentence) for rule in AMBIGUOUS for sentence in rule.not_places])
def test_each_example_holds_a_name_that_needs_context(
    gazetteer: Gazetteer, rule: AmbiguousWords, sentence: str
) -> None:
    words = sentence.rstrip(".").replace(",", "").split()
    names = [words[at] for at in range(len(words)) if gazetteer.longest(words, at) == 1]
    assert any(fold(name) in rule.words and gazetteer.ambiguous(name) for name in names)


@pytest.mark.parametrize("name", ["Of", "Many", "March", "Reading", "Nancy", "Police", "University", "Victoria", "Us"])
def test_ordinary_words_need_context(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.ambiguous(name)


@pytest.mark.parametrize(
    "name", ["Aleppo", "Kyiv", "Jordan", "Chad", "Turkey", "Mali", "US", "U.S.", "Tripoli", "Hama"]
)
def test_places_of_the_news_need_none(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.find(name)
    assert not gazetteer.ambiguous(name)


def test_hand_written_rows_are_many_and_their_ids_are_unique() -> None:
    assert [row_id for row_id, times in Counter(row.id for row in EXTRAS).items() if times > 1] == []
    assert len(HAND) >= 120
    assert len({country for row in HAND for country in row.countries}) >= 30


@pytest.mark.parametrize("row", HAND, ids=lambda row: row.id)
def test_a_hand_written_row_is_sound_and_compiled(gazetteer: Gazetteer, row: Extra) -> None:
    assert row.kind in KINDS
    assert row.precision in PRECISIONS
    assert row.source.startswith("hand: ")
    assert len({row.name, *row.alternates}) == 1 + len(row.alternates)
    for name in (row.name, *row.alternates):
        assert row.id in {place.id for place in gazetteer.find(name)}
    place = gazetteer.place(row.id)
    assert (place.name, place.kind, place.precision, place.basis) == (row.name, row.kind, row.precision, "hand")
    assert (place.lat, place.lon) == (pytest.approx(row.lat, abs=1e-4), pytest.approx(row.lon, abs=1e-4))
    assert place.country == (row.countries[0] if len(row.countries) == 1 else None)
    assert all(gazetteer.country(code) for code in row.countries)


def test_rows_that_add_names_to_known_places_are_compiled(gazetteer: Gazetteer) -> None:
    for row in (row for row in EXTRAS if row not in HAND):
        assert row.id.startswith("geonames:")
        assert gazetteer.place(row.id).name == row.name
        assert all(row.id in {place.id for place in gazetteer.find(name)} for name in row.alternates)


def test_the_file_is_small_and_whole(gazetteer: Gazetteer) -> None:
    content = (DATA / "places.bin").read_bytes()
    assert len(content) < TWELVE_MEGABYTES
    assert hashlib.sha256(content[PREFIX.size :]).hexdigest() == gazetteer.digest
    assert len(gazetteer) > 250_000


def test_the_sources_are_named_with_their_licences(gazetteer: Gazetteer) -> None:
    told = (DATA / "places.NOTICE.txt").read_text("utf-8")
    for source in gazetteer.sources:
        assert source["licence"]
        assert f"{source['name']} {source['version']}" in told
    assert "Creative\nCommons Attribution 4.0" in told


def test_a_gazetteer_goes_to_another_process_by_its_path(gazetteer: Gazetteer) -> None:
    again = pickle.loads(pickle.dumps(gazetteer))
    assert again.digest == gazetteer.digest
    assert again.find("Aleppo") == gazetteer.find("Aleppo")


def test_a_missing_an_empty_and_a_foreign_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no gazetteer at"):
        Gazetteer.open(tmp_path / "none.bin")
    (tmp_path / "empty.bin").touch()
    (tmp_path / "other.bin").write_bytes(b"SQLite format 3\0" * 20)
    (tmp_path / "short.bin").write_bytes(b"2SPL")
    for name in ("empty.bin", "other.bin", "short.bin"):
        with pytest.raises(KnowledgeError, match="build"):
            Gazetteer.open(tmp_path / name)


def test_nationalities_name_known_countries(gazetteer: Gazetteer) -> None:
    rows = load_nationalities()
    assert len(rows) >= 197
    assert len({row.country for row in rows}) == len({row.id for row in rows}) == len(rows)
    for row in rows:
        assert gazetteer.country(row.country).name.strip() == row.name
    shared = {word for word, times in Counter(row.adjective for row in rows).items() if times > 1}
    assert shared == {"Congolese", "Dominican"}
    by_word = {word: row.country for row in rows for word in (row.adjective, *row.also, *row.nouns)}
    assert (by_word["Syrian"], by_word["Iraqis"], by_word["Briton"], by_word["Nigerien"]) == ("SY", "IQ", "GB", "NE")

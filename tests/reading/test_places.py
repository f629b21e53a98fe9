"""Places in sentences: what is one, what is none, which namesake is meant, and why."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twosource.knowledge.place_rules import SIGNALS
from twosource.reading.equipment import Equipment
from twosource.reading.places import Toponym, Use, country_of_address, resolve_toponyms
from twosource.records import Place, Reading
from twosource.spans import Span

Read = Callable[[str], Reading]


def place(reading: Reading, name: str) -> Place:
    return next(p for p in reading.places if p.name == name)


def names(reading: Reading) -> list[str]:
    return [p.name for p in reading.places]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Shells fell near Idlib.", ["Idlib"]),
        ("They fled the towns of Karesh and Orubel on foot.", ["Karesh", "Orubel"]),
        ("Two rockets hit al-Karesh neighbourhood at dawn.", ["al-Karesh"]),
        ("The convoy stopped on Karesh Avenue.", ["Karesh Avenue"]),
        ("Fighting spread to northern Syria.", ["northern Syria"]),
        ("They met in Springfield, Ill. on Monday.", ["Springfield", "Ill."]),
    ],
)
def test_places_are_found(read: Read, text: str, wanted: list[str]) -> None:
    assert names(read(text)) == wanted


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The Aleppo Media Centre published a film.", "Aleppo"),
        ("Paris Hilton left the party.", "Paris"),
        ("Syrian officials denied it.", "Syrian"),
        ("They met again in March.", "March"),
        ("The bill is before the House and the State.", "House"),
        ("Corbin said that he was sorry, and Corbin was arrested.", "Corbin"),
        ("They were advised by NATO and the APC.", "APC"),
        ("Veterans of the Karesh War met in the Karesh War Hall.", "Karesh War"),
        ("Maria Orrel, a nurse, was there. Orrel fled to Port Sudan.", "Orrel"),
        ("Captain Orrel Grant spoke, and Grant's unit withdrew from Goma.", "Grant"),
        ("Dr Lincoln treated the wounded in Kharkiv.", "Lincoln"),
        ("Colonel Jackson was killed near Mosul. Jackson was 34.", "Jackson"),
    ],
)
def test_what_only_looks_like_a_place_is_none(read: Read, text: str, word: str) -> None:
    assert word not in names(read(text))


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("They met in Springfield, Ill. on Monday.", "Springfield", "US", "Illinois"),
        ("They met in Springfield, Massachusetts, on Monday.", "Springfield", "US", "Massachusetts"),
        ("Tripoli lies on the coast, and Benghazi and Misrata were calm.", "Tripoli", "LY", None),
        ("Clashes in Tripoli spread to Beirut and Sidon.", "Tripoli", "LB", None),
        ("Syria's Hama and Homs were shelled.", "Hama", "SY", None),
        ("The mayor of Paris spoke.", "Paris", "FR", None),
    ],
)
def test_namesakes_are_told_apart_by_what_the_report_says(
    read: Read, text: str, name: str, country: str, admin1: str | None
) -> None:
    found = place(read(text), name)
    assert found.country == country
    assert admin1 is None or found.admin1 == admin1


def test_a_place_tells_what_decided_and_which_came_second(read: Read) -> None:
    found = place(read("They met in Springfield, Ill. on Monday."), "Springfield")
    assert found.rule == "within-said"
    assert found.rule == found.signals[0].name
    assert {signal.name for signal in found.signals} <= set(SIGNALS)
    assert found.runner_up is not None
    assert found.namesakes > 1


def test_an_unknown_place_is_somewhere_within_what_stands_around_it(read: Read) -> None:
    found = place(read("Shells fell in Karesh, near Aleppo in Syria."), "Karesh")
    assert found.place is None
    assert (found.rule, found.country) == ("somewhere-within", "SY")
    assert found.within is not None


@pytest.mark.parametrize(
    ("text", "name", "within"),
    [
        ("The shell fell on Karesh Avenue in Mariupol, not Odesa.", "Karesh Avenue", "Mariupol"),
        ("They fled from Damascus. Cairo's gated suburb of Karesh took them in.", "Karesh", "Cairo"),
        ("They crossed from Goma to Bukavu. A tree fell in Orbel, near Goma.", "Orbel", "Goma"),
    ],
)
def test_an_unknown_place_lies_where_the_words_beside_it_say(
    read: Read, equipment: Equipment, text: str, name: str, within: str
) -> None:
    found = place(read(text), name)
    assert found.place is None and found.within is not None
    area, town = equipment.places.gazetteer.place(found.within), equipment.places.gazetteer.find(within)[0]
    assert area.country == town.country and area.admin1 == town.admin1


def test_a_hamlet_elsewhere_is_no_answer(read: Read) -> None:
    assert place(read("Troops left Homs and Hama for London. A bomb went off in London."), "London").country == "GB"
    assert place(read("The Sahel, Mali and Niger were calm."), "Sahel").place == "twosource:sahel"
    assert place(read("Fires burned in Darrem, Odrel and Ostrell."), "Darrem").place is None


def test_a_bare_name_is_the_towns_and_not_the_divisions(read: Read) -> None:
    text = "Shells fell on Aleppo and on Maarat al-Numan. Aleppo province was quiet, and so was Idlib."
    assert [place(read(text), name).kind for name in ("Aleppo", "Maarat al-Numan", "Aleppo province")] == [
        "city",
        "city",
        "admin1",
    ]


@pytest.mark.parametrize("spelling", ["Maarat al-Numan", "Ma'arrat an-Nu'man", "Maarrat al Numan"])
def test_spellings_of_one_name_lead_to_one_place(read: Read, spelling: str) -> None:
    assert place(read(f"Jets struck {spelling} in Idlib province."), spelling).place == "geonames:167611"


def test_an_abbreviation_stands_for_a_place_that_the_report_names(equipment: Equipment) -> None:
    text = "South Africa sent aid. SA is far away."
    given_spans = [Toponym(Span(0, 12)), Toponym(Span(23, 25))]
    assert [p.country for p in resolve_toponyms(text, given_spans, equipment.places)] == ["ZA", "ZA"]


def test_an_unknown_place_without_any_context_is_unresolved(read: Read) -> None:
    found = place(read("They met in Karesh."), "Karesh")
    assert (found.place, found.within, found.lat, found.rule) == (None, None, None, "unresolved")


def test_one_name_has_one_sense_in_a_report(read: Read) -> None:
    reading = read("They met in Springfield, Ill. on Monday. Later in Springfield they parted.")
    assert len({p.place for p in reading.places if p.name == "Springfield"}) == 1


def test_the_distance_from_another_place_counts(equipment: Equipment) -> None:
    known = equipment.places
    text = "A depot in Salamiyah, 30 km southeast of Hama, burned."
    toponyms = [Toponym(Span(text.index(n), text.index(n) + len(n))) for n in ("Salamiyah", "Hama")]
    assert [p.country for p in resolve_toponyms(text, toponyms, known)] == ["SY", "SY"]


@pytest.mark.parametrize(
    ("address", "country"),
    [("news.example.co.uk", "GB"), ("https://example.ro/news/1", "RO"), ("example.com", None), ("example.tv", None)],
)
def test_a_web_address_may_tell_the_outlets_country(equipment: Equipment, address: str, country: str | None) -> None:
    assert country_of_address(address, equipment.places) == country


def test_given_names_are_resolved_one_for_one(equipment: Equipment) -> None:
    text = "Georgian troops left Gori."
    toponyms = [Toponym(Span(0, 8), Use.ADJECTIVE), Toponym(Span(21, 25))]
    found = resolve_toponyms(text, toponyms, equipment.places)
    assert [(p.name, p.country) for p in found] == [("Georgian", "GE"), ("Gori", "GE")]


BODY = "Shells fell near Idlib and in Aleppo on Monday. Two men were killed in Karesh, said Marlow."
HEADLINES = st.sampled_from(
    [
        "Shells fall near Idlib",
        "Aleppo counts its dead",
        "Two men killed in Karesh after raid",
    ]
)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(headline=HEADLINES)
def test_a_headline_in_capitals_loses_no_place_of_the_body(read: Read, headline: str) -> None:
    def told(text: str) -> set[str]:
        return {p.name.upper() for p in read(text).places}

    assert told(f"{headline}\n\n{BODY}") & told(BODY) == told(f"{headline.upper()}\n\n{BODY}") & told(BODY)
    in_headline = {p.name for p in read(f"{headline.upper()}\n\n{BODY}").places if p.span.start < len(headline)}
    assert in_headline == {p.name.upper() for p in read(f"{headline}\n\n{BODY}").places if p.span.start < len(headline)}


def test_a_country_that_acts_in_a_headline_in_capitals_stays_a_place(read: Read) -> None:
    text = "KYIV SAYS RUSSIA HIT KHARKIV\n\nKyiv said Russia hit Kharkiv."
    assert names(read(text))[:3] == ["KYIV", "RUSSIA", "KHARKIV"]


WORDS = st.lists(
    st.sampled_from(["Idlib", "in", "the", "town", "of", "al-Karesh", ",", "Ill.", "Georgia", "said", "Syrian", "US"]),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=WORDS)
def test_every_place_slices_back_in_order_and_apart(read: Read, words: list[str]) -> None:
    reading = read(" ".join(words))
    spans = [p.span for p in reading.places]
    assert all(reading.words(p.span) == p.name for p in reading.places)
    assert spans == sorted(spans)
    assert not any(a.meets(b) for a, b in itertools.pairwise(spans))


def test_reading_other_reports_first_changes_nothing(equipment: Equipment) -> None:
    texts = ["They met in Springfield, Ill. on Monday.", "Clashes in Tripoli spread to Beirut."]
    spans = [[Toponym(Span(12, 23)), Toponym(Span(25, 29))], [Toponym(Span(11, 18)), Toponym(Span(29, 35))]]
    there = [resolve_toponyms(t, s, equipment.places) for t, s in zip(texts, spans, strict=True)]
    back = [resolve_toponyms(t, s, equipment.places) for t, s in reversed([*zip(texts, spans, strict=True)])]
    assert there == back[::-1]

"""Figures are read over real words' tags: the parser is loaded once, and each sentence is a reading of its own."""

from __future__ import annotations

from functools import lru_cache

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plain_reading import reading_of
from twosource.closed_sets import FigureKind
from twosource.knowledge.figure_rules import CasualtyRow, NounRow, load_figure_rules
from twosource.knowledge.time_rules import load_time_rules
from twosource.model.spacy_parser import SpacyParser
from twosource.reading.figures import read_figures
from twosource.reading.parse import parse_batch
from twosource.reading.times import read_times
from twosource.records import Figure, Reading

RULES, TIMES = load_figure_rules(), load_time_rules()
NOUNS = [row for row in RULES.rows if isinstance(row, NounRow)]
CASUALTIES = [row for row in RULES.rows if isinstance(row, CasualtyRow)]
OTHERS = [row for row in RULES.rows if row.id in ("measure", "label")]
CURRENCIES = [row for row in RULES.rows if row.id in ("symbols", "names")]


@lru_cache(maxsize=1)
def parser() -> SpacyParser:
    return SpacyParser()


def figures_of(text: str) -> tuple[Figure, ...]:
    (reading,) = parse_batch([reading_of(text, "2024-12-02")], parser())
    return read_figures(with_times(reading), RULES)


def with_times(reading: Reading) -> Reading:
    return msgspec.structs.replace(reading, times=read_times(reading, TIMES))


def kinds_of(text: str) -> list[str]:
    return [figure.kind.value for figure in figures_of(text)]


@pytest.mark.parametrize("row", NOUNS, ids=lambda row: row.id)
def test_each_noun_gives_its_kind_and_leaves_what_it_must(row: NounRow) -> None:
    for text in row.matches:
        assert any(figure.unit in row.words for figure in figures_of(text)), text
        assert row.kind.value in kinds_of(text), text
    for text in row.leaves:
        assert not any(figure.unit in row.words for figure in figures_of(text)), text


@pytest.mark.parametrize("row", CASUALTIES, ids=lambda row: row.id)
def test_each_word_of_harm_gives_its_kind_and_leaves_what_it_must(row: CasualtyRow) -> None:
    for text in row.matches:
        assert row.kind.value in kinds_of(text), text
    for text in row.leaves:
        assert row.kind.value not in kinds_of(text), text


@pytest.mark.parametrize("row", OTHERS, ids=lambda row: row.id)
def test_measures_and_labels_are_no_figures(row: CasualtyRow) -> None:
    for text in row.matches:
        assert figures_of(text) == (), text
    for text in row.leaves:
        assert figures_of(text) != () or row.id == "label", text


@pytest.mark.parametrize("row", CURRENCIES, ids=lambda row: row.id)
def test_each_currency_makes_money(row: NounRow) -> None:
    for text in row.matches:
        assert kinds_of(text) == ["money"], text
    for text in row.leaves:
        assert "money" not in kinds_of(text), text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The raid killed at least 12 people and wounded 30.", [("killed", 12, None), ("injured", 30, 30)]),
        ("At least 12 people, including five children, were killed.", [("killed", 12, None), ("killed", 5, 5)]),
        ("Two suicide bombers killed 12 shoppers.", [("fighters", 2, 2), ("killed", 12, 12)]),
        ("Four children and one man were killed.", [("killed", 4, 4), ("killed", 1, 1)]),
        ("Three were killed and seven injured.", [("killed", 3, 3), ("injured", 7, 7)]),
        ("The death toll rose to 40.", [("killed", 40, 40)]),
        ("A child was killed by the shell.", [("killed", 1, 1)]),
        ("Dozens of fighters surrendered.", [("captured", 24, 99)]),
        ("They freed 20 hostages and took six villages.", [("captured", 20, 20), ("settlements", 6, 6)]),
        ("The raid killed or wounded dozens of men.", [("other", 24, 99)]),
    ],
)
def test_what_was_done_to_whom(text: str, told: list[tuple[str, int, int | None]]) -> None:
    assert [(figure.kind.value, figure.low, figure.high) for figure in figures_of(text)] == told


@pytest.mark.parametrize(
    "text",
    [
        "In 2016 the road was cut.",
        "The siege lasted 48 hours.",
        "Omar Said, 24, fled the town.",
        "A 12-year-old was seen.",
        "The 12th Division left.",
        "Some 40 percent of the town burned.",
        "They hold S-300 and T-72 systems.",
        "No one was hurt.",
        "It lies 20 km to the south.",
        "One of the leaders spoke.",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert figures_of(text) == ()


def test_a_part_points_at_its_total_and_shares_its_kind() -> None:
    total, part = figures_of("The blast killed 12 people, five of them children.")
    assert (total.part_of, part.part_of, part.kind) == (None, 0, FigureKind.KILLED)


def test_money_keeps_its_currency_and_its_rate() -> None:
    (sum_,) = figures_of("It costs over $35 billion a year.")
    assert (sum_.low, sum_.high, sum_.currency, sum_.rate) == (35_000_000_000, None, "$", "year")
    assert sum_.phrase == "over $35 billion a year"


def test_a_toll_that_runs_on_is_told_from_that_of_one_event() -> None:
    assert [figure.scope for figure in figures_of("More than 300 people have been killed since May.")] == ["total"]
    assert [figure.scope for figure in figures_of("A shell killed 12 people.")] == ["event"]


def test_lost_commas_do_not_move_a_toll() -> None:
    told = [
        (figure.kind.value, figure.low) for figure in figures_of("10 civilians killed 15 injured in rocket attacks.")
    ]
    assert told == [("killed", 10), ("injured", 15)]


@given(st.text(max_size=250))
def test_any_text_is_read_and_every_span_slices_back(text: str) -> None:
    for figure in read_figures(with_times(reading_of(text)), RULES):
        assert text[figure.span.start : figure.span.end] == figure.phrase
        assert figure.span.holds(figure.number)


_PIECES = st.sampled_from(
    [
        "12",
        "killed",
        "people",
        "and",
        "of them",
        "including",
        "two",
        "a",
        "child",
        ",",
        "wounded",
        "$",
        "million",
        "-",
        '"',
        "at least",
        "toll",
        "to",
        "were",
        "dead",
        "strong",
        "one",
        "no",
        "the",
        "euros",
        "a year",
        "in",
        "by",
        "others",
    ]
)


@given(st.lists(_PIECES, max_size=16).map(" ".join))
def test_any_heap_of_figure_words_is_read_and_parts_point_at_totals(text: str) -> None:
    tags = {"12": "CD", "two": "CD", "one": "CD", "killed": "VBD", "wounded": "VBN", "people": "NNS", "of": "IN"}
    figures = read_figures(reading_of(text, tags=tags), RULES)
    for place, figure in enumerate(figures):
        assert figure.part_of is None or (figure.part_of < len(figures) and figure.part_of != place)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A woman and two children were killed.", [("killed", 3, 3)]),
        ("The raid killed a two-year-old girl.", [("killed", 1, 1)]),
        ("Shrapnel wounded its driver.", [("injured", 1, 1)]),
        ("The blast killed a farmer and his wife.", [("killed", 2, 2)]),
        ("Seven soldiers, two officers and a driver died.", [("killed", 7, 7), ("killed", 2, 2), ("killed", 1, 1)]),
        ("Raiders carried off nine girls.", [("captured", 9, 9)]),
        ("The strike killed 15 of the 60 prisoners.", [("killed", 15, 15), ("civilians", 60, 60)]),
        ("The raid killed 40. A doctor spoke of 31.", [("killed", 40, 40), ("killed", 31, 31)]),
        ("They say 24 civilians died, as well as 25 rebels.", [("killed", 24, 24), ("killed", 25, 25)]),
        ("About 12 men of the valley, which rose last year, were butchered.", [("killed", 12, 12)]),
        ('They spoke of 31 rebels "neutralised".', [("killed", 31, 31)]),
        ("Five people remained in intensive care.", [("injured", 5, 5)]),
        ("They are believed to have killed 30 people.", [("killed", 30, 30)]),
    ],
)
def test_victims_are_counted_however_they_are_told(text: str, wanted: list[tuple[str, int, int]]) -> None:
    assert [(f.kind.value, f.low, f.high) for f in figures_of(text)] == wanted


@pytest.mark.parametrize(
    "text", ["A boy of nine was killed.", "Two guards spoke.", "He killed his wife Sara.", "Two-thirds of it burned."]
)
def test_ages_names_and_shares_are_no_tolls(text: str) -> None:
    assert all(figure.low in (1, 2) and figure.kind.value != "captured" for figure in figures_of(text))
    assert not any(figure.phrase.lower() in ("nine", "two-thirds", "his wife") for figure in figures_of(text))


def test_a_part_of_things_is_of_their_kind() -> None:
    tanks, part, drones = figures_of("They destroyed eight tanks, six of them old, and shot down 3 drones.")
    assert (tanks.kind, part.kind, part.part_of, drones.part_of) == ("vehicles", "vehicles", 0, None)


@pytest.mark.parametrize(
    ("text", "kind", "low"),
    [
        ("Police shot and wounded two women.", "injured", 2),
        ("Nine farmers were burned or hacked to death.", "killed", 9),
        ("Gunmen burned to death at least four villagers.", "killed", 4),
        ("The army lost over 450 soldiers.", "killed", 450),
        ("He put the number of civilians killed at 13.", "killed", 13),
        ("Five members of the Front (FDP) were arrested.", "captured", 5),
        ("One Malaysian was killed.", "killed", 1),
        ("The raid killed a Dane.", "killed", 1),
        ("A raid killed ten men on Monday. The group said 70.", "killed", 70),
        ("More than a quarter of a million people were killed.", "killed", 250_000),
        ("The raid killed four men, including a teacher.", "killed", 1),
        ("Thirty-seven people were killed, two children among them.", "killed", 2),
        ("The toll of the attack surpassed 130.", "killed", 130),
        ("The blast left 12 guards dead and dozens more wounded.", "injured", 24),
    ],
)
def test_words_around_a_number_give_its_kind_and_range(text: str, kind: str, low: int) -> None:
    assert (kind, low) in [(figure.kind.value, figure.low) for figure in figures_of(text)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A raid killed two guards, a doctor said.", ["killed"]),
        ("Two helicopters were shot down.", ["aircraft"]),
        ("About 60 fighters hold out.", ["fighters"]),
        ("By two on Sunday the citadel was lost.", []),
        ("The blast killed his wife.", []),
    ],
)
def test_speakers_machines_and_those_who_hold_out_are_no_victims(text: str, told: list[str]) -> None:
    assert kinds_of(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The Front commands 22 Iran-backed foreign groups.", [("22 Iran-backed foreign groups", "groups")]),
        ("ACCESS IN DARFUR\nTwo aid workers detained in Nyala left.", [("Two aid workers", "captured")]),
        ("The 166 Brigade left Goma.", []),
        ("The 4 Armoured Division left Goma.", []),
        ("The 12 Infantry Brigades left Goma.", [("The 12 Infantry Brigades", "groups")]),
        ("At least 25 Ardan Brigade soldiers were killed.", [("At least 25 Ardan Brigade soldiers", "killed")]),
        ("The strike killed 15 Vagra Group fighters.", [("15 Vagra Group fighters", "killed")]),
        ("The strike killed 20 Wadi Division's soldiers.", [("20 Wadi Division's soldiers", "killed")]),
        ("Some 12 brigades left Goma.", [("Some 12 brigades", "groups")]),
    ],
)
def test_what_a_number_counts_is_whole_and_a_units_number_counts_nothing(
    text: str, told: list[tuple[str, str]]
) -> None:
    assert [(figure.phrase, figure.kind.value) for figure in figures_of(text)] == told

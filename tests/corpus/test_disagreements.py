"""Where two claims can't both be right, and where they only seem so."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from corpus.claims_by_hand import report, telling
from twosource.corpus.disagreements import Ground, disagreements_inside, disagreements_of, largest
from twosource.corpus.tellings import Telling
from twosource.corpus_records import Disagreement
from twosource.knowledge.disagreement_words import load_disagreement_words

WORDS = load_disagreement_words()
ON = ("Wednesday", "2031-03-05", "2031-03-05")


TOLD_OF = "Kelim Bridge, Vashta Market and Torren Mill."
"""Names that both reports have: a place and a day alone don't make two claims one event."""


def told(
    id_: str,
    text: str,
    phrase: str,
    low: int | None,
    high: int | None,
    *,
    outlet: str = "",
    published: str = "2031-03-06",
    place: str = "Orm",
    lineages: tuple[str, ...] = (),
    sources: Sequence[str] = (),
) -> Telling:
    text = f"{TOLD_OF} {text}"
    of = report(id_, text, outlet=outlet or f"outlet of {id_}", published=published)
    figures = [(phrase, "killed", low, high)]
    fields = {"figures": figures, "places": [place], "when": ON, "sources": sources, "lineages": lineages}
    return telling(of, "airstrike", text, **fields)  # type: ignore[arg-type]


TWELVE = told(
    "a", "The raid on Orm on Wednesday killed 12 people, medics said.", "12 people", 12, 12, sources=["medics"]
)
FORTY = told("b", "Wednesday's raid on Orm left 40 people dead, rebels said.", "40 people", 40, 40, sources=["rebels"])


def between(*claims: Telling) -> tuple[Disagreement, ...]:
    return disagreements_of(claims, Ground(words=WORDS))


def test_two_tolls_of_one_attack_at_one_time_disagree_with_both_sides_words() -> None:
    [found] = between(FORTY, TWELVE)
    assert (found.field, found.values, found.reports) == ("killed", ("12", "40"), ("a", "b"))
    assert found.strict
    assert not found.inside
    assert found.speakers == (("medics",), ("rebels",))
    assert [span.of(one.report.text) for span, one in zip(found.spans, (TWELVE, FORTY), strict=True)] == [
        "12 people",
        "40 people",
    ]


def test_the_order_of_claims_changes_nothing() -> None:
    assert between(FORTY, TWELVE) == between(TWELVE, FORTY)


def test_a_toll_that_rose_is_a_change() -> None:
    later = told("b", "Wednesday's raid on Orm left 40 people dead.", "40 people", 40, 40, published="2031-03-08")
    assert between(TWELVE, later) == ()


def test_a_toll_that_fell_again_disagrees() -> None:
    earlier = told("b", "Wednesday's raid on Orm left 40 people dead.", "40 people", 40, 40, published="2031-03-05")
    assert len(between(TWELVE, earlier)) == 1


def test_an_update_of_one_text_is_a_change() -> None:
    first = told("a", "Wednesday: 12 people died in Orm.", "12 people", 12, 12, lineages=("l",))
    second = told("b", "Wednesday: 40 people died in Orm.", "40 people", 40, 40, lineages=("l",))
    assert between(first, second) == ()


def test_a_speaker_who_gives_another_number_later_corrects_himself() -> None:
    again = told("b", "On Wednesday 40 people died in Orm, medics said.", "40 people", 40, 40, sources=["medics"])
    assert between(TWELVE, again) == ()


def test_a_report_that_tells_both_numbers_tells_two_things() -> None:
    both = told("b", "Wednesday: 40 people died in Orm. Earlier 12 people were killed there.", "40 people", 40, 40)
    assert between(TWELVE, both) == ()


def test_towns_of_their_own_are_no_common_place() -> None:
    elsewhere = told("b", "On Wednesday 40 people died in Vale.", "40 people", 40, 40, place="Vale")
    assert between(TWELVE, elsewhere) == ()


def test_one_toll_at_two_places_that_neither_report_shares_disagrees_on_the_place() -> None:
    elsewhere = told("b", "On Wednesday 12 people died in Vale.", "12 people", 12, 12, place="Vale")
    [found] = between(TWELVE, elsewhere)
    assert (found.field, found.values) == ("place", ("Orm", "Vale"))
    both = told("b", "On Wednesday 12 people died in Vale, near Orm.", "12 people", 12, 12, place="Vale")
    assert between(TWELVE, both) == ()


def test_open_figures_leave_room_and_are_told_only_when_far_apart() -> None:
    least = told("a", "On Wednesday at least 12 people died in Orm.", "at least 12 people", 12, None)
    near = told("b", "On Wednesday 15 people died in Orm.", "15 people", 15, 15)
    [found] = between(least, FORTY)
    assert not found.strict
    assert between(least, near) == ()


def test_a_part_is_never_weighed_against_a_whole() -> None:
    part = told("b", "Wednesday: of the dead in Orm, including 40 children, few are named.", "40 children", 40, 40)
    assert between(TWELVE, part) == ()


def test_vague_words_are_not_weighed() -> None:
    vague = told("b", "On Wednesday hundreds died in Orm.", "hundreds", 200, 999)
    assert between(TWELVE, vague) == ()


def test_a_headline_that_the_body_never_bears_out() -> None:
    of = report("a", "Raid on Orm kills 40\n\nThe raid on Orm killed 12 people.", title=True)
    headline = telling(of, "airstrike", "Raid on Orm kills 40", places=["Orm"], figures=[("40", "killed", 40, 40)])
    body = telling(
        of, "airstrike", "The raid on Orm killed 12 people", places=["Orm"], figures=[("12 people", "killed", 12, 12)]
    )
    [found] = disagreements_inside([headline, body], Ground(words=WORDS))
    assert (found.inside, found.values) == (True, ("12", "40"))
    assert "headline" in found.reason


def test_one_lasting_number_told_twice_with_unlike_values() -> None:
    of = report("a", "More than 100,000 fighters of Ardan are in Sud. At least 120,000 fighters of Ardan are in Sud.")
    claims = [
        telling(of, "stationed", words, actors=["Ardan"], places=["Sud"], figures=[(words[:25], "fighters", low, None)])
        for words, low in (
            ("More than 100,000 fighters of Ardan", 100_000),
            ("At least 120,000 fighters of Ardan", 120_000),
        )
    ]
    [found] = disagreements_inside(claims, Ground(words=WORDS))
    assert (found.field, found.values, found.strict) == ("fighters", ("at least 100,000", "at least 120,000"), False)


def test_two_voices_in_one_report() -> None:
    text = "Medics said 12 people died in Orm on Wednesday; rebels said 40 people died in Orm."
    of = report("a", text)
    claims = [
        telling(of, "airstrike", words, sources=[who], places=["Orm"], when=ON, figures=[(phrase, "killed", low, low)])
        for words, who, phrase, low in (
            ("12 people died in Orm on Wednesday", "Medics", "12 people", 12),
            ("40 people died in Orm", "rebels", "40 people", 40),
        )
    ]
    [found] = disagreements_inside(claims, Ground(words=WORDS))
    assert found.speakers == (("Medics",), ("rebels",))


def test_a_denial_disagrees_on_whether_it_happened_and_not_on_the_event() -> None:
    of = report("a", "The Front said the army bombed Orm. The army denied it.")
    claimed = telling(of, "airstrike", "the army bombed Orm", sources=["The Front"], actors=["army"], places=["Orm"])
    denied = telling(
        of, "airstrike", "The army denied it", sources=["The army"], actors=["army"], places=["Orm"], stance="denies"
    )
    [found] = disagreements_inside([claimed, denied], Ground(words=WORDS))
    assert (found.field, found.values) == ("happened", ("asserts", "denies"))


def accused(
    text: str, *, denial: str, says: str = "the army bombed Orm", who: str = "army"
) -> tuple[Disagreement, ...]:
    """What is found where the Front lays a raid on the army, and somebody denies."""
    of = report("a", text, published="2031-03-06")
    claimed = telling(of, "airstrike", says, sources=["The Front"], actors=["army"], places=["Orm"])
    denied = telling(of, "airstrike", denial, sources=[who], actors=["army"], stance="denies")
    return disagreements_inside([claimed, denied], Ground(words=WORDS))


def test_the_words_of_a_denial_are_its_sentence() -> None:
    [found] = accused("The Front said the army bombed Orm. The army denied any role in that attack.", denial="any role")
    assert (found.words[1], found.speakers[1]) == ("The army denied any role in that attack.", ("army",))


def test_who_denies_is_whoever_the_sentence_names() -> None:
    [found] = accused(
        "The Front said the army bombed Orm. But the army has denied it.", denial="denied it", who="Front"
    )
    assert found.speakers[1] == ("army",)


def test_a_denial_given_again_and_again_is_of_no_one_act() -> None:
    text = "The Front said the army bombed Orm. The army has repeatedly denied bombing towns."
    assert accused(text, denial="denied bombing towns") == ()


def test_that_attack_is_the_one_told_right_before() -> None:
    text = "The Front said the army bombed Orm. A market burnt down. The army always denied its role in that attack."
    assert accused(text, denial="its role in that attack") == ()


def test_a_refusal_to_acknowledge_denies_nothing() -> None:
    text = "The Front said the army bombed Orm. It never acknowledged deaths; the army dismisses critics as biased."
    assert accused(text, denial="dismisses critics as biased") == ()


def test_one_sentence_holds_an_accusation_and_its_denial() -> None:
    text = "The Front said the army bombed Orm but the army denied responsibility."
    [found] = accused(text, denial="denied responsibility")
    assert found.words == ("The Front said the army bombed Orm", text)


def test_an_exact_number_below_a_floor_excludes_it() -> None:
    floor = told("b", "On Wednesday at least 40 people died in Orm.", "at least 40 people", 40, None)
    [found] = between(TWELVE, floor)
    assert (found.values, found.strict) == (("12", "at least 40"), True)


def test_a_plain_number_that_its_report_also_words_as_a_floor_leaves_room() -> None:
    text = "Wednesday: 12 dead in Orm. At least 12 people were killed there."
    [found] = between(told("a", text, "12 dead", 12, 12), FORTY)
    assert not found.strict
    rising = told("a", "Wednesday: 12 dead in Orm; the toll is expected to rise.", "12 dead", 12, 12)
    assert not between(rising, FORTY)[0].strict


def test_one_number_place_and_day_are_not_enough_for_one_event() -> None:
    of = report("d", "On Wednesday 40 people died in Orm.", outlet="other", published="2031-03-06")
    alone = telling(of, "airstrike", of.text, figures=[("40 people", "killed", 40, 40)], places=["Orm"], when=ON)
    assert between(TWELVE, alone) == ()


def test_the_words_of_a_figure_hold_its_value() -> None:
    [found] = between(TWELVE, FORTY)
    assert all(value in words for value, words in zip(found.values, found.words, strict=True))


def test_whoever_does_not_say_does_not_deny() -> None:
    of = report("a", "The Front said the army bombed Orm. The army gave no figure.")
    claimed = telling(of, "airstrike", "the army bombed Orm", sources=["The Front"], actors=["army"], places=["Orm"])
    silent = telling(
        of, "airstrike", "gave no figure", sources=["The army"], actors=["army"], places=["Orm"], stance="denies"
    )
    assert disagreements_inside([claimed, silent], Ground(words=WORDS)) == ()


def test_unlike_doers_disagree_unless_one_may_stand_for_the_other() -> None:
    of = report(
        "a",
        "The Front said the army was behind the raid on Orm on Wednesday. Officials blamed Sud for the raid on Orm.",
    )
    claims = [
        telling(of, "airstrike", words, sources=[who], actors=[doer], places=["Orm"], when=ON)
        for words, who, doer in (
            ("the army was behind the raid on Orm on Wednesday", "The Front", "army"),
            ("blamed Sud for the raid on Orm", "Officials", "Sud"),
        )
    ]
    [found] = disagreements_inside(claims, Ground(words=WORDS))
    assert (found.field, set(found.values)) == ("actor", {"army", "Sud"})
    assert disagreements_inside(claims, Ground(words=WORDS, kin=lambda _one, _other: True)) == ()


def test_figures_come_first_and_the_largest_of_them_before_all() -> None:
    nine = told("c", "Wednesday's raid on Orm killed nine people.", "nine people", 9, 9)
    made = largest([*between(TWELVE, FORTY), *between(nine, FORTY)])
    assert [one.values for one in made] == [("9", "40"), ("12", "40")]


def test_of_each_figure_the_pair_furthest_apart_is_told_as_if_every_pair_were_asked() -> None:
    tolls = (12, 13, 15, 19, 24, 30, 31, 40, 44, 60)
    names = ("Ardo", "Belk", "Corv", "Dann", "Ervo", "Falk", "Gorm", "Hask", "Ilvo", "Jask")
    claims = []
    for number, (toll, name) in enumerate(zip(tolls, names, strict=True)):
        place, people = "Orm" if number % 3 else "Vashta", f"{toll} people"
        text = f"Wednesday's raid on {place} left {people} dead, {name} said."
        claims.append(told(f"r{number}", text, people, toll, toll, place=place, sources=[name]))
    pairs = [one for pair in itertools.combinations(claims, 2) for one in between(*pair) if one.field == "killed"]
    [furthest] = [one for one in between(*claims) if one.field == "killed"]
    assert len(pairs) > 3
    assert furthest == max(pairs, key=lambda one: (one.strict, one.size, one.id))

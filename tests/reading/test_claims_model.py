"""Claims made of what a trained reader tells: by hand-made signals, so that no weights are asked."""

from __future__ import annotations

import msgspec
import pytest
from tests.signalled import Make, event, one

from twosource.closed_sets import Certainty, ClaimType, Stance, Status
from twosource.reading.signals import EventSignal, Part
from twosource.records import Named
from twosource.spans import Span

TEXT = (
    "Fighters of the Karesh Brigade seized the town of Orle on Monday, the mayor said. "
    "The group may also have shelled a school. At least 12 people died."
)


SEIZED = {
    "evidence": "Fighters of the Karesh Brigade seized the town of Orle on Monday", "actors": "Karesh Brigade",
    "places": "Orle", "when": "Monday",
}  # fmt: skip


def test_every_field_comes_from_its_part(make: Make) -> None:
    (claim,) = make(TEXT, event(TEXT, "seized", ClaimType.TAKES_CONTROL, **SEIZED))
    assert claim.type is ClaimType.TAKES_CONTROL
    assert [n.name for n in claim.actors] == ["Karesh Brigade"]
    assert [n.name for n in claim.places] == ["Orle"]
    assert claim.when is not None
    assert claim.when.phrase == "on Monday"
    assert [run.of(TEXT) for run in claim.evidence] == [SEIZED["evidence"]]


def test_evidence_ends_with_whole_words_and_phrases(make: Make) -> None:
    (claim,) = make(TEXT, event(TEXT, "died", ClaimType.KILLS, evidence="least 12 people died"))
    assert [run.of(TEXT) for run in claim.evidence] == ["At least 12 people died"]
    (claim,) = make(TEXT, event(TEXT, "shelled", ClaimType.SHELLING, evidence="shelled a scho"))
    assert [run.of(TEXT) for run in claim.evidence] == ["The group may also have shelled a school"]


@pytest.mark.parametrize(
    ("text", "anchor", "told", "kept"),
    [
        ("Two drivers were detained and have not been freed.", "detained", "Two drivers were detained and have not",
         "Two drivers were detained"),
        ("Families said that soldiers burned the mill.", "burned", "that soldiers burned the mill",
         "soldiers burned the mill"),
        ("Officials asked whether soldiers burned the mill.", "burned", "whether soldiers burned the mill",
         "whether soldiers burned the mill"),
        ("The rebels pulled out.", "pulled", "The rebels pulled out", "The rebels pulled out"),
    ],
)  # fmt: skip
def test_evidence_has_no_words_at_its_edges_that_only_lead_on(
    make: Make, text: str, anchor: str, told: str, kept: str
) -> None:
    (claim,) = make(text, event(text, anchor, ClaimType.ATTACK, evidence=told))
    assert [run.of(text) for run in claim.evidence] == [kept]


def test_evidence_stays_in_the_sentence_of_its_anchor(make: Make) -> None:
    told = event(TEXT, "died", ClaimType.KILLS, evidence="a school. At least 12 people died")
    assert [run.of(TEXT) for run in make(TEXT, told)[0].evidence] == ["At least 12 people died"]


def test_a_source_is_that_of_the_attribution_unless_the_reader_is_sure_of_the_reports_own_voice(make: Make) -> None:
    (claim,) = make(TEXT, event(TEXT, "seized", ClaimType.TAKES_CONTROL, sourced=0.9, **SEIZED))
    assert [n.name for n in claim.sources] == ["mayor"]
    (claim,) = make(TEXT, event(TEXT, "seized", ClaimType.TAKES_CONTROL, sourced=0.05, **SEIZED))
    assert claim.sources == ()


def test_a_verb_without_parts_has_its_subject_and_object(make: Make) -> None:
    text = "Rebels abducted three nurses near Orle."
    (claim,) = make(text, event(text, "abducted", ClaimType.ABDUCTS, evidence=text[:-1]))
    assert [n.name for n in claim.actors] == ["Rebels"]
    assert [n.name for n in claim.targets] == ["nurses"]


def test_a_doubt_that_the_reader_is_sure_of_is_kept(make: Make) -> None:
    told = event(TEXT, "shelled", ClaimType.SHELLING, evidence="shelled a school", certainty=Certainty.POSSIBLE)
    assert make(TEXT, told)[0].certainty is Certainty.POSSIBLE


def test_what_is_denied_is_not_negated_as_well(make: Make) -> None:
    told = event(TEXT, "shelled", ClaimType.SHELLING, evidence="shelled a school", stance=Stance.DENIES, negated=0.9)
    (claim,) = make(TEXT, told)
    assert (claim.stance, claim.negated) == (Stance.DENIES, False)


def test_figures_in_the_evidence_belong_to_the_claim(make: Make) -> None:
    (claim,) = make(TEXT, event(TEXT, "died", ClaimType.KILLS, evidence="At least 12 people died"))
    assert [(f.low, f.high) for f in claim.figures] == [(12, None)]


def test_two_events_of_one_thing_in_one_voice_are_one_claim(make: Make) -> None:
    text = "Rebels seized Orle. The capture of Orle by rebels was total."
    first = event(
        text, "seized", ClaimType.TAKES_CONTROL, evidence="Rebels seized Orle", actors="Rebels", places="Orle"
    )
    second = event(
        text,
        "capture",
        ClaimType.TAKES_CONTROL,
        evidence="The capture of Orle by rebels",
        actors="rebels",
        places="Orle",
    )
    (claim,) = make(text, first, second)
    assert len(claim.evidence) == 2


def test_a_run_begins_with_its_own_clause(make: Make) -> None:
    text = "Troops entered Orle in ten days and shelled a school there."
    told = event(text, "shelled", ClaimType.SHELLING, evidence="ten days and shelled a school there")
    assert [run.of(text) for run in make(text, told)[0].evidence] == ["shelled a school there"]


def test_two_events_of_near_families_in_the_same_words_are_the_surer_one(make: Make) -> None:
    text = "Rebels attacked and shelled Orle."
    first = event(text, "attacked", ClaimType.ATTACK, evidence=text[:-1], actors="Rebels")
    second = event(text, "shelled", ClaimType.SHELLING, evidence=text[:-1], actors="Rebels")
    assert len(make(text, first, second)) == 1


def test_a_hyphenated_modifier_says_by_its_form_who_stands_where(make: Make) -> None:
    text = "Torran-backed rebels entered Orle."
    told = event(text, "backed", ClaimType.BACKS, evidence="Torran-backed rebels", actors="rebels")
    (claim,) = make(text, told)
    assert [n.name for n in claim.targets] == ["rebels"]
    assert "rebels" not in [n.name for n in claim.actors]


def test_a_day_is_nobody(make: Make) -> None:
    text = "Rebels shelled Orle on Monday."
    (claim,) = make(
        text, event(text, "shelled", ClaimType.SHELLING, evidence=text[:-1], actors="Rebels", targets="Monday")
    )
    assert "Monday" not in [n.name for n in claim.targets]


def names(values: tuple[Named, ...]) -> list[str]:
    return [n.name for n in values]


@pytest.mark.parametrize(
    ("text", "anchor", "parts", "actors", "targets"),
    [
        ("The Free Orle Front beat a nurse.", "beat", {"actors": "Orle"}, ["Free Orle Front"], ["nurse"]),
        ("Men in masks beat a nurse.", "beat", {"actors": "Men in masks"}, ["Men"], ["nurse"]),
        ("Rebels and gunmen beat a nurse.", "beat", {"actors": "Rebels and gunmen"}, ["Rebels", "gunmen"], ["nurse"]),
        ("The Kards wept. Kardish raids hit a mill.", "raids", {"actors": "Kardish"}, ["Kards"], []),
        ("The Hill Army (HA) met. HA fighters left.", "left", {"actors": "HA fighters"}, ["Hill Army"], []),
        ("Soldiers beat a nurse.", "beat", {"actors": "nurse", "targets": "nurse"}, ["Soldiers"], ["nurse"]),
    ],
    ids=["fragment", "behind a preposition", "joined", "people", "group", "both sides"],
)
def test_a_party_has_its_whole_and_fullest_name_on_one_side(
    make: Make, text: str, anchor: str, parts: dict[str, str], actors: list[str], targets: list[str]
) -> None:
    (claim,) = make(text, event(text, anchor, ClaimType.ATTACK, evidence=text.split(". ")[-1][:-1], **parts))
    assert (names(claim.actors), names(claim.targets)) == (actors, targets)


def test_those_who_are_led_are_not_those_who_lead(make: Make) -> None:
    text = "Kardish-run prisons hold rebels."
    told = event(text, "hold", ClaimType.ARRESTS, evidence=text[:-1], actors="Kardish", targets="rebels")
    assert "Kardish" in [name for claim in make(text, told) for name in names(claim.actors)]


def test_all_parties_of_a_clash_are_actors(make: Make) -> None:
    text = "Rebels clashed with soldiers."
    told = event(text, "clashed", ClaimType.ARMED_CLASH, evidence=text[:-1], actors="Rebels", targets="soldiers")
    (claim,) = make(text, told)
    assert (names(claim.actors), claim.targets) == (["Rebels", "soldiers"], ())


def test_we_are_whoever_speaks(make: Make) -> None:
    text = "\u201cWe will retake Orle,\u201d the mayor said."
    told = event(text, "retake", ClaimType.OFFENSIVE, evidence="We will retake Orle", sourced=0.9)
    (claim,) = make(text, told)
    assert names(claim.actors) == names(claim.sources) == ["mayor"]


@pytest.mark.parametrize(
    ("text", "parts", "places"),
    [
        ("Shells hit the al-Hara camp.", ["al", "Hara camp"], ["al-Hara camp"]),
        ("Shells hit a mill in Lyon, France.", ["Lyon", "France"], ["Lyon"]),
        ("Shells hit Lyon and Paris.", ["Lyon", "Paris"], ["Lyon", "Paris"]),
        ("Shells fell in Lyon.", [], ["Lyon"]),
    ],
    ids=["fragments", "within", "both", "unseen"],
)
def test_a_place_is_whole_and_the_most_specific(make: Make, text: str, parts: list[str], places: list[str]) -> None:
    word = "hit" if "hit" in text else "fell"
    (claim,) = make(text, event(text, word, ClaimType.SHELLING, evidence=text[:-1], places=parts))
    assert names(claim.places) == places


def test_a_deed_has_the_day_of_the_event_that_it_points_at(make: Make) -> None:
    text = "Rebels shelled Lyon on 3 May 2020. The shelling killed two nurses."
    told = {"actors": "Rebels", "places": "Lyon", "when": "3 May 2020"}
    first = event(text, "shelled", ClaimType.SHELLING, evidence=text[:33], **told)
    second = event(text, "shelling", ClaimType.SHELLING, evidence="The shelling killed two nurses")
    (_, later) = make(text, first, second)
    assert later.when is not None
    assert later.when.phrase == "on 3 May 2020"
    assert names(later.places) == ["Lyon"]


def test_a_deed_of_others_keeps_its_own_silence_about_the_day(make: Make) -> None:
    text = "Rebels shelled Lyon on 3 May 2020. Soldiers shelled a mill."
    first = event(text, "shelled", ClaimType.SHELLING, evidence=text[:33], actors="Rebels", when="3 May 2020")
    at = text.rindex("shelled")
    second = msgspec.structs.replace(
        event(text, "Soldiers", ClaimType.SHELLING, evidence="Soldiers shelled a mill", actors="Soldiers"),
        anchor=Span(at, at + 7),
    )
    assert make(text, first, second)[1].when is None


@pytest.mark.parametrize(
    "text",
    [
        "The Ardan president, Hadi Moran, spoke. Then the president beat a nurse.",
        "President Hadi Moran spoke. Then the president beat a nurse.",
        "The Torran president, Ali Karem, met Hadi Moran, the Ardan president. Then the Ardan president beat a nurse.",
    ],
)
def test_an_office_is_who_holds_it(make: Make, text: str) -> None:
    words = text.split(". Then ")[1][:-1]
    part = words.split(" beat")[0]
    (claim,) = make(text, event(text, "beat", ClaimType.ATTACK, evidence=words, actors=part))
    assert names(claim.actors) == ["Hadi Moran"]


def test_an_office_that_nobody_named_holds_keeps_its_words(make: Make) -> None:
    text = "The president, Hadi Moran, spoke. Then the governor beat a nurse."
    told = event(text, "beat", ClaimType.ATTACK, evidence="the governor beat a nurse", actors="the governor")
    assert names(make(text, told)[0].actors) == ["governor"]


def test_a_word_of_doubt_counts_where_the_reader_is_not_sure_that_all_is_plain(make: Make) -> None:
    text = "The army reportedly shelled Orle."
    doubted = event(text, "shelled", ClaimType.SHELLING, evidence=text[:-1])
    plain = msgspec.structs.replace(doubted, certainty=one(Certainty, Certainty.CERTAIN, 0.999))
    assert [make(text, told)[0].certainty for told in (doubted, plain)] == [Certainty.PROBABLE, Certainty.CERTAIN]


def test_a_pledge_not_to_is_a_pledge_and_a_deed_not_done_is_negated(make: Make) -> None:
    text = "The army will not shell Orle."
    pledge, deed = (
        event(text, "shell", type_, evidence=text[:-1]) for type_ in (ClaimType.PLEDGES, ClaimType.SHELLING)
    )
    assert [make(text, told)[0].negated for told in (pledge, deed)] == [False, True]


def test_what_will_be_does_not_go_on(make: Make) -> None:
    text = "The raid will be backed by the army."
    told = event(text, "backed", ClaimType.BACKS, evidence=text[:-1], status=Status.ONGOING)
    assert make(text, told)[0].status is Status.PLANNED


def test_what_is_planned_did_not_happen(make: Make) -> None:
    text = "The army plans to shell Orle."
    assert make(text, event(text, "shell", ClaimType.SHELLING, evidence=text[:-1]))[0].status is Status.PLANNED


def test_those_who_flee_are_the_displaced(make: Make) -> None:
    text = "Villagers escaped from Orle."
    (claim,) = make(text, event(text, "escaped", ClaimType.DISPLACES, evidence=text[:-1]))
    assert (claim.actors, names(claim.targets)) == ((), ["Villagers"])


def test_a_noun_that_no_rule_knows_has_the_sides_that_are_usual_for_its_type(make: Make) -> None:
    text = "The mauling of rebels by soldiers went on."
    (claim,) = make(text, event(text, "mauling", ClaimType.ATTACK, evidence=text[:-1]))
    assert (names(claim.actors), names(claim.targets)) == (["soldiers"], ["rebels"])


def test_the_event_word_is_nobody(make: Make) -> None:
    text = "Airstrikes hit Orle."
    told = {"actors": "Airstrikes", "places": "Orle"}
    (claim,) = make(text, event(text, "Airstrikes", ClaimType.AIRSTRIKE, evidence=text[:-1], **told))
    assert claim.actors == ()


def test_a_noun_put_to_a_name_is_that_name(make: Make) -> None:
    text = "It fears the Orle Front, a group that has fought the state."
    told = event(text, "fought", ClaimType.FIGHTS_AGAINST, evidence="a group that has fought the state", actors="group")
    assert names(make(text, told)[0].actors) == ["Orle Front"]


def test_a_name_begins_with_itself(make: Make) -> None:
    text = "The relief agency Sarho beat a nurse."
    (claim,) = make(text, event(text, "beat", ClaimType.ATTACK, evidence=text[:-1], actors="Sarho"))
    assert names(claim.actors) == ["Sarho"]


def torn(text: str, anchor: str, **chances: float) -> EventSignal:
    """An event of which the reader is torn between types."""
    types = tuple(chances.get(type_.value, 0.0) for type_ in ClaimType)
    return msgspec.structs.replace(event(text, anchor, ClaimType.OTHER, evidence=text[:-1]), types=types)


def test_the_type_is_of_the_family_for_which_most_speaks(make: Make) -> None:
    text = "Soldiers smashed up a mill."
    told = torn(text, "smashed", other=0.4, attack=0.35, shelling=0.25)
    assert make(text, told)[0].type is ClaimType.ATTACK


def test_a_rule_that_knows_the_word_decides_where_the_reader_wavers(make: Make) -> None:
    text = "Soldiers shelled a mill."
    wavering = torn(text, "shelled", attack=0.5, shelling=0.35)
    sure = torn(text, "shelled", attack=0.9, shelling=0.1)
    assert [make(text, told)[0].type for told in (wavering, sure)] == [ClaimType.SHELLING, ClaimType.ATTACK]


@pytest.mark.parametrize("noun", ["coalition", "airstrikes", "investigation"])
def test_a_modifier_that_is_part_of_a_name_or_an_act_tells_nothing(make: Make, noun: str) -> None:
    text = f"The Torran-led {noun} went on."
    assert make(text, event(text, "led", ClaimType.LEADS, evidence=f"Torran-led {noun}", actors="Torran")) == ()


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (ClaimType.SHELLING, ClaimType.DEMANDS, 1),
        (ClaimType.SHELLING, ClaimType.SHELLING, 1),
        (ClaimType.DEPLOYS, ClaimType.PRAISES, 2),
    ],
    ids=["the same words", "one type", "words within others of another kind"],
)
def test_what_rests_on_the_same_words_is_told_once(make: Make, first: ClaimType, second: ClaimType, told: int) -> None:
    text = "The army gathered its guns and shelled the mill by night."
    parts = [text[:-1], text[:-1] if second is ClaimType.DEMANDS else "shelled the mill by night"]
    events = [event(text, "gathered", first, evidence=parts[0]), event(text, "shelled", second, evidence=parts[1])]
    assert len(make(text, *events)) == told


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Islamic State met. Strikes against Isis hit Orle.", "Isis", "Islamic State"),
        ("While the Free Hill Guard (FHG) ate, FHG fighters beat a nurse.", "FHG", "Free Hill Guard"),
        ("The Torran-Ardan Free Hill Guard (FHG) met. FHG fighters beat a nurse.", "FHG", "Free Hill Guard"),
        ("On 6 August Orle Guards beat a nurse.", "Orle Guards", "Orle Guards"),
        ("The council-appointed agency Sarho beat a nurse.", "Sarho", "Sarho"),
    ],
    ids=["known shorter name", "opens a sentence", "described", "dated", "appointed"],
)
def test_a_name_is_without_what_describes_it(make: Make, text: str, words: str, name: str) -> None:
    anchor = "hit" if "hit" in text else "beat"
    at = text.rindex(words)
    told = event(text, anchor, ClaimType.ATTACK, evidence=text[text.index(anchor) : -1])
    party = {"targets" if anchor == "hit" else "actors": (Part(span=Span(at, at + len(words)), score=0.9),)}
    (claim,) = make(text, _with(told, party))
    assert name in names((*claim.actors, *claim.targets))


def _with(told: EventSignal, parts: dict[str, tuple[Part, ...]]) -> EventSignal:
    return msgspec.structs.replace(told, parts={**told.parts, **parts})


def test_an_adjective_alone_is_nobody(make: Make) -> None:
    text = "Enormous damage to the mill lay in their wake on 3 May 2020."
    (claim,) = make(text, event(text, "damage", ClaimType.DAMAGES, evidence=text[:-1], actors="Enormous"))
    assert claim.actors == ()


@pytest.mark.parametrize(
    ("text", "anchor", "type_", "seen", "status"),
    [
        ("It is a former ally of the army.", "ally", ClaimType.ALLIED_WITH, Status.ONGOING, Status.HAPPENED),
        ("It is an ally of the army.", "ally", ClaimType.ALLIED_WITH, Status.ONGOING, Status.ONGOING),
        ("The driver is now imprisoned in Orle.", "imprisoned", ClaimType.ARRESTS, Status.HAPPENED, Status.ONGOING),
        ("The driver was imprisoned in Orle.", "imprisoned", ClaimType.ARRESTS, Status.HAPPENED, Status.HAPPENED),
        ("The army backs the tribe.", "backs", ClaimType.BACKS, Status.HAPPENED, Status.ONGOING),
    ],
)
def test_words_of_time_beside_it_tell_what_goes_on(
    make: Make, text: str, anchor: str, type_: ClaimType, seen: Status, status: Status
) -> None:
    assert make(text, event(text, anchor, type_, evidence=text[:-1], status=seen))[0].status is status


def test_those_who_lose_are_not_those_who_take(make: Make) -> None:
    text = "The Orle Front lost the town."
    (claim,) = make(text, event(text, "lost", ClaimType.TAKES_CONTROL, evidence=text[:-1], actors="Orle Front"))
    assert (claim.actors, names(claim.targets)) == ((), ["Orle Front"])


def test_that_there_was_such_a_thing_is_no_claim(make: Make) -> None:
    bare, dated = "Talks went on.", "Talks went on on 3 May 2020."
    assert make(bare, event(bare, "Talks", ClaimType.NEGOTIATES, evidence=bare[:-1])) == ()
    assert len(make(dated, event(dated, "Talks", ClaimType.NEGOTIATES, evidence=dated[:-1]))) == 1

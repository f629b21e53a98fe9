"""How a claim is told: doubt, negation and status, by the trained reader's word and by the words beside the event."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from twosource.closed_sets import Certainty, ClaimType, Stance, Status
from twosource.reading.claims_model import claims_from_signals
from twosource.reading.equipment import Equipment
from twosource.reading.signals import EventSignal, Part
from twosource.reading.tree import Tree
from twosource.records import Claim, Reading
from twosource.spans import Span

ROLES = ("evidence", "actors", "targets", "places", "when", "figures", "sources", "via")
Tell = Callable[..., Claim]


def likely(values: object, chosen: object, sure: float) -> tuple[float, ...]:
    """Probabilities over an enum, nearly all of it on one value."""
    members = list(values)  # type: ignore[call-overload]
    return tuple(sure if member == chosen else (1 - sure) / (len(members) - 1) for member in members)


@pytest.fixture
def tell(read: Callable[[str], Reading], equipment: Equipment) -> Tell:
    """The one claim of an event at the word, with the reader's word for how it is told."""

    def told(
        text: str,
        word: str,
        type_: ClaimType = ClaimType.SHELLING,
        *,
        status: Status = Status.HAPPENED,
        certain: float = 0.9,
        negated: float = 0.0,
    ) -> Claim:
        at = text.index(word)
        parts: dict[str, tuple[Part, ...]] = dict.fromkeys(ROLES, ())
        parts["evidence"] = (Part(span=Span(0, len(text)), score=0.9),)
        parts["actors"] = (Part(span=Span(0, text.index(" ", 4)), score=0.9),)
        event = EventSignal(
            anchor=Span(at, at + len(word)),
            score=0.9,
            types=likely(ClaimType, type_, 0.95),
            status=likely(Status, status, 0.9),
            certainty=likely(Certainty, Certainty.CERTAIN, certain),
            stance=likely(Stance, Stance.ASSERTS, 0.95),
            negated=negated,
            sourced=0.5,
            parts=parts,
        )
        reading = read(text)
        [claim] = [
            c
            for c in claims_from_signals(reading, Tree(reading), [event], equipment.claims)
            if c.trigger == event.anchor
        ]
        return claim

    return told


def test_a_doubt_is_of_what_stands_right_under_it(tell: Tell) -> None:
    text = "The army is believed to have shelled Orle during the raid on Karesh."
    assert tell(text, "shelled").certainty is Certainty.PROBABLE
    assert tell(text, "raid", ClaimType.ATTACK).certainty is Certainty.CERTAIN


def test_what_is_accused_of_is_possible_whichever_doubt_the_reader_takes_it_for(tell: Tell) -> None:
    assert tell("The army is accused of shelling Orle.", "shelling", certain=0.1).certainty is Certainty.POSSIBLE


def test_what_may_happen_by_itself_is_doubted_and_what_does_it_to_another_is_not(tell: Tell) -> None:
    assert tell("The fighting in Orle may resume.", "fighting", ClaimType.ARMED_CLASH).certainty is Certainty.POSSIBLE
    text = "The fighting in Orle may delay the talks."
    assert tell(text, "fighting", ClaimType.ARMED_CLASH).certainty is Certainty.CERTAIN


def test_in_all_probability_doubts_what_it_was(tell: Tell) -> None:
    text = "The thing over Orle was in all probability a drone of the army."
    assert tell(text, "drone", ClaimType.DRONE_STRIKE).certainty is Certainty.PROBABLE


def test_what_could_not_be_verified_is_unknown_and_not_negated(tell: Tell) -> None:
    claim = tell("The army could not verify that rebels shelled Orle.", "shelled", certain=1.0, negated=0.6)
    assert (claim.certainty, claim.negated) == (Certainty.UNKNOWN, False)


def test_what_is_supposed_is_hypothetical_and_no_doubt_is_told_of_it(tell: Tell) -> None:
    claim = tell("Should rebels shell Orle, the army will leave.", "shell", status=Status.PLANNED, certain=0.2)
    assert (claim.status, claim.certainty) == (Status.HYPOTHETICAL, Certainty.CERTAIN)


def test_what_hangs_on_a_condition_is_hypothetical(tell: Tell) -> None:
    text = "The families could flee if rebels shell Orle."
    assert tell(text, "flee", ClaimType.DISPLACES, status=Status.PLANNED).status is Status.HYPOTHETICAL


def test_a_negation_behind_a_semicolon_is_of_another_deed(tell: Tell) -> None:
    assert not tell("The army shelled Orle; nobody was hurt.", "shelled", negated=0.95).negated
    assert tell("The army did not shell Orle; nobody was hurt.", "shell", negated=0.95).negated


@pytest.mark.parametrize(("text", "negated"), [("put the talks off", True), ("opened the talks", False)])
def test_a_word_for_what_did_not_come_about_lends_weight_to_the_readers(text: str, negated: bool, tell: Tell) -> None:
    assert tell(f"The envoys {text}.", "talks", ClaimType.NEGOTIATES, negated=0.6).negated is negated


def test_a_word_for_what_did_not_come_about_decides_nothing_by_itself(tell: Tell) -> None:
    assert not tell("The envoys put the talks off.", "talks", ClaimType.NEGOTIATES).negated


def test_what_was_put_off_is_planned_still(tell: Tell) -> None:
    assert tell("The envoys put off the talks.", "talks", ClaimType.NEGOTIATES).status is Status.PLANNED
    assert tell("The envoys opened the talks.", "talks", ClaimType.NEGOTIATES).status is Status.HAPPENED


def test_who_is_unhurt_was_not_hurt(tell: Tell) -> None:
    assert tell("The driver of the lorry was unhurt.", "unhurt", ClaimType.INJURES).negated


def test_an_act_in_the_simple_past_is_over_and_a_state_in_it_is_not(tell: Tell) -> None:
    text = "The army led a campaign in Orle."
    assert tell(text, "campaign", ClaimType.OFFENSIVE, status=Status.ONGOING).status is Status.HAPPENED
    assert tell(text, "campaign", ClaimType.SIEGE, status=Status.ONGOING).status is Status.ONGOING


def test_what_was_done_is_not_to_come_for_a_word_of_demand_beside_it(tell: Tell) -> None:
    text = "The council asked that the army lift the siege, a call that rebels flouted."
    assert tell(text, "flouted", ClaimType.VIOLATES).status is Status.HAPPENED


@pytest.mark.parametrize(
    ("type_", "status"),
    [
        (ClaimType.DEMANDS, Status.HYPOTHETICAL),
        (ClaimType.PLEDGES, Status.PLANNED),
        (ClaimType.CONDEMNS, Status.HAPPENED),
    ],
)
def test_speech_acts_have_their_status_by_the_codebook(type_: ClaimType, status: Status, tell: Tell) -> None:
    assert tell("The army spoke of Orle.", "spoke", type_, status=Status.ONGOING).status is status


@pytest.mark.parametrize(
    ("text", "word", "type_", "negated"),
    [
        ("The army rejected the truce.", "rejected", ClaimType.AGREES, True),
        ("The army signed the truce.", "signed", ClaimType.AGREES, False),
        ("The army has not complied with the truce.", "complied", ClaimType.VIOLATES, False),
        ("The army balked at calling for a truce.", "calling", ClaimType.DEMANDS, True),
        ("The army was not calling for a truce.", "calling", ClaimType.DEMANDS, False),
        ("The town is outside the control of the army.", "control", ClaimType.HOLDS, True),
        ("The town is under the control of the army.", "control", ClaimType.HOLDS, False),
        ("The army raid was not linked to the talks.", "raid", ClaimType.ATTACK, False),
        ("The army raid was not carried out.", "raid", ClaimType.ATTACK, True),
        ("Should rebels not shell Orle, the army will leave.", "shell", ClaimType.SHELLING, False),
        ("The paper found no evidence of shelling in Orle.", "shelling", ClaimType.SHELLING, True),
        ("The army, which shelled Orle, lets neither flour nor fuel pass.", "shelled", ClaimType.SHELLING, False),
    ],
)
def test_what_is_not_so(text: str, word: str, type_: ClaimType, negated: bool, tell: Tell) -> None:
    assert tell(text, word, type_).negated is negated


def test_an_outcome_is_as_doubtful_as_what_led_to_it(tell: Tell) -> None:
    text = "The army raid is believed to have resulted in casualties."
    assert tell(text, "casualties", ClaimType.INJURES).certainty is Certainty.PROBABLE
    text = "The army raid is believed to have begun after casualties."
    assert tell(text, "casualties", ClaimType.INJURES).certainty is Certainty.CERTAIN


@pytest.mark.parametrize(
    ("text", "word", "type_", "certainty"),
    [
        ("Two nurses are known to have died in Orle.", "died", ClaimType.KILLS, Certainty.CERTAIN),
        ("Two nurses are said to have died in Orle.", "died", ClaimType.KILLS, Certainty.PROBABLE),
        ("Ardanian fighters - likely deserters - will enter Orle.", "enter", ClaimType.DEPLOYS, Certainty.CERTAIN),
        ("The army preempted a possible attack on Orle.", "preempted", ClaimType.OTHER, Certainty.CERTAIN),
        ("The army preempted a possible attack on Orle.", "attack", ClaimType.ATTACK, Certainty.POSSIBLE),
        ("Ardanian fighters will likely enter Orle - by boat - soon.", "enter", ClaimType.DEPLOYS, Certainty.PROBABLE),
    ],
)
def test_what_is_known_or_doubted_of_another_is_certain(
    text: str, word: str, type_: ClaimType, certainty: Certainty, tell: Tell
) -> None:
    assert tell(text, word, type_, certain=0.1).certainty is certainty


@pytest.mark.parametrize(
    ("text", "word", "status", "negated"),
    [
        ("The army said its raids on Orle would cease on Monday.", "raids", Status.PLANNED, True),
        ("The army said it would stall its raids on Orle.", "raids", Status.PLANNED, True),
        ("The army said its raids on Orle would begin on Monday.", "raids", Status.PLANNED, False),
        ("The army halted its raids on Orle.", "raids", Status.HAPPENED, False),
    ],
)
def test_what_is_to_end_is_planned_not_to_go_on(
    text: str, word: str, status: Status, negated: bool, tell: Tell
) -> None:
    assert tell(text, word, ClaimType.ATTACK, status=status).negated is negated


@pytest.mark.parametrize(
    ("text", "word", "type_", "certainty"),
    [
        ("He was believed to be the fifth man killed in Bakhmut.", "killed", ClaimType.KILLS, Certainty.PROBABLE),
        (
            "He met the fifth man killed in Bakhmut and is believed to pray.",
            "killed",
            ClaimType.KILLS,
            Certainty.CERTAIN,
        ),
        ("The army reportedly responded with shelling near Julud.", "shelling", ClaimType.SHELLING, Certainty.PROBABLE),
        ("The army reportedly rested after shelling Julud.", "shelling", ClaimType.SHELLING, Certainty.CERTAIN),
        (
            "Moscow is reportedly in talks over redeploying troops to Goma.",
            "redeploying",
            ClaimType.DEPLOYS,
            Certainty.PROBABLE,
        ),
    ],
)
def test_a_doubt_reaches_what_is_told_through_its_verb(
    tell: Tell, text: str, word: str, type_: ClaimType, certainty: Certainty
) -> None:
    assert tell(text, word, type_).certainty is certainty

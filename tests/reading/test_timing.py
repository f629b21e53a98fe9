"""What happened, goes on, is to come or is only supposed, by the words of time and condition at the event word."""

from __future__ import annotations

import pytest
from tests.signalled import Make, event

from twosource.closed_sets import ClaimType, Status

HAPPENED, ONGOING, PLANNED, SUPPOSED = Status.HAPPENED, Status.ONGOING, Status.PLANNED, Status.HYPOTHETICAL


def _status(make: Make, text: str, anchor: str, type_: ClaimType, seen: Status) -> Status:
    told = make(text, event(text, anchor, type_, evidence=text[:-1], places="Orle", status=seen))
    return next(claim.status for claim in told if claim.type is type_)


@pytest.mark.parametrize(
    ("text", "anchor", "type_"),
    [
        ("The council called for an inquiry into the raid on Orle.", "raid", ClaimType.ATTACK),
        (
            "The army is expected to open a road to families displaced by the flood in Orle.",
            "displaced",
            ClaimType.DISPLACES,
        ),
        ("The mayor lost two houses in Orle due to shells.", "shells", ClaimType.SHELLING),
        ("The brigade started an operation aimed to take Orle.", "operation", ClaimType.OFFENSIVE),
    ],
)
def test_what_happened_is_not_to_come_for_a_word_of_intention_that_bears_on_another(
    make: Make, text: str, anchor: str, type_: ClaimType
) -> None:
    assert _status(make, text, anchor, type_, HAPPENED) is HAPPENED


@pytest.mark.parametrize(
    ("text", "anchor", "type_"),
    [
        ("The army will shell Orle.", "shell", ClaimType.SHELLING),
        ("The toll in Orle is expected to rise.", "toll", ClaimType.KILLS),
        ("The army prepares to shell Orle.", "shell", ClaimType.SHELLING),
    ],
)
def test_what_a_word_of_intention_bears_on_is_to_come(make: Make, text: str, anchor: str, type_: ClaimType) -> None:
    assert _status(make, text, anchor, type_, HAPPENED) is PLANNED


@pytest.mark.parametrize("seen", [HAPPENED, SUPPOSED])
def test_what_somebody_decided_to_do_is_planned(make: Make, seen: Status) -> None:
    text = "The army announced its decision to withdraw from Orle."
    assert _status(make, text, "withdraw", ClaimType.WITHDRAWS, seen) is PLANNED


def test_an_attempt_that_goes_on_is_no_decision(make: Make) -> None:
    text = "The army renewed its attempts to besiege Orle."
    assert _status(make, text, "besiege", ClaimType.SIEGE, ONGOING) is ONGOING


def test_what_is_called_planned_is_planned(make: Make) -> None:
    text = "The envoys spoke of the planned withdrawal from Orle."
    assert _status(make, text, "withdrawal", ClaimType.WITHDRAWS, SUPPOSED) is PLANNED


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The militia has threatened an offensive against Orle.", PLANNED),
        ("The militia threatened an offensive if the talks in Orle fail.", SUPPOSED),
        ("The militia threatened to attack any convoy to Orle.", SUPPOSED),
    ],
)
def test_a_plain_threat_is_planned_and_one_on_a_condition_is_not(make: Make, text: str, status: Status) -> None:
    assert _status(make, text, "threatened", ClaimType.THREATENS, SUPPOSED) is status


@pytest.mark.parametrize(
    ("text", "anchor", "status"),
    [
        ("The reserve will move to Orle in case of an attack.", "move", SUPPOSED),
        ("The reserve will move to Orle in the event of an attack.", "move", SUPPOSED),
        ("The reserve will move to Orle on Monday.", "move", PLANNED),
        ("Should the camp in Orle be shelled, families could flee.", "shelled", SUPPOSED),
        ("The fall of Orle would cut the road.", "fall", SUPPOSED),
        ("The envoy said the fall of Orle would cut the road.", "fall", PLANNED),
    ],
)
def test_what_hangs_on_a_condition_is_supposed(make: Make, text: str, anchor: str, status: Status) -> None:
    type_ = {"move": ClaimType.DEPLOYS, "fall": ClaimType.TAKES_CONTROL}.get(anchor, ClaimType.ATTACK)
    assert _status(make, text, anchor, type_, PLANNED if anchor == "move" else HAPPENED) is status


@pytest.mark.parametrize(
    ("text", "anchor", "type_", "seen", "status"),
    [
        ("The envoy will demand a truce in Orle.", "demand", ClaimType.DEMANDS, SUPPOSED, PLANNED),
        ("The envoy is expected to demand a truce in Orle.", "demand", ClaimType.DEMANDS, SUPPOSED, PLANNED),
        ("The envoy wants to demand a truce in Orle.", "demand", ClaimType.DEMANDS, SUPPOSED, SUPPOSED),
    ],
)
def test_a_demand_that_is_announced_is_planned(
    make: Make, text: str, anchor: str, type_: ClaimType, seen: Status, status: Status
) -> None:
    assert _status(make, text, anchor, type_, seen) is status


@pytest.mark.parametrize(
    ("text", "anchor", "type_", "seen", "status"),
    [
        ("The town of Orle was under the control of rebels until 2016.", "control", ClaimType.HOLDS, ONGOING, HAPPENED),
        ("The men are thought to have been part of the cell in Orle.", "part", ClaimType.PART_OF, ONGOING, HAPPENED),
        ("The men are thought to be part of the cell in Orle.", "part", ClaimType.PART_OF, ONGOING, ONGOING),
        ("The drivers were still missing in Orle after the raid.", "missing", ClaimType.ATTACK, HAPPENED, HAPPENED),
        ("The drivers are now imprisoned in Orle.", "imprisoned", ClaimType.ARRESTS, HAPPENED, ONGOING),
        (
            "The army welcomed reinforcements being sent to Orle.",
            "reinforcements",
            ClaimType.DEPLOYS,
            HAPPENED,
            ONGOING,
        ),
        ("The army said an attack is ongoing in Orle.", "attack", ClaimType.ATTACK, HAPPENED, ONGOING),
        ("The offensive in Orle will be supported by drones.", "offensive", ClaimType.OFFENSIVE, ONGOING, PLANNED),
        ("The offensive in Orle will be halted on Monday.", "offensive", ClaimType.OFFENSIVE, ONGOING, ONGOING),
        ("The advance will be supported by raids on Orle.", "raids", ClaimType.AIRSTRIKE, ONGOING, PLANNED),
        ("The advance was supported by raids on Orle.", "raids", ClaimType.AIRSTRIKE, ONGOING, ONGOING),
        ("The mayor said the army was massing tanks in Orle.", "massing", ClaimType.PREPARES, HAPPENED, ONGOING),
        ("The mayor said the army had massed tanks in Orle.", "massed", ClaimType.PREPARES, HAPPENED, HAPPENED),
        ("The army is capable of shelling Orle.", "shelling", ClaimType.SHELLING, ONGOING, SUPPOSED),
        ("The town of Orle is on the verge of being captured.", "captured", ClaimType.TAKES_CONTROL, HAPPENED, PLANNED),
    ],
)
def test_what_goes_on_and_what_is_over(
    make: Make, text: str, anchor: str, type_: ClaimType, seen: Status, status: Status
) -> None:
    assert _status(make, text, anchor, type_, seen) is status


@pytest.mark.parametrize(
    ("text", "anchor", "type_", "seen", "status"),
    [
        ("The road by which rebels can shell Orle is open.", "shell", ClaimType.SHELLING, ONGOING, SUPPOSED),
        ("No truce can be reached in Orle.", "reached", ClaimType.AGREES, ONGOING, ONGOING),
        ("The rebels can no longer shell Orle.", "shell", ClaimType.SHELLING, ONGOING, ONGOING),
        ("The rebels can never shell Orle.", "shell", ClaimType.SHELLING, ONGOING, ONGOING),
        ("The toll of the raid on Orle could rise.", "toll", ClaimType.KILLS, HAPPENED, PLANNED),
        ("The toll of the raid on Orle could surprise them.", "toll", ClaimType.KILLS, HAPPENED, HAPPENED),
        ("The mayor of Orle will appear in court to be charged.", "charged", ClaimType.ACCUSES, HAPPENED, PLANNED),
        ("The mayor of Orle appeared in court to be charged.", "charged", ClaimType.ACCUSES, HAPPENED, HAPPENED),
        ("All flights to Orle are suspended.", "suspended", ClaimType.OTHER, HAPPENED, ONGOING),
        ("All flights to Orle were suspended.", "suspended", ClaimType.OTHER, HAPPENED, HAPPENED),
        ("The rebels left their then stronghold at Orle.", "stronghold", ClaimType.HOLDS, ONGOING, HAPPENED),
    ],
)
def test_what_can_be_may_grow_and_is_kept_so(
    make: Make, text: str, anchor: str, type_: ClaimType, seen: Status, status: Status
) -> None:
    assert _status(make, text, anchor, type_, seen) is status


@pytest.mark.parametrize(
    ("text", "anchor", "type_"),
    [
        ("The decision to bomb the school in Orle killed eleven.", "bomb", ClaimType.AIRSTRIKE),
        ("The gunners obeyed the order to shell Orle.", "shell", ClaimType.SHELLING),
    ],
)
def test_an_order_that_was_carried_out_is_not_to_come(make: Make, text: str, anchor: str, type_: ClaimType) -> None:
    assert _status(make, text, anchor, type_, HAPPENED) is HAPPENED


def test_an_order_that_only_drew_protests_is_to_come(make: Make) -> None:
    text = "The decision to bomb the school in Orle drew protests."
    assert _status(make, text, "bomb", ClaimType.AIRSTRIKE, HAPPENED) is PLANNED


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("Aid workers in Goma prepared for potential attacks in Orle.", "attacks"),
        ("Doctors warned of the danger of an attack on Orle.", "attack"),
        ("The army moved guns to Bakhmut to prevent an attack on Orle.", "attack"),
    ],
)
def test_what_is_only_feared_or_forestalled_is_supposed(make: Make, text: str, anchor: str) -> None:
    assert _status(make, text, anchor, ClaimType.ATTACK, ONGOING) is SUPPOSED


@pytest.mark.parametrize(
    ("text", "anchor", "type_", "status"),
    [
        ("Further attacks on Orle go on.", "attacks", ClaimType.ATTACK, ONGOING),
        ("The offensive in Orle began as a raid.", "offensive", ClaimType.OFFENSIVE, HAPPENED),
        (
            "The raid prompted the army in Kachin to retaliate by shelling Orle.",
            "shelling",
            ClaimType.SHELLING,
            HAPPENED,
        ),
        ("The army in Kachin arrived to join the battle for Orle.", "battle", ClaimType.ARMED_CLASH, ONGOING),
        ("The offensive in Orle continued through the night.", "offensive", ClaimType.OFFENSIVE, ONGOING),
    ],
)
def test_what_one_tells_in_the_simple_past_happened(
    make: Make, text: str, anchor: str, type_: ClaimType, status: Status
) -> None:
    assert _status(make, text, anchor, type_, ONGOING) is status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The road to Orle is blocked by rebels.", ONGOING),
        ("The road to Orle is often blocked by rebels.", HAPPENED),
        ("The road to Orle is blocked every winter.", HAPPENED),
    ],
)
def test_what_is_done_now_and_again_is_no_state(make: Make, text: str, status: Status) -> None:
    assert _status(make, text, "blocked", ClaimType.SIEGE, HAPPENED) is status

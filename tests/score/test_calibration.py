import msgspec
import pytest

from score.coded_by_hand import coded
from twosource.closed_sets import ClaimType
from twosource.score.calibration import calibration, calibration_error, claims_right
from twosource.score.coded import CodedClaim

TEXT = {"r": "Rebels shelled Orle. Troops left Karesh."}


def claim(evidence: str, type_: ClaimType, confidence: float | None = None, **fields: object) -> CodedClaim:
    return coded(type_, evidence, confidence=confidence, **fields)


GOLD = [claim("Rebels shelled Orle", ClaimType.SHELLING, actors=("Rebels",))]


def test_a_claim_is_right_with_its_type_and_its_fields() -> None:
    found = [claim("Rebels shelled Orle", ClaimType.SHELLING, actors=("Rebels",))]
    assert claims_right(GOLD, found, TEXT) == [True]
    assert claims_right(GOLD, [msgspec.structs.replace(found[0], type=ClaimType.ATTACK)], TEXT) == [False]
    assert claims_right(GOLD, [msgspec.structs.replace(found[0], actors=("Troops",))], TEXT) == [False]


def test_a_claim_that_nobody_coded_is_not_right() -> None:
    assert claims_right(GOLD, [claim("Troops left Karesh", ClaimType.WITHDRAWS)], TEXT) == [False]


@pytest.mark.parametrize(
    ("told", "right", "error"),
    [
        ([0.5, 0.5], [True, False], 0.0),
        ([0.9, 0.9], [False, False], 0.9),
        ([0.1, 0.9], [False, True], 0.1),
        ([], [], 0.0),
    ],
)
def test_the_error_is_the_distance_of_what_was_told_from_what_was_right(
    told: list[float], right: list[bool], error: float
) -> None:
    assert calibration_error(told, right) == pytest.approx(error)


def test_without_confidences_nothing_is_told() -> None:
    assert calibration(GOLD, [claim("Rebels shelled Orle", ClaimType.SHELLING)], TEXT) == {}
    sure = calibration(GOLD, [claim("Rebels shelled Orle", ClaimType.SHELLING, 0.7, actors=("Rebels",))], TEXT)
    assert sure["calibration_error"] == pytest.approx(0.3)


def test_a_claim_that_tells_no_confidence_leaves_those_that_do_to_be_judged() -> None:
    sure = claim("Rebels shelled Orle", ClaimType.SHELLING, 0.7, actors=("Rebels",))
    silent = claim("Troops left Karesh", ClaimType.WITHDRAWS)
    assert calibration(GOLD, [sure, silent], TEXT) == calibration(GOLD, [sure], TEXT)

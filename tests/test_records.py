"""Records: frozen, checked at the border, and whole after a round trip."""

from __future__ import annotations

import datetime

import msgspec
import pytest

from twosource import closed_sets, corpus_records, records
from twosource.closed_sets import FAMILIES, ClaimType, FigureKind, family_of
from twosource.corpus_records import decisions, disagreements, entities, events, lineages, own_types
from twosource.ids import make_id
from twosource.records import Claim, Figure, Named, Reading, Report, When
from twosource.spans import Span

SPAN = Span(0, 4)
CLAIM = Claim(
    id="claim-1",
    report="r",
    type=ClaimType.ATTACK,
    evidence=(SPAN, Span(9, 12)),
    trigger=SPAN,
    actors=(Named(name="Ada", span=SPAN, said_at=SPAN),),
    when=When(phrase="Monday", span=SPAN, start=datetime.date(2019, 4, 1), end=None),
    figures=(Figure(span=SPAN, phrase="12", number=SPAN, kind=FigureKind.KILLED, rule="x", low=12),),
)


def test_a_reading_survives_the_border_and_back() -> None:
    reading = Reading(report=Report(id="r", text="text"), claims=(CLAIM,))
    assert msgspec.json.decode(msgspec.json.encode(reading), type=Reading) == reading


def test_decoding_refuses_a_type_that_the_codebook_does_not_have() -> None:
    data = msgspec.json.encode(CLAIM).replace(b'"attack"', b'"assault"')
    with pytest.raises(msgspec.ValidationError, match="assault"):
        msgspec.json.decode(data, type=Claim)


def test_records_are_frozen() -> None:
    with pytest.raises(AttributeError):
        CLAIM.negated = True  # type: ignore[misc]


ACROSS_REPORTS = (decisions, disagreements, entities, events, lineages, own_types)


@pytest.mark.parametrize("module", [records, closed_sets, *ACROSS_REPORTS])
def test_every_public_name_is_listed_and_there(module: object) -> None:
    listed = set(module.__all__)  # type: ignore[attr-defined]
    made_here = {
        name
        for name, value in vars(module).items()
        if isinstance(value, type) and value.__module__ == module.__name__  # type: ignore[attr-defined]
    }
    assert made_here <= listed
    assert all(hasattr(module, name) for name in listed)


def test_all_records_of_what_crosses_reports_are_had_from_one_place() -> None:
    every = [name for module in ACROSS_REPORTS for name in module.__all__]
    assert sorted(every) == sorted(corpus_records.__all__)
    for module in ACROSS_REPORTS:
        assert all(getattr(corpus_records, name) is getattr(module, name) for name in module.__all__)


def test_every_type_has_one_family() -> None:
    listed = [type_ for types in FAMILIES.values() for type_ in types]
    assert sorted(listed) == sorted(ClaimType)
    assert family_of(ClaimType.AIRSTRIKE) == "force"


def test_ids_depend_on_raw_values_alone() -> None:
    assert make_id("claim", "a", 1, SPAN) == make_id("claim", "a", 1, Span(0, 4))
    assert make_id("claim", "a", 1) != make_id("claim", "a1")
    assert make_id("claim", "a").startswith("claim-")

"""Reports whose claims are located, told by two outlets, and worded to trouble spreadsheets and markup."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from fake_reading import find_claims, make_report
from twosource.pipeline import Reader
from twosource.records import Place, Reading
from twosource.stage import Batch, Stage, fingerprint

ALEPPO = "geonames:170063"

REPORTS = [
    make_report(
        "gazette-1",
        "=HYPERLINK(1)\n\nHalabi said Norland shelled Aleppo on 2024-03-01, killing 12. Sud backs Norland.",
        title="=HYPERLINK(1)",
        outlet="The <Gazette> & Co",
        published="2024-03-02",
        url="https://example.org/a?b=1&c=2",
        agency="Wire",
        language="en",
    ),
    make_report(
        "herald-1",
        "😀 Quiet.\n\nNorland shelled Aleppo on 2024-03-01, killing 15. Sud seized Vale on 2024-03-05.",
        outlet="Herald",
        published="2024-03-06",
        language="en",
    ),
    make_report("herald-2", "Nothing of note."),
]


def _locate(readings: Batch, _equipment: object) -> list[Reading]:
    return [msgspec.structs.replace(reading, places=tuple(_places(reading))) for reading in readings]


def _places(reading: Reading) -> Iterator[Place]:
    for claim in reading.claims:
        for named in claim.places:
            if named.name == "Aleppo":
                yield Place(
                    span=named.span, name="Aleppo", rule="test", place=ALEPPO, kind="city", country="SY",
                    admin1="Aleppo", lat=36.20124, lon=37.16117, precision="town",
                )  # fmt: skip


STAGES: tuple[Stage[None], ...] = (
    Stage(name="fake", version=1, run=find_claims),
    Stage(name="located", version=1, run=_locate),
)


def located_reader() -> Reader:
    """The fake reader with a stage that knows where Aleppo is."""
    return Reader(stages=STAGES, equipment=None, fingerprint=fingerprint(STAGES, {}))

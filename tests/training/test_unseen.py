"""The reports that the fits over finished claims rest on, and what the reader tells of them."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import msgspec
import pytest
from training.unseen import EXAMPLES, coded_files, heard_in

from twosource.knowledge.acts import load_acts
from twosource.knowledge.bylines import load_bylines
from twosource.knowledge.speakers import load_speakers
from twosource.knowledge.standing import load_standing
from twosource.reading.equipment import Equipment
from twosource.reading.scan import Scan
from twosource.reading.signals import Signals
from twosource.reading.speech import SpeechKnowledge
from twosource.spans import Span

SIZE = 1 << 12
MARKET = "The market in Karesh was open and many people came to see it on the day."
SHELLS = "Shells fell on the camp."


class Listening:
    """A reader that keeps what it was asked for, and tells nothing."""

    def __init__(self) -> None:
        self.asked: list[list[str] | None] = []

    def read(self, text: str, kept: Sequence[Span] | None = None) -> Signals:
        self.asked.append(None if kept is None else [span.of(text) for span in kept])
        return Signals(tells_events=True)


def claim(report: str) -> str:
    told: dict[str, list[str]] = {name: [] for name in ("actors", "targets", "places", "figures", "sources", "via")}
    colour = {"stance": "asserts", "certainty": "certain", "status": "happened", "negated": False, "when": None}
    return json.dumps({"report": report, "type": "shelling", "evidence": [SHELLS], **told, **colour})


def test_the_files_are_those_of_the_named_reports_and_the_examples(tmp_path: Path) -> None:
    claims = tmp_path / "claims"
    claims.mkdir()
    (claims / "dev.jsonl").write_text("\n".join(map(claim, ["b", "a", "b", "trained-on"])), "utf-8")
    (claims / "composed.jsonl").write_text(claim("c"), "utf-8")
    names = tmp_path / "unseen.txt"
    names.write_text("c\na\nb\n", "utf-8")
    unseen, examples = coded_files(tmp_path, names)
    assert [(one.path, len(one.gold)) for one in unseen] == [
        (claims / "texts/a.txt", 1),
        (claims / "texts/b.txt", 2),
        (claims / "texts/c.txt", 1),
    ]
    assert examples
    assert all(one.path.parent == EXAMPLES / "reports" and one.path.exists() for one in examples)


def test_the_reader_is_asked_for_what_is_read_and_no_more(tmp_path: Path, equipment: Equipment) -> None:
    """Words that the scan passes over change what the reader tells of those beside them."""
    weights = array("f", bytes(4 * SIZE))
    weights[crc32(b"shells") & (SIZE - 1)] = 4.0
    scan = Scan(weights=weights, bias=-1.0, of_report=0.0, least=0.0, digest="")
    reader = Listening()
    rules = equipment.attribution
    speech = SpeechKnowledge(
        reader=reader,
        words=rules.words,
        speakers=load_speakers(),
        bylines=load_bylines(),
        acts=load_acts(),
        standing=load_standing(),
        outlets=rules.agencies,
    )
    path = tmp_path / "a.txt"
    path.write_text("\n\n".join([*[MARKET] * 8, SHELLS]), "utf-8")
    reading, _ = heard_in(path, msgspec.structs.replace(equipment, scan=scan, speech=speech))
    read = [sentence.span.of(reading.report.text) for sentence in reading.sentences]
    assert read == [MARKET, MARKET, MARKET, SHELLS]
    assert reader.asked == [read, read]
    heard_in(path, msgspec.structs.replace(equipment, scan=None, speech=speech))
    assert reader.asked[2:] == [None, None]


def test_equipment_without_the_trained_reader_is_refused(tmp_path: Path, equipment: Equipment) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SHELLS, "utf-8")
    with pytest.raises(SystemExit, match="no trained reader"):
        heard_in(path, equipment)

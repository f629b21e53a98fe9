"""Looks for input that breaks a reader of files, or the rules that read times, figures and quotations.

python tools/fuzz_readers.py [-max_total_time=600] [FOLDER]   needs atheris; `make fuzz` installs it and runs this

The first byte of an input chooses what reads the rest; the coverage of the code leads the search on. It ends at the
first input that breaks something, and leaves it in a file crash-... beside; FOLDER keeps what led further; a new
one is begun with a file of each kind.
"""

from __future__ import annotations

import datetime
import sys

import atheris

with atheris.instrument_imports(include=["twosource"]):
    from fuzz.hostile import pathological
    from fuzz.test_files import WHOLE
    from plain_reading import reading_of
    from twosource.intake.apart import Document, Task, Told
    from twosource.intake.issues import SEVERITIES
    from twosource.intake.report import Given, assemble
    from twosource.intake.text import read_text_bytes
    from twosource.intake.worker import _READERS, answers_to
    from twosource.knowledge.figure_rules import load_figure_rules
    from twosource.knowledge.time_rules import load_time_rules
    from twosource.reading.figures import read_figures
    from twosource.reading.quotations import find_quotations
    from twosource.reading.times import read_times
    from twosource.records import Report

from pathlib import Path

_KINDS = sorted(_READERS)
_TIMES, _FIGURES = load_time_rules(), load_figure_rules()


def _file(kind: str, data: bytes) -> None:
    for answer in answers_to(Task(kind=kind, data=data)):
        if isinstance(answer, Told):
            assert answer.code in SEVERITIES
        elif isinstance(answer, Document):
            _report(answer.text, answer.title, answer.published)


def _report(text: str, title: str | None, published: str | None) -> None:
    report, issues = assemble(Given(id="r", text=text, title=title, published=published))
    for issue in issues:
        assert issue.span is None or issue.span.end <= len(report.text)
    for sighting in report.dates:
        assert sighting.span is None or sighting.span.end <= len(report.text)


def _text(text: str) -> None:
    report: Report
    report, _ = assemble(Given(id="r", text=text, published=datetime.date(2017, 5, 6).isoformat()))
    reading = reading_of(report.text, published="2017-05-06")
    found = [(one.span, one.text) for one in read_times(reading, _TIMES)]
    found += [(one.span, one.phrase) for one in read_figures(reading, _FIGURES)]
    assert all(span.of(report.text) == words for span, words in found)
    assert all(one.span.holds(one.inner) for one in find_quotations(report.text))


def once(data: bytes) -> None:
    """Reads one input; an exception is what is looked for."""
    choice, rest = (data[0], data[1:]) if data else (0, b"")
    if choice % 2:
        _text(rest.decode("utf-8", "replace"))
    elif (choice // 2) % (len(_KINDS) + 1) == len(_KINDS):
        list(read_text_bytes(rest, Path("given.txt")))
    else:
        _file(_KINDS[(choice // 2) % (len(_KINDS) + 1)], rest)


def _seed(folder: Path) -> None:
    """Puts a whole file of each kind, and texts, into an empty folder, for the search to begin with."""
    if any(folder.iterdir()):
        return
    for kind, data in WHOLE.items():
        (folder / kind).write_bytes(bytes([2 * _KINDS.index(kind)]) + data)
    for name, text in pathological(300).items():
        (folder / f"text-{name.replace(' ', '-')}").write_bytes(b"\x01" + text.encode())


if __name__ == "__main__":
    for given in sys.argv[1:]:
        if not given.startswith("-"):
            _seed(Path(given))
    atheris.Setup(sys.argv, once)
    atheris.Fuzz()

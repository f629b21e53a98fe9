from __future__ import annotations

import io

import msgspec
import pytest

from made_files import PARAGRAPHS
from twosource.intake import worker
from twosource.intake.apart import Answer, Apart, Document, End, Task, Told
from twosource.intake.worker import answers_to
from twosource.pipes import receive, send

MARKDOWN = Task(kind="markdown", data=PARAGRAPHS[0].encode())


def codes(answers: list[Answer]) -> list[str]:
    return [answer.code for answer in answers if isinstance(answer, Told)]


def test_one_process_answers_task_after_task_and_two_at_once() -> None:
    with Apart() as apart:
        first = apart.ask(MARKDOWN)
        assert isinstance(next(first), Document)
        (second,) = apart.ask(MARKDOWN)
        assert isinstance(second, Document) and second.text == PARAGRAPHS[0]
        assert list(first) == []
        assert len(apart._idle) == 2
    assert apart._idle == []


def test_a_task_that_takes_too_long_is_ended_and_told() -> None:
    with Apart(seconds=0.001) as apart:
        (told,) = apart.ask(MARKDOWN)
        assert isinstance(told, Told) and told.code == "took-too-long"
        assert apart._idle == []


def test_a_process_that_dies_is_told_and_the_next_task_is_answered() -> None:
    with Apart() as apart:
        list(apart.ask(MARKDOWN))
        apart._idle[0].kill()
        apart._idle[0].wait()
        assert codes(list(apart.ask(MARKDOWN))) == ["broken-document"]
        assert isinstance(next(apart.ask(MARKDOWN)), Document)


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (ValueError("odd"), "broken-document"),
        (RecursionError(), "broken-document"),
        (MemoryError(), "too-large"),
        (ModuleNotFoundError("no", name="pyarrow.parquet"), "missing-extra"),
    ],
)
def test_whatever_a_reader_raises_is_told(monkeypatch: pytest.MonkeyPatch, fault: Exception, code: str) -> None:
    def broken(task: Task) -> None:
        raise fault

    monkeypatch.setitem(worker._READERS, "html", broken)
    assert codes(list(answers_to(Task(kind="html")))) == [code]


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(task: Task) -> None:
        raise ModuleNotFoundError("no", name="pyarrow")

    monkeypatch.setitem(worker._READERS, "parquet", missing)
    (told,) = answers_to(Task(kind="parquet"))
    assert isinstance(told, Told) and "pip install 'twosource[parquet]'" in told.reason


def test_messages_are_read_as_they_were_sent_and_cut_ones_are_none() -> None:
    stream = io.BytesIO()
    send(stream, MARKDOWN)
    send(stream, End())
    stream.seek(0)
    message = receive(stream)
    assert message is not None and msgspec.msgpack.decode(message, type=Task) == MARKDOWN
    whole = stream.getvalue()
    for cut in range(0, 20):
        assert receive(io.BytesIO(whole[:cut])) is None

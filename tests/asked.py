"""What the readers of documents answer, asked in this process, for the tests."""

from __future__ import annotations

from pathlib import Path

from twosource.intake.apart import Document, Piece, Task, Told
from twosource.intake.worker import answers_to


def documents(kind: str, data: bytes = b"", path: Path | None = None) -> list[Document]:
    """The documents answered; fails where anything else is, but for notes."""
    answers = list(answers_to(Task(kind=kind, data=data, path=str(path) if path else None)))
    assert [answer for answer in answers if not isinstance(answer, Document)] == []
    return [answer for answer in answers if isinstance(answer, Document)]


def told(kind: str, data: bytes = b"", path: Path | None = None) -> list[tuple[str, int | None]]:
    """The codes and numbers that were told."""
    answers = answers_to(Task(kind=kind, data=data, path=str(path) if path else None))
    return [(answer.code, answer.number) for answer in answers if isinstance(answer, Told)]


def pieces(kind: str, data: bytes = b"", path: Path | None = None) -> list[Piece]:
    """The pieces answered."""
    answers = answers_to(Task(kind=kind, data=data, path=str(path) if path else None))
    return [answer for answer in answers if isinstance(answer, Piece)]

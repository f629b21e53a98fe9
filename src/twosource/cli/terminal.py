"""What all commands share on the terminal: where they print, and how words from a report are made safe to print."""

from __future__ import annotations

import datetime
import logging
import sys
import unicodedata
from typing import Annotated

import typer
from rich.console import Console

from twosource.errors import UsageError

__all__ = ["ProjectArgument", "day", "errors", "output", "plural", "tell_what_is_logged", "visible"]

ProjectArgument = Annotated[
    str, typer.Argument(help="The project file that 'twosource read' made.", show_default=False)
]

_PIPED_WIDTH = 160  # rich takes 80 where there is no terminal, which breaks a table of claims into slivers


def output() -> Console:
    """The console for answers: colours and the window's width on a terminal, plain and wide in a pipe or a file."""
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = max(console.width, _PIPED_WIDTH)
    return console


def errors() -> Console:
    """The console for progress and warnings, on stderr."""
    return Console(file=sys.stderr, highlight=False, markup=False, emoji=False)


def visible(words: str) -> str:
    """The words with each control character but tab and newline as U+FFFD, so that no report can steer the terminal.

    As long as the words given, so that spans still hold.
    """
    return "".join("\ufffd" if unicodedata.category(ch) == "Cc" and ch not in "\t\n" else ch for ch in words)


def plural(number: int, word: str) -> str:
    """The number with its word, such as '1 claim' or '1,204 claims'."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def day(option: str, words: str | None) -> datetime.date | None:
    """The day that an option gives as year-month-day. Raises UsageError for another form."""
    if words is None:
        return None
    try:
        return datetime.date.fromisoformat(words)
    except ValueError:
        raise UsageError(f"{option} {words!r} is no day: write it as 2024-12-31") from None


def tell_what_is_logged() -> None:
    """Prints on stderr what the store logs from now on, such as that a large project is brought up to date."""
    log = logging.getLogger("twosource.store")
    log.setLevel(logging.INFO)
    if not any(isinstance(handler, _Telling) for handler in log.handlers):
        log.addHandler(_Telling())


class _Telling(logging.Handler):
    """Prints what is logged on stderr, as it is at that time."""

    def emit(self, record: logging.LogRecord) -> None:
        errors().print(self.format(record), soft_wrap=True)

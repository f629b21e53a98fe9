"""The commands of twosource. ``main`` is what the shell runs; ``app`` holds every command with its help."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from twosource.cli.commands import app
from twosource.cli.terminal import tell_what_is_logged
from twosource.errors import TwosourceError

__all__ = ["EXIT_CODES", "app", "main"]

EXIT_CODES = {
    0: "done",
    1: "some of the input could not be read, and 'read' was asked to be strict about that (--strict); "
    "or 'verify' found something changed; or the program that took the output ended before all of it was printed",
    2: "a command that can't be meant, or a project or path that can't be used; one line on stderr says what to do",
    130: "interrupted; what was read is kept",
}
"""What the exit codes of the commands mean."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs one command and leaves the process with an exit code of EXIT_CODES."""
    _print_what_the_terminal_can()
    tell_what_is_logged()
    try:
        try:
            app(args=None if arguments is None else list(arguments), prog_name="twosource")
        finally:
            if sys.stdout is not None:  # it is, where the shell was told to close it
                sys.stdout.flush()
    except BrokenPipeError:
        sys.stdout = io.StringIO()  # what waits to be printed would fail once more
        raise SystemExit(1) from None
    except TwosourceError as fault:
        reason = str(fault)
    except UnicodeEncodeError as fault:
        reason = f"{fault.object[:80]!r} is no text: what a command is given must be in UTF-8"
    except OSError as fault:
        sys.stdout = io.StringIO()
        reason = _reason_of(fault)
    print(f"twosource: {reason}", file=sys.stderr)
    raise SystemExit(2) from None


def _print_what_the_terminal_can() -> None:
    """Where the terminal or the file has no letter for a character, a question mark stands for it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _reason_of(fault: OSError) -> str:
    """What the system refused, with the file if it names one."""
    reason = fault.strerror or str(fault)
    if fault.filename is not None:
        return f"{os.fsdecode(fault.filename)}: {reason}. See that it can be used so, and run this again"
    return f"{reason}. What was to be printed or read could not be; see to that, and run this again"

"""Finds what is wrong in the documentation: links, commands, the index, and the parts that are made from the code.

python tools/check_docs.py   exit code 1 where there is a fault, each told with its file and line

Every relative link and image leads somewhere, to a heading too. Every line of a code block that begins with 'twosource'
or '$ twosource' is a command that the program takes, and so is every `twosource ...` in the text, which may be cut
short. Every page under docs/ is listed in docs/index.md. The table of types is that of the code.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

import typer
import typer.main

import build_codebook
from twosource.cli import app

ROOT = Path(__file__).parents[1]

_LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)|(?:src|href)=\"([^\"]+)\"")
_REFERENCE = re.compile(r"^\[[^\]]+\]:\s+(\S+)")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_CODE = re.compile(r"(`+)(.+?)\1")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})\s*(\w*)")
_PROMPTED = ("console", "pycon")
"""The languages of code blocks in which only a line behind a prompt is a command; the others are what it printed."""
_NOT_OURS = {".git", ".venv", "node_modules", "dist", "build"}
_CUT_SHORT = {"...", "[OPTIONS]", "…"}
_Refused: Any = typer.BadParameter.__base__
"""What all refusals of typer's parser are; typer has no name of its own for it."""


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong, and where; ``line`` counts from 1."""

    path: Path
    line: int
    words: str


@dataclass(frozen=True)
class Page:
    """A Markdown file: its lines of text with a number each from 1, and those of its code blocks with the language."""

    path: Path
    text: tuple[tuple[int, str], ...]
    code: tuple[tuple[int, str, str], ...]


def find_faults(root: Path, group: Any) -> list[Fault]:
    """Every fault of the Markdown files under ``root``, by file and line; ``group`` is the program's own commands."""
    pages = [read_page(path) for path in sorted(root.rglob("*.md")) if not _NOT_OURS & {*path.relative_to(root).parts}]
    faults = [fault for page in pages for fault in (*_links(page, root), *_commands(page, group))]
    return sorted([*faults, *_unlisted(pages, root)])


def read_page(path: Path) -> Page:
    """The page, taken apart into text and code."""
    text: list[tuple[int, str]] = []
    code: list[tuple[int, str, str]] = []
    fence = language = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        mark = _FENCE.match(line)
        if fence and mark and mark[1].startswith(fence) and not line.strip(" `~"):
            fence = ""
        elif fence:
            code.append((number, language, line))
        elif mark:
            fence, language = mark[1], mark[2]
        else:
            text.append((number, line))
    return Page(path, tuple(text), tuple(code))


def _targets(page: Page) -> Iterator[tuple[int, str]]:
    """The target of each link and image to this project, with its line."""
    for number, line in page.text:
        plain = _CODE.sub("", line)
        found = [one or other for one, other in _LINK.findall(plain)] + _REFERENCE.findall(plain)
        yield from ((number, target) for target in found if not _ELSEWHERE.match(target))


def _links(page: Page, root: Path) -> Iterator[Fault]:
    for number, target in _targets(page):
        name, _, heading = target.partition("#")
        path = (page.path.parent / name).resolve() if name else page.path.resolve()
        if not path.is_relative_to(root.resolve()) or not path.exists():
            yield Fault(page.path, number, f"the link {target!r} leads nowhere")
        elif heading and path.suffix == ".md" and heading not in _headings(read_page(path)):
            yield Fault(page.path, number, f"the link {target!r} leads to no heading of {path.name}")


def _headings(page: Page) -> set[str]:
    """The names under which the page's headings can be linked to."""
    found: dict[str, int] = {}
    for _, line in page.text:
        if re.match(r"#{1,6} ", line):
            words = re.sub(r"[^\w\- ]", "", line.lstrip("#").strip().lower()).replace(" ", "-")
            found[words] = found.get(words, 0) + 1
    return {f"{words}-{number}" if number else words for words, times in found.items() for number in range(times)}


def _unlisted(pages: Iterable[Page], root: Path) -> Iterator[Fault]:
    docs = root / "docs"
    listed = {
        (page.path.parent / target.partition("#")[0]).resolve()
        for page in pages
        if page.path == docs / "index.md"
        for _, target in _targets(page)
    }
    for page in pages:
        if page.path.is_relative_to(docs) and page.path != docs / "index.md" and page.path.resolve() not in listed:
            yield Fault(page.path, 1, "docs/index.md does not list this page")


def _commands(page: Page, group: Any) -> Iterator[Fault]:
    for number, words, whole in (*_block_commands(page), *_text_commands(page)):
        try:
            parts = _split(words)
        except ValueError as fault:
            yield Fault(page.path, number, f"{words!r} can't be split into words: {fault}")
            continue
        told = [part for part in parts if part not in _CUT_SHORT]
        wrong = command_fault(group, told, whole=whole and not any(map(_cut_short, parts)))
        if wrong:
            yield Fault(page.path, number, f"{words!r}: {wrong}")


def _block_commands(page: Page) -> Iterator[tuple[int, str, bool]]:
    """The words behind 'twosource' of each line of code that is a command, with its line."""
    lines = iter(page.code)
    for number, language, line in lines:
        while line.endswith("\\"):
            line = line[:-1] + next(lines, (0, "", ""))[2]
        pattern = r"\$ (?:\S*/)?twosource\s+(.*)" if language in _PROMPTED else r"(?:\$ )?(?:\S*/)?twosource\s+(.*)"
        command = re.match(pattern, line.strip())
        if command:
            yield number, command[1], True


def _text_commands(page: Page) -> Iterator[tuple[int, str, bool]]:
    for number, line in page.text:
        for _, code in _CODE.findall(line):
            if code.strip().startswith("twosource "):
                yield number, code.strip().removeprefix("twosource "), False


def _split(words: str) -> list[str]:
    """The words of the command itself: what a pipe or a redirection begins is left out."""
    shell = shlex.shlex(words, posix=True, punctuation_chars=True)
    shell.whitespace_split = True
    return list(takewhile(lambda part: not set(part) <= set("|&;<>"), shell))


def _cut_short(part: str) -> bool:
    return part in _CUT_SHORT or part.endswith("...")


def command_fault(group: Any, words: Sequence[str], *, whole: bool) -> str | None:
    """What the program would refuse in these words; with ``whole`` also that something is missing. None: nothing."""
    command, above, rest = group, None, list(words)
    while hasattr(command, "commands") and rest and not rest[0].startswith("-"):
        name = rest.pop(0)
        if name not in command.commands:
            return f"there is no command {name!r}"
        above = command.make_context(command.name, [name], parent=above)
        command = command.commands[name]
    if hasattr(command, "commands") and not rest:
        return "a command is missing" if whole else None
    return _refusal(command, above, rest, whole=whole)


def _refusal(command: Any, above: Any, words: list[str], *, whole: bool) -> str | None:
    words = ["1" if word == "NUMBER" else word for word in words]  # as in the usage line 'undo NUMBER'
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            command.make_context(command.name, words, parent=above)
    except typer.Exit:
        return None
    except _Refused as fault:
        if not whole and type(fault).__name__ == "MissingParameter":
            return None
        return str(fault.format_message())
    return None


def main() -> int:
    """The exit code: 1 where there is a fault, else 0."""
    faults = find_faults(ROOT, typer.main.get_command(app))
    for fault in faults:
        print(f"{fault.path.relative_to(ROOT)}:{fault.line}: {fault.words}", file=sys.stderr)
    return 1 if build_codebook.main(["--check"]) or faults else 0


if __name__ == "__main__":
    sys.exit(main())

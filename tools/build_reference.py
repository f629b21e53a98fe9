"""Writes the pages of docs/reference that the code tells: commands.md, exports.md and api.md.

python tools/build_reference.py           writes the pages
python tools/build_reference.py --check   fails, and says so, where a page is not what would be written
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from api_page import api_page
from exports_page import exports_page
from twosource.cli import EXIT_CODES, app

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "commands.md"
EXPORTS = PAGE.with_name("exports.md")
API = PAGE.with_name("api.md")
_HEAD = "# Commands\n\n*Made from the commands' own help by tools/build_reference.py: change it there.*\n"


def reference() -> str:
    """The whole page, as Markdown."""
    group: Any = typer.main.get_command(app)
    parts = [_HEAD, _paragraphs(group.help), _exit_codes()]
    for name, command in group.commands.items():
        parts.extend(_sections(f"twosource {name}", command))
    return "\n".join(parts)


def _sections(name: str, command: Any) -> Iterator[str]:
    """The section of a command, or of a group and each of its commands."""
    yield f"## {name}\n"
    if command.help:
        yield _paragraphs(command.help)
    if hasattr(command, "commands"):
        for inner, one in command.commands.items():
            yield from _sections(f"{name} {inner}", one)
        return
    yield _usage(name, command)
    yield _parameters(command)


def _paragraphs(words: str) -> str:
    return "\n\n".join(" ".join(part.split()) for part in words.split("\n\n")) + "\n"


def _exit_codes() -> str:
    rows = [f"| {code} | {meaning} |" for code, meaning in EXIT_CODES.items()]
    return "\n".join(["| exit code | meaning |", "|---|---|", *rows]) + "\n"


def _usage(name: str, command: Any) -> str:
    words = [name, *(_argument(one) for one in command.params if one.param_type_name == "argument"), "[OPTIONS]"]
    example = (command.epilog or "").removeprefix("Example: ")
    return "\n".join(["```", " ".join(words), "```", *(["", f"Example: `{example}`"] if example else [])]) + "\n"


def _argument(parameter: Any) -> str:
    name: str = parameter.name.upper()
    return f"{name}..." if parameter.nargs == -1 else name


def _parameters(command: Any) -> str:
    rows = [f"| {_parameter(one)} | {_meaning(one)} |" for one in command.params if not getattr(one, "hidden", False)]
    return "\n".join(["| parameter | meaning |", "|---|---|", *rows]) + "\n" if rows else ""


def _parameter(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"`{_argument(parameter)}`"
    names = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
    if parameter.is_flag:
        return names
    value = parameter.metavar or parameter.opts[0].lstrip("-").replace("-", "_").upper()
    return f"{names} {value}"


def _meaning(parameter: Any) -> str:
    words = " ".join(parameter.help.split())
    if parameter.required:
        return f"{words} Required." if parameter.param_type_name == "option" else words
    known = parameter.default is not None and not parameter.is_flag and parameter.param_type_name == "option"
    return f"{words} Default: `{parameter.default}`." if known else words


def main(arguments: list[str]) -> int:
    """The exit code: 1 where ``--check`` finds a page outdated, else 0."""
    pages = {PAGE: reference(), EXPORTS: exports_page(), API: api_page()}
    if arguments == ["--check"]:
        outdated = [path for path, page in pages.items() if not _is(path, page)]
        for path in outdated:
            print(f"{path.name} is not what the code says: run 'python tools/build_reference.py'", file=sys.stderr)
        return 1 if outdated else 0
    for path, page in pages.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    return 0


def _is(path: Path, page: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == page


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Runs the sessions that the documentation shows, and writes what they really print.

python tools/build_sessions.py           writes the pages
python tools/build_sessions.py --check   fails, and says so, where a page is not what would be written

In a ```console block each line behind '$ ' is run by the shell, in a ```pycon block each '>>> ' by Python. The blocks
of a page share one empty folder, in which src/ is the project's own. Blocks of other languages are left as they are.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", ROOT / "docs" / "tutorial" / "first-project.md")

_BLOCK = re.compile(r"^```(console|pycon)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def renewed(page: str) -> str:
    """The page with what its sessions print today. Raises CalledProcessError where a command of one fails."""
    names: dict[str, Any] = {"__name__": "__main__"}
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "src").symlink_to(ROOT / "src")

        def renew(block: re.Match[str]) -> str:
            language, lines = block.groups()
            session = _shell(lines, Path(folder)) if language == "console" else _python(lines, names)
            return f"```{language}\n{session}```"

        return _BLOCK.sub(renew, page)


def _shell(lines: str, folder: Path) -> str:
    """The commands of the block with what they print, on stdout and stderr, when run in the folder."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    parts = []
    for command in re.findall(r"^\$ (.*(?:\\\n.*)*)", lines, re.MULTILINE):
        shell = ["bash", "-c", command]
        ran = subprocess.run(
            shell,
            cwd=folder,
            env={**os.environ, "PATH": path},
            check=True,
            text=True,
            stdout=-1,
            stderr=subprocess.STDOUT,
        )
        parts.append(f"$ {command}\n{_plain(ran.stdout)}")
    return "".join(parts)


def _python(lines: str, names: dict[str, Any]) -> str:
    """The statements of the block with what they print."""
    parts = []
    for example in doctest.DocTestParser().get_examples(lines):
        first, *others = example.source.splitlines()
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(example.source, "<session>", "single"), names)
        shown = [f">>> {first}", *(f"... {line}".rstrip() for line in others)]
        # Python's prompt asks for an empty line behind a block.
        shown += ["..."] if others and others[-1].startswith(" ") else []
        parts.append("\n".join(shown) + "\n" + _plain(printed.getvalue()))
    return "".join(parts)


def _plain(printed: str) -> str:
    """What was printed, without blanks at the ends of lines, and with a newline at its end where it is not empty."""
    lines = [line.rstrip() for line in printed.splitlines()]
    return "".join(f"{line}\n" for line in lines)


def main(arguments: list[str]) -> int:
    """The exit code: 1 where ``--check`` finds a page outdated, else 0."""
    outdated = 0
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        fresh = renewed(page)
        if arguments != ["--check"]:
            path.write_text(fresh, encoding="utf-8")
        elif fresh != page:
            outdated = 1
            print(f"{path.name} is not what its commands print: run 'python tools/build_sessions.py'", file=sys.stderr)
    return outdated


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

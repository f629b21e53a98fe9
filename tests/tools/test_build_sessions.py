from __future__ import annotations

from importlib import import_module
from pathlib import Path
from subprocess import CalledProcessError
from typing import Any

import pytest

TOOLS = Path(__file__).parents[2] / "tools"


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(TOOLS))
    return import_module("build_sessions")


def test_commands_of_a_page_share_a_folder(tool: Any) -> None:
    page = "Say:\n\n```console\n$ echo one > a\n$ cat a\nold\n```\n\n```console\n$ cat a a\n```\n"
    fresh = "Say:\n\n```console\n$ echo one > a\n$ cat a\none\n```\n\n```console\n$ cat a a\none\none\n```\n"
    assert tool.renewed(page) == fresh
    assert tool.renewed(fresh) == fresh


def test_python_statements_share_names_and_show_what_they_print(tool: Any) -> None:
    page = (
        "```pycon\n>>> number = 2\n>>> for each in range(number):\n...     print(each)\n...\n9\n>>> number + 1\n```\n"
    )
    fresh = page.replace("9\n", "0\n1\n").replace("+ 1\n", "+ 1\n3\n")
    assert tool.renewed(page) == fresh
    assert tool.renewed(fresh) == fresh


def test_other_blocks_are_left(tool: Any) -> None:
    page = "```sh\n$ false\n```\n"
    assert tool.renewed(page) == page


def test_a_command_that_fails_is_no_session(tool: Any) -> None:
    with pytest.raises(CalledProcessError):
        tool.renewed("```console\n$ false\n```\n")


def test_the_check_tells_of_an_outdated_page(
    tmp_path: Path, tool: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "README.md"
    page.write_text("```console\n$ echo one\n```\n", "utf-8")
    monkeypatch.setattr(tool, "PAGES", (page,))
    assert tool.main(["--check"]) == 1
    assert "README.md" in capsys.readouterr().err
    assert tool.main([]) == 0
    assert tool.main(["--check"]) == 0

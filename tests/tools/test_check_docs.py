from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer
import typer.main

TOOLS = Path(__file__).parents[2] / "tools"
Pages = Callable[..., list[tuple[str, int, str]]]


@pytest.fixture
def tool(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(TOOLS))
    return import_module("check_docs")


@pytest.fixture
def program() -> Any:
    """A program with a command of one argument and two options, and a group with a command in it."""
    app = typer.Typer(context_settings={"help_option_names": ["-h", "--help"]})
    group = typer.Typer()

    @app.command()
    def read(
        path: str,
        into: Annotated[str, typer.Option("--into")],
        times: Annotated[int, typer.Option("--times")] = 1,
        quiet: Annotated[bool, typer.Option("--quiet", "-q")] = False,
    ) -> None:
        raise AssertionError("the check runs no command")

    @group.command("claims")
    def claims(gold: str) -> None:
        raise AssertionError("the check runs no command")

    @group.command("times")
    def times(gold: str) -> None:
        raise AssertionError("the check runs no command")

    app.add_typer(group, name="score")
    return typer.main.get_command(app)


@pytest.fixture
def faults(tmp_path: Path, tool: Any, program: Any) -> Pages:
    def find(**pages: str) -> list[tuple[str, int, str]]:
        """The faults of pages given as PATH=TEXT, with '__' for a slash and '.md' left out."""
        for name, text in pages.items():
            path = tmp_path / f"{name.replace('__', '/')}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        found = tool.find_faults(tmp_path, program)
        return [(fault.path.relative_to(tmp_path).as_posix(), fault.line, fault.words) for fault in found]

    return find


def test_sound_pages_have_no_fault(faults: Pages, tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"")
    text = "# Read me\n\n![The page](picture.png) [index](docs/index.md#what-it-is) [up](#read-me) [far](https://a.example)\n"
    assert (
        faults(README=text, docs__index="# What `it` is?\n\n[one](one.md)\n", docs__one="[back](../README.md)\n") == []
    )


@pytest.mark.parametrize("link", ["[one](none.md)", "![one](none.png)", '<img src="none.png">', "[one]: none.md"])
def test_a_link_that_leads_nowhere(faults: Pages, link: str) -> None:
    ((path, line, words),) = faults(README=f"# Read me\n\n{link}\n")
    assert (path, line) == ("README.md", 3)
    assert words.endswith("leads nowhere")


def test_a_link_out_of_the_project(faults: Pages) -> None:
    assert faults(README="[up](../)\n") == [("README.md", 1, "the link '../' leads nowhere")]


def test_a_link_to_no_heading(faults: Pages) -> None:
    pages = {
        "README": "[a](GUIDE.md#two-words) [b](GUIDE.md#three)\n",
        "GUIDE": "## Two *words*\n\n```\n# three\n```\n",
    }
    assert faults(**pages) == [("README.md", 1, "the link 'GUIDE.md#three' leads to no heading of GUIDE.md")]


def test_a_second_heading_of_the_same_words_has_a_number(faults: Pages) -> None:
    assert faults(README="# One\n\n# One\n\n[a](#one) [b](#one-1)\n") == []


def test_links_in_code_are_none(faults: Pages) -> None:
    assert faults(README="`[a](b.md)`\n\n```\n[a](b.md)\n```\n") == []


def test_a_page_that_the_index_does_not_list(faults: Pages) -> None:
    pages = {"docs__index": "[one](decisions/0001.md)\n", "docs__decisions__0001": "", "docs__decisions__0002": ""}
    assert faults(**pages) == [("docs/decisions/0002.md", 1, "docs/index.md does not list this page")]


@pytest.mark.parametrize(
    "line",
    [
        "twosource read a.txt --into p.db --times 3",
        "$ twosource read a.txt --into=p.db -q | head -n 3",
        ".venv/bin/twosource read 'my reports' --into p.db > out.txt",
        "twosource read PATH... [OPTIONS]",
        "twosource read --quiet ...",
        "twosource read a.txt \\\n  --into p.db",
        "twosource score claims gold.jsonl",
        "twosource -h",
        "twosource read -h",
    ],
)
def test_a_command_that_the_program_takes(faults: Pages, line: str) -> None:
    assert faults(README=f"```sh\n{line}\n```\n") == []


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("twosource reed a.txt", "there is no command 'reed'"),
        ("twosource score all", "there is no command 'all'"),
        ("twosource score", "a command is missing"),
        ("twosource read a.txt --onto p.db", "--onto"),
        ("twosource read a.txt b.txt --into p.db", "b.txt"),
        ("twosource read a.txt --into p.db --times often", "integer"),
        ("twosource read a.txt --into", "--into"),
        ("twosource read a.txt", "--into"),
        ("twosource read --into p.db", "PATH"),
        ("twosource read it's", "can't be split"),
        ("twosource read ... --onto p.db", "--onto"),
    ],
)
def test_a_command_that_the_program_refuses(faults: Pages, line: str, wrong: str) -> None:
    ((path, number, words),) = faults(README=f"Read:\n\n```sh\n{line}\n```\n")
    assert (path, number) == ("README.md", 4)
    assert wrong.lower() in words.lower()


def test_a_command_in_the_text_may_be_cut_short(faults: Pages) -> None:
    assert faults(README="`twosource read`, `twosource score` and `twosource.read_text`\n") == []
    ((_, _, words),) = faults(README="`twosource reed`\n")
    assert words == "'reed': there is no command 'reed'"


def test_what_a_session_printed_is_no_command(faults: Pages) -> None:
    assert faults(README="```console\n$ twosource -h\ntwosource reads reports\n```\n") == []


def test_a_block_ends_where_its_own_fence_does(faults: Pages) -> None:
    assert faults(README="````md\n```\ntwosource read a.txt --into p.db\n```\n````\n\n[a](README.md)\n") == []
    assert len(faults(README="~~~\n```\n~~~\n[a](b.md)\n")) == 1


def test_the_exit_code_and_the_message(
    tmp_path: Path, tool: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(tool.build_codebook, "main", lambda arguments: 0)
    assert tool.main() == 0
    (tmp_path / "README.md").write_text("\n[a](b.md)\n", "utf-8")
    assert tool.main() == 1
    assert capsys.readouterr().err == "README.md:2: the link 'b.md' leads nowhere\n"


def test_an_outdated_table_of_types_is_told(
    tmp_path: Path, tool: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page, codebook = tmp_path / "codebook.md", tool.build_codebook
    page.write_text(f"before\n{codebook.BEGIN}| old |\n{codebook.END}after\n", "utf-8")
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(codebook, "PAGE", page)
    assert tool.main() == 1
    assert "build_codebook.py" in capsys.readouterr().err
    assert codebook.main([]) == 0
    assert tool.main() == 0
    assert page.read_text("utf-8").startswith(f"before\n{codebook.BEGIN}| family |")
    assert page.read_text("utf-8").endswith(f"{codebook.END}after\n")


def test_a_codebook_without_its_marks_is_refused(tool: Any) -> None:
    with pytest.raises(ValueError, match="end of the types"):
        tool.build_codebook.renewed(tool.build_codebook.BEGIN)


def test_the_documentation_has_no_fault(tool: Any) -> None:
    assert tool.main() == 0, "run 'python tools/check_docs.py'"

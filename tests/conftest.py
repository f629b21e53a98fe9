"""What many tests share: the loaded equipment, a reader of sentences, and where gold data would be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from copies import Copies
from databases import SERVER, Databases
from quick_projects import quick_projects
from twosource.records import Reading, Report
from twosource.stage import run_stages
from twosource.store import project as project_module

if TYPE_CHECKING:
    from cli_run import Shell
    from twosource.reading.equipment import Equipment

SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what is about files where the projects of the tests are kept in a database."""
    if not SERVER:
        return
    about_files = [item for item in items if item.get_closest_marker("file")]
    config.hook.pytest_deselected(items=about_files)
    items[:] = [item for item in items if item not in set(about_files)]


@pytest.fixture(scope="session", autouse=True)
def quick() -> Iterator[None]:
    """Every project of the tests is opened and written quickly."""
    with quick_projects():
        yield


@pytest.fixture(scope="session", autouse=True)
def databases() -> Iterator[Databases | None]:
    """Where TWOSOURCE_TEST_DATABASE names a database, every project of the tests is kept there, not in its file."""
    if not SERVER:
        yield None
        return
    made = Databases(SERVER)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(project_module, "locate", made.locate)
        yield made
    made.drop()


@pytest.fixture(autouse=True)
def no_databases_left(databases: Databases | None, request: pytest.FixtureRequest) -> Iterator[None]:
    """The databases of a test go when it ends, as its files would be overwritten by and by."""
    if databases is None or "tmp_path" not in request.fixturenames:
        yield
        return
    folder = request.getfixturevalue("tmp_path")
    yield
    databases.drop(folder)


@pytest.fixture(scope="session")
def copies(databases: Databases | None, tmp_path_factory: pytest.TempPathFactory) -> Copies:
    """Projects that are filled once, and copied for each test that asks."""
    return Copies(tmp_path_factory.mktemp("copied"), databases)


@pytest.fixture
def shell(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    copies: Copies,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Shell:
    """A shell in the test's own folder, with ``project.db`` as the module's function ``fill`` leaves an empty one."""
    from cli_run import Shell

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("getpass.getuser", lambda: "desk-user")
    if hasattr(request.module, "fill"):
        copies.make(tmp_path / "project.db", request.module.fill)
    return Shell(tmp_path, capsys)


@pytest.fixture(scope="session")
def equipment() -> Equipment:
    """The packaged equipment, loaded once for all tests."""
    from twosource.model.load import load_equipment

    return load_equipment()


@pytest.fixture(scope="session")
def read(equipment: Equipment) -> Callable[[str], Reading]:
    """Reads a text without title or date; a text is read once in a session."""
    from twosource.reading.read import STAGES

    known: dict[str, Reading] = {}

    def read_once(text: str) -> Reading:
        if text not in known:
            [known[text]] = run_stages([Reading(report=Report(id="r", text=text))], STAGES, equipment)
        return known[text]

    return read_once


@pytest.fixture(scope="session")
def gold() -> Path:
    """The folder of gold data; the test is skipped, and says so, where the project stands alone."""
    folder = SHARED / "gold"
    if not folder.is_dir():
        pytest.skip("gold data is not beside the project")
    return folder

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from twosource.store import Project
from web.browser.serving import served
from web.browser.visit import PATIENCE, Visit

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ENSURE = Path(__file__).parents[3] / "tools" / "ensure_chromium.sh"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium, one without windows and bars before others; installed where none is there."""
    done = subprocess.run(["sh", ENSURE], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.fail(done.stderr, pytrace=False)
    return done.stdout.strip().splitlines()[-1]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    opened = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, "--enable-unsafe-swiftshader"])
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def browser_without_webgl(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    opened = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, "--disable-3d-apis"])
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def desk(project: Project) -> Iterator[str]:
    """The address of a desk over the project that all tests share; they only look at it."""
    with served(project) as address:
        yield address


@pytest.fixture
def options() -> dict[str, object]:
    """How the window is set up; a test changes it by a parameter of this name."""
    return {}


@pytest.fixture
def visit(browser: Browser, desk: str, options: dict[str, object]) -> Iterator[Visit]:
    """A visit that at its end has asked no other host and complained of nothing."""
    settings = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", **options}
    context = browser.new_context(**settings)
    made = Visit(context, desk)
    yield made
    context.close()
    made.check()

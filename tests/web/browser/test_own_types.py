"""Own types in a browser: a file is given, claims are labelled, and the pages are sound."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from twosource.store import Project
from web.browser.serving import served
from web.browser.test_pages import WINDOWS, troubles
from web.browser.visit import Visit
from web.desk_reports import foreign_reading, make_project

TOML = b"""
[[type]]
name = "Town shelled"
definition = "A town comes under fire."
[[type.is]]
types = ["shelling"]
words = ["Kerat"]
"""


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Project]:
    with make_project(tmp_path / "p.db", [foreign_reading()]) as project:
        yield project


@pytest.fixture
def desk(own: Project) -> Iterator[str]:
    with served(own) as address:
        yield address


@pytest.mark.parametrize("options", WINDOWS.values(), ids=WINDOWS)
def test_own_types_are_defined_by_a_file_and_label_claims(visit: Visit) -> None:
    page = visit.open("/types")
    assert troubles(visit) == []
    page.set_input_files("#file", {"name": "own.toml", "mimeType": "text/plain", "buffer": TOML})
    page.get_by_role("button", name="Define its types").click()
    expect(page.locator(".own-types h2")).to_contain_text("Town shelled")
    assert troubles(visit) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways"
    page.get_by_role("link", name="1 claim").click()
    expect(page.locator(".claim .own-type")).to_have_text("Town shelled")
    assert troubles(visit) == []

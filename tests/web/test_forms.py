"""What Enter in a field of a form presses: never one of several decisions."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

TEMPLATES = {path.name: path.read_text("utf-8") for path in files("twosource.web").joinpath("templates").iterdir()}
FORM = re.compile(r'<form[^>]*method="post".*?</form>', re.DOTALL)
SUBMITS = re.compile(r'<button(?![^>]*type="button")[^>]*>')


def forms_of_several_decisions() -> list[tuple[str, str]]:
    """Forms that hold a field to write in and more than one button that sends them, with their template's name."""
    found = [(name, form) for name, words in TEMPLATES.items() for form in FORM.findall(words)]
    return [(name, form) for name, form in found if 'type="text"' in form and _decisions(form) > 1]


def _decisions(form: str) -> int:
    """How many buttons send the form; one whose value is filled in stands for several."""
    return sum(2 if 'value="{{' in button else 1 for button in SUBMITS.findall(form))


def test_there_are_such_forms() -> None:
    assert {name for name, _ in forms_of_several_decisions()} >= {"review.html", "compare.html", "actor.html"}


@pytest.mark.parametrize(
    "form",
    [form for _, form in forms_of_several_decisions()],
    ids=[name for name, _ in forms_of_several_decisions()],
)
def test_a_button_that_is_switched_off_or_decides_nothing_comes_first(form: str) -> None:
    before, first, after = form.partition("<button")
    assert "{{ no_default() }}" in before or 'value="search"' in (first + after).partition(">")[0]

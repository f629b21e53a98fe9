from __future__ import annotations

import pytest

from asked import documents, told
from twosource.intake.apart import Task
from twosource.intake.worker import answers_to

SOURCE = b"""# Ferry *resumes* its crossings

The [ferry](https://riverpost.example/) sails **again**,
the owner said.

- Lodeva
- Brenna

> He said: `it sails`.

| Place | Hurt |
|---|---|
| Lodeva | 2 |

![a crane](crane.png)
<div>Four.</div>
"""


def test_marks_go_and_words_stay() -> None:
    (document,) = documents("markdown", SOURCE)
    assert document.title == "Ferry resumes its crossings"
    blocks = document.text.split("\n\n")
    assert blocks[:5] == [
        "Ferry resumes its crossings",
        "The ferry sails again, the owner said.",
        "Lodeva",
        "Brenna",
        "He said: it sails.",
    ]
    assert "crane" not in document.text


@pytest.mark.parametrize(
    "head",
    [
        b'---\noutlet: "The River Post"\npublished: 2019-06-05\ntitle: Ferry\n---\n',
        b"outlet: The River Post\npublished: 2019-06-05\ntitle: Ferry\n\n",
    ],
)
def test_a_header_is_taken(head: bytes) -> None:
    (document,) = documents("markdown", head + b"The ferry sails.\r\n")
    assert (document.outlet, document.published, document.title) == ("The River Post", "2019-06-05", "Ferry")
    assert document.text == "The ferry sails."


@pytest.mark.parametrize(
    ("data", "code"),
    [(b" \n", "empty-file"), (b"title: Ferry\noutlet: Post\n", "no-body"), (b"%PDF-1.4", "binary-file")],
)
def test_a_file_without_a_text_is_told(data: bytes, code: str) -> None:
    assert told("markdown", data) == [(code, None)]


def test_nesting_beyond_measure_does_no_harm() -> None:
    for mark in (b"> " * 2000, b"[" * 2000, b"*" * 2001, b"- " * 2000):
        assert len(list(answers_to(Task(kind="markdown", data=mark + b"Ferry")))) == 1

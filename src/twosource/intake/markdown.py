"""A Markdown file: the text without its marks, and the header between '---' lines or of 'key: value' lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from twosource.intake.apart import Answer, Document, Task, Told
from twosource.intake.encodings import NotText, decode
from twosource.intake.headers import Header, split_header
from twosource.intake.pages import plain_of_html, told_of_bytes

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["read_markdown"]

_DEEPEST = 100  # blocks within blocks; what lies deeper is left out
_FRONT = re.compile(r"---[ \t]*\n(?P<header>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_QUOTED = re.compile(r"""^(?P<mark>["'])(?P<value>.*)(?P=mark)$""")


def read_markdown(task: Task) -> Iterator[Answer]:
    """The file as one report, its first heading of the first level as the title where the header has none."""
    decoded = decode(task.data)
    yield from told_of_bytes(decoded)
    if isinstance(decoded, NotText):
        return
    header, source = _split(decoded.text.replace("\r\n", "\n").replace("\r", "\n").strip())
    for issue in header.issues:
        yield Told(code=issue.code, reason=issue.reason, number=issue.line)
    blocks = list(_blocks(source))
    if not blocks:
        code, reason = (
            ("no-body", "a header and no text") if header.values else ("empty-file", "the file holds no text")
        )
        yield Told(code=code, reason=reason)
        return
    values = {key: _unquoted(value) for key, value in header.values.items()}
    heading = next((text for is_heading, text in blocks if is_heading), None)
    yield Document(
        text="\n\n".join(text for _, text in blocks),
        title=values.get("title") or heading,
        outlet=values.get("outlet"),
        published=values.get("published"),
        url=values.get("url"),
        agency=values.get("agency"),
        language=values.get("language"),
        id=values.get("id"),
        encoding=decoded.encoding,
    )


def _split(text: str) -> tuple[Header, str]:
    front = _FRONT.match(text)
    if front is None:
        return split_header(text)
    header, _ = split_header(front["header"])
    return header, text[front.end() :]


def _unquoted(value: str) -> str:
    quoted = _QUOTED.match(value)
    return quoted["value"] if quoted else value


def _blocks(source: str) -> Iterator[tuple[bool, str]]:
    """The text of each block that has one, and whether it is a heading of the first level."""
    from markdown_it import MarkdownIt

    before: Token | None = None
    for token in MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table").parse(source):
        text = _block_text(token).strip()
        if text:
            yield before is not None and before.type == "heading_open" and before.tag == "h1", text
        before = token


def _block_text(token: Token) -> str:
    if token.type == "inline":
        return _inline_text(token.children or [])
    if token.type in ("fence", "code_block"):
        return token.content
    return plain_of_html(token.content) if token.type == "html_block" else ""


def _inline_text(children: list[Token]) -> str:
    """The words without marks; the line ends of a paragraph become blanks, as Markdown means them."""
    words = {"softbreak": " ", "hardbreak": "\n"}
    texts = (words.get(child.type, child.content) for child in children if child.type not in ("image", "html_inline"))
    return "".join(texts)

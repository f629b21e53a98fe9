"""A saved news page: the article without its frame, with the title, outlet, day and address that the page tells."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from twosource.intake.apart import Answer, Document, Task, Told
from twosource.intake.encodings import Decoded, NotText, decode
from twosource.knowledge.datelines import agencies

__all__ = ["decode_declared", "plain_of_html", "read_page", "told_of_bytes"]

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*(?:["']\s*)?([A-Za-z0-9_.:-]{2,40})""", re.I
)
_AUTHORS = re.compile(
    r"""<meta\s+(?:name|property)=["'](?:author|byl|article:author)["']\s+content=["']([^"'<>]{1,80})["']"""
    r"""|<meta\s+content=["']([^"'<>]{1,80})["']\s+(?:name|property)=["'](?:author|byl|article:author)["']""",
    re.IGNORECASE,
)
_LONGEST_HEAD = 100_000
_HEAD = 4096  # bytes in which a page may declare its encoding; HTML asks for the first 1024
_BLOCKS = (
    *("p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "table"),
    *("section", "article", "header", "footer", "hr", "dd", "dt"),
)
_BLANKS = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r" ?\n[ \n]*")


def read_page(task: Task) -> Iterator[Answer]:
    """The page's article as one report; Told where it holds none."""
    decoded = decode_declared(task.data, task.charset)
    yield from told_of_bytes(decoded)
    if isinstance(decoded, NotText):
        return
    if not decoded.text.strip():
        yield Told(code="empty-file", reason="the page is empty")
        return
    article = _article(decoded, task.url)
    if article is None:
        reason = "no article could be told from the page's frame: it may be a list of links, or be filled by a script"
        yield Told(code="no-article", reason=reason)
        return
    yield article


def _article(decoded: Decoded, url: str | None) -> Document | None:
    import trafilatura

    page = trafilatura.bare_extraction(
        decoded.text,
        url=url,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if page is None or isinstance(page, dict) or not (page.text or "").strip():
        return None
    return Document(
        text=(page.text or "").replace("\n", "\n\n"),
        title=page.title,
        outlet=page.sitename or page.hostname,
        published=page.date,
        url=page.url or url,
        agency=_agency([*(page.author or "").split(";"), *_stated_authors(decoded.text)]),
        encoding=decoded.encoding,
    )


def _agency(names: list[str]) -> str | None:
    """The first of the names that stand for the author that is an agency's."""
    filed = (agencies().filed_as(name.strip()) for name in names if name.strip())
    return next(filter(None, filed), None)


def _stated_authors(markup: str) -> list[str]:
    """The authors in the page's head; trafilatura takes no single word for one."""
    return [one or other for one, other in _AUTHORS.findall(markup[:_LONGEST_HEAD])]


def decode_declared(data: bytes, charset: str | None = None) -> Decoded | NotText:
    """The text by its own proof, else by the encoding that its carrier or the page itself declares, else by a guess."""
    decoded = decode(data)
    if isinstance(decoded, Decoded) and not decoded.guessed and not decoded.replaced:
        return decoded
    declared = _DECLARED.search(data[:_HEAD])
    for name in (charset, declared[1].decode("ascii") if declared else None):
        known = _codec(name)
        if known is not None:
            text = data.decode(known, errors="replace")
            replaced = text.count("\ufffd")
            if replaced * 100 <= len(text):
                return Decoded(text=text, encoding=known, replaced=replaced)
    return decoded


def _codec(name: str | None) -> str | None:
    """Python's name of the encoding; Latin-1 and ASCII are read as Windows-1252, as browsers do."""
    try:
        known = codecs.lookup(name or "").name
    except (LookupError, ValueError):
        return None
    if known in ("iso8859-1", "ascii", "latin-1"):
        return "cp1252"
    return known if not known.startswith(("utf-16", "utf-32", "utf-7")) and _decodes(known) else None


def _decodes(codec: str) -> bool:
    """Whether it makes text of bytes; 'hex' and 'zlib' are codecs too."""
    try:
        return b"a".decode(codec) == "a"
    except (LookupError, ValueError):
        return False


def told_of_bytes(decoded: Decoded | NotText) -> Iterator[Told]:
    """What was guessed about the bytes, and what is broken in them."""
    if isinstance(decoded, NotText):
        yield Told(code="binary-file", reason=f"this seems to be {decoded.seems}, which is not read here")
        return
    if decoded.guessed:
        yield Told(code="encoding-guessed", reason=f"read as {decoded.called} by guess; the file declares no encoding")
    if decoded.replaced:
        reason = f"{decoded.replaced} places are broken {decoded.called} and read as U+FFFD"
        yield Told(code="encoding-broken", reason=reason)


def plain_of_html(markup: str) -> str:
    """All the text of a piece of HTML, a line for each block; nothing is taken for a frame."""
    from lxml import etree, html

    if not markup.strip():
        return ""
    try:
        root = html.fromstring(markup.encode("utf-8", errors="replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError):
        return ""
    for hidden in list(root.iter("script", "style", "head", "template", "noscript")):
        hidden.drop_tree()
    for block in root.iter(*_BLOCKS):
        block.text = "\n" + (block.text or "")
        block.tail = "\n" + (block.tail or "")
    text = _BLANKS.sub(" ", str(root.text_content()))
    return _LINE_ENDS.sub("\n", text).strip()

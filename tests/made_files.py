"""Files of every format that intake reads, made small, of invented news, for the tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from email.message import EmailMessage
from pathlib import Path

import docx
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

TITLE = "Ferry at Lodeva resumes its crossings"
PARAGRAPHS = (
    "The ferry at Lodeva sails again after two weeks of repairs, the port authority said on Wednesday.",
    "Two workers were hurt when a crane fell on the quay in May, according to the harbour master, Ilan Torve.",
    "The owner of the ferry denied that the crane had been overloaded, and said that an inquiry would tell.",
)


def page(
    title: str = TITLE,
    paragraphs: Sequence[str] = PARAGRAPHS,
    *,
    charset: str = "utf-8",
    author: str = "River Wire",
    head: str = "",
) -> bytes:
    """A news page with a frame of links around its article."""
    links = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("News", "Sport", "Weather", "About us"))
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="{charset}"><title>{title} - The River Post</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="The River Post">'
        f'<meta property="article:published_time" content="2019-06-05T08:00:00Z">'
        f'<meta name="author" content="{author}">'
        f'<link rel="canonical" href="https://riverpost.example/ferry">{head}</head><body>'
        f"<nav><ul>{links}</ul></nav><main><article><h1>{title}</h1>{body}</article></main>"
        f"<footer><p>Subscribe to our newsletter. All rights reserved.</p></footer></body></html>"
    ).encode(charset)


def mail(
    text: str = "\n\n".join(PARAGRAPHS),
    *,
    subject: str = f"Fwd: {TITLE}",
    attached: Iterable[tuple[str, bytes]] = (),
    forwarded: bytes | None = None,
    markup: str | None = None,
) -> bytes:
    """A message from the River Post with what is attached to it."""
    message = EmailMessage()
    message["From"] = "The River Post <desk@riverpost.example>"
    message["To"] = "reader@elsewhere.example"
    message["Subject"] = subject
    message["Date"] = "Wed, 05 Jun 2019 23:30:00 -0400"
    message.set_content(text)
    if markup is not None:
        message.add_alternative(markup, subtype="html")
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    if forwarded is not None:
        message.add_attachment(_parsed(forwarded))
    return message.as_bytes()


def _parsed(data: bytes) -> EmailMessage:
    import email.policy

    parsed = email.message_from_bytes(data, policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def mailbox(messages: Iterable[bytes]) -> bytes:
    """An mbox file."""
    return b"".join(b"From desk Wed Jun  5 12:00:00 2019\n" + message.rstrip() + b"\n\n" for message in messages)


def word(
    paragraphs: Sequence[str] = PARAGRAPHS, *, title: str | None = TITLE, rows: Sequence[Sequence[str]] = ()
) -> bytes:
    """A .docx with a title, paragraphs, and a table after them."""
    document = docx.Document()
    if title is not None:
        document.add_paragraph(title, style="Title")
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def pdf(pages: Sequence[Sequence[str]], *, extra: bytes = b"") -> bytes:
    """A PDF of pages of lines, as a printer would lay them out; ``extra`` goes into the trailer."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        shown = b"".join(b"(%s) Tj T*\n" % _escaped(line) for line in lines)
        stream = b"BT /F1 11 Tf 14 TL 50 780 Td\n" + shown + b"ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        contents = len(objects)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % contents
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _assembled(objects, extra)


def _escaped(line: str) -> bytes:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("latin-1")


def _assembled(objects: Sequence[bytes], extra: bytes) -> bytes:
    data = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return data + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, extra, start)


def warc(records: Iterable[tuple[str, str, bytes]], *, packed: bool = True, status: str = "200 OK") -> bytes:
    """A WARC of responses: address, content type, body."""
    held = io.BytesIO()
    writer = WARCWriter(held, gzip=packed)
    for url, media, body in records:
        headers = StatusAndHeaders(status, [("Content-Type", media)], protocol="HTTP/1.1")
        date = {
            "WARC-Date": "2019-06-06T00:00:00Z",
            "WARC-Record-ID": "<urn:uuid:00000000-0000-0000-0000-000000000000>",
        }
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), http_headers=headers, warc_headers_dict=date
        )
        writer.write_record(record)
    return held.getvalue()


def archive(members: Iterable[tuple[str, bytes]], *, method: int = zipfile.ZIP_STORED) -> bytes:
    """A zip archive, as a WACZ is one."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as parts:
        for name, data in members:
            parts.writestr(name, data)
    return held.getvalue()


def feed(entries: Iterable[tuple[str, str]]) -> bytes:
    """An RSS feed: the title and the HTML of each entry."""
    items = "".join(
        f"<item><title>{title}</title><link>https://riverpost.example/{number}</link>"
        f"<pubDate>Wed, 05 Jun 2019 12:00:00 GMT</pubDate><description><![CDATA[{markup}]]></description></item>"
        for number, (title, markup) in enumerate(entries, 1)
    )
    head = "<title>The River Post</title><link>https://riverpost.example/</link><description>News</description>"
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()


def parquet(rows: Sequence[dict[str, object]], path: Path) -> Path:
    """A Parquet file at ``path``."""
    import pyarrow
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(list(rows)), path)
    return path

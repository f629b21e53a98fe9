"""The process in which documents are read: takes tasks from stdin, gives answers on stdout, until stdin ends.

python -m twosource.intake.worker   (apart.py starts it)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from twosource.intake.apart import LONGEST, Answer, End, Task, Told
from twosource.intake.feeds import read_feed
from twosource.intake.files import Format
from twosource.intake.mail import read_mail, read_mailbox, read_saved_page
from twosource.intake.markdown import read_markdown
from twosource.intake.pages import read_page
from twosource.intake.parquet import read_parquet
from twosource.intake.pdf import read_pdf
from twosource.intake.web_archives import read_wacz, read_warc
from twosource.intake.word import read_word
from twosource.pipes import own_stdout, send, tasks

__all__ = ["answers_to", "main"]

_MEMORY = 2 * 2**30

_READERS: dict[str, Callable[[Task], Iterator[Answer]]] = {
    Format.FEED: read_feed,
    Format.HTML: read_page,
    Format.MAIL: read_mail,
    Format.MARKDOWN: read_markdown,
    Format.MBOX: read_mailbox,
    Format.MHTML: read_saved_page,
    Format.PARQUET: read_parquet,
    Format.PDF: read_pdf,
    Format.WACZ: read_wacz,
    Format.WARC: read_warc,
    Format.WORD: read_word,
}


def answers_to(task: Task) -> Iterator[Answer]:
    """The answers of the task's reader; whatever it raises is the last of them. Never raises itself."""
    try:
        yield from _READERS[task.kind](task)
    except ModuleNotFoundError as fault:
        yield _missing(fault)
    except MemoryError:
        yield Told(code="too-large", reason=f"reading it takes more than {_MEMORY / 2**30:.0f} GiB of memory")
    except Exception as fault:  # noqa: BLE001 - the worker's border: libraries raise what they like on broken files
        words = " ".join(str(fault).split())[:150]
        reason = f"the file is broken or cut short ({type(fault).__name__}: {words}); what came before it is read"
        yield Told(code="broken-document", reason=reason)


def _missing(fault: ModuleNotFoundError) -> Told:
    extra = {"pyarrow": "parquet", "cryptography": "pdf"}.get((fault.name or "").partition(".")[0])
    what = f"pip install 'twosource[{extra}]'" if extra else "install twosource again"
    return Told(code="missing-extra", reason=f"{fault.name} is needed to read it and is not installed: {what}")


def main() -> None:
    """Answers tasks until there are no more."""
    _limit_memory()
    answers = own_stdout()
    decoder = msgspec.msgpack.Decoder(Task)
    for message in tasks(LONGEST):
        for answer in answers_to(decoder.decode(message)):
            send(answers, answer)
        send(answers, End())


def _limit_memory() -> None:
    try:
        import resource
    except ModuleNotFoundError:  # Windows has none; there the time alone is bounded
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    main()

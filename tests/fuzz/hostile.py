"""What nobody sends but those who mean harm: texts, and files that are broken in the middle."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

__all__ = ["BOUNDED", "broken", "pathological", "texts"]

BOUNDED = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
"""Few examples, the same on every machine; `make fuzz` runs the same tests for as long as it is told to."""

_PIECES = (
    *("Rebels shelled Aleppo on 5 May 2017, killing 12 people. ", '"We saw it," said Mr. Torve of the U.N. ', "“", "”"),
    *('"', "'", "’s ", "(AP) — ", "((((", "]", "...", "?!", "--", "• ", "1,000,000,000,000,000 ", "0/0/0000 ", "-1 "),
    *(
        "31 February 2017 ",
        "99999999999999999999 killed ",
        "between 5 and 3 ",
        "last last Monday ",
        "not ",
        "denied that ",
    ),
    *("according to ", "Army of the ", "al-", "in Idlib, Idlib, Idlib ", "٣٤ قتلى ", "Київ ", "é́", "\u202e", "\u200b"),
    *(
        "\ufeff",
        "\x00",
        "\ud800",
        "𐍈",
        "\U000e0001",
        "\r\n",
        "\n\n",
        "\t",
        "\u2028",
        "\x85",
        "\x1f",
        "ﬁ",
        "İ",
        "ß",
        "A" * 300,
    ),
)


def texts() -> st.SearchStrategy[str]:
    """Words of war, marks, odd characters and whatever Unicode there is, in any order."""
    piece = st.one_of(st.sampled_from(_PIECES), st.text(max_size=12))
    return st.lists(piece, min_size=1, max_size=30).map("".join)


def broken(whole: bytes) -> st.SearchStrategy[bytes]:
    """The bytes cut short, with others put in, or with a part of them doubled."""
    at = st.integers(0, len(whole))
    junk = st.one_of(st.binary(max_size=24), st.sampled_from([b"\x00" * 8, b"\xff\xfe", b"<", b"]]>", b'"', b"%%EOF"]))

    def change(data: tuple[int, int, bytes, str]) -> bytes:
        one, other, put, kind = data
        low, high = sorted((one, other))
        changed = {
            "cut": whole[:low],
            "put": whole[:low] + put + whole[low:],
            "drop": whole[:low] + whole[high:],
            "double": whole[:high] + whole[low:],
            "over": whole[:low] + put + whole[low + len(put) :],
        }
        return changed[kind]

    return st.tuples(at, at, junk, st.sampled_from(["cut", "put", "drop", "double", "over"])).map(change)


def pathological(length: int) -> dict[str, str]:
    """Texts of about that many characters that a careless layer takes too long for."""
    sentence = "Rebels shelled the town of Idlib, killing 12 people, the army said "
    return {
        "quotation marks": '"' * length,
        "opened quotations": "“so " * (length // 4),
        "quotations": '"so" ' * (length // 5),
        "brackets": "(" * (length // 2) + ")" * (length // 2),
        "blanks": "a" + " " * length + "b",
        "newlines": "a\n" * (length // 2),
        "one word": "A" * length,
        "one sentence": "and he said that " * (length // 17),
        "one sentence of claims": sentence * (length // len(sentence)),
        "sentences of claims": f"{sentence.rstrip()}. " * (length // len(sentence)),
        "names": "Ilan Torve Moro " * (length // 16),
        "places": "Idlib, Aleppo, " * (length // 15),
        "numbers": "12 of 1,000 " * (length // 12),
        "digits": "1,000" * (length // 5),
        "dates": "5 May 2017 " * (length // 11),
        "full stops": "." * length,
        "initials": "U.S. " * (length // 5),
        "labels": "SMITH: Yes.\n" * (length // 12),
        "acronyms": "Free Army (FA) " * (length // 15),
    }

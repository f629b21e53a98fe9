"""Speech that the trained reader passes over, where the parse is plain but for its subject."""

from __future__ import annotations

from tests.spoken import layer

DENIED = (
    "Ards Ards PROPN NNP nsubj 1", "denied deny VERB VBD ROOT 1", "it it PRON PRP dobj 1", "but but CCONJ CC cc 1",
    "a a DET DT det 5", "diplomat diplomat NOUN NN dobj 1", "last last ADJ JJ amod 7", "month month NOUN NN npadvmod 8",
    "confirmed confirm VERB VBD conj 1", "that that SCONJ IN mark 11", "shells shell NOUN NNS nsubj 11",
    "fell fall VERB VBD ccomp 8",
)  # fmt: skip
BEFORE = (*DENIED[:3], *DENIED[4:6], DENIED[3], *DENIED[6:])


def test_what_stands_behind_but_is_no_object_and_speaks() -> None:
    found, text = layer(DENIED)
    assert [(one.sources[0].name, one.content[0].of(text)) for one in found] == [("diplomat", "that shells fell")]


def test_an_object_before_but_does_not_speak() -> None:
    heads = {"diplomat": "dobj 1", "a": "det 4", "but": "cc 1", "last": "amod 7", "month": "npadvmod 8"}
    rows = [" ".join((*row.split()[:4], heads.get(row.split()[0], " ".join(row.split()[4:])))) for row in BEFORE]
    found, _ = layer(tuple(rows))
    assert not found


def test_what_is_said_within_anothers_words_ends_where_those_end() -> None:
    rows = (
        "Moro Moro PROPN NNP nsubj 1", "said say VERB VBD ccomp 8", "bridges bridge NOUN NNS nsubj 3",
        "fell fall VERB VBD ccomp 1", ", , PUNCT , punct 8", "the the DET DT det 7", "news news NOUN NN compound 7",
        "agency agency NOUN NN nsubj 8", "reported report VERB VBD ROOT 8",
    )  # fmt: skip
    wide = (rows[0], "said say VERB VBD ROOT 1", *rows[2:8], "reported report VERB VBD conj 3")
    for parsed_as in (rows, wide):
        found, text = layer(parsed_as, ("the news agency", "reported", "Moro said bridges fell"))
        nested = [one for one in found if one.rule == "nested"]
        assert [one.content[0].of(text) for one in nested] == ["bridges fell"]

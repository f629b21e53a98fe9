import json

import pytest
from training.codings import pack, unpack

BODY = "Shells fell on Karesh on Monday. Twelve people were killed, the mayor said."
ROW = {
    "report": "r-1", "type": "shelling", "evidence": ["Shells fell on Karesh on Monday", "Twelve people were killed"],
    "actors": [], "targets": ["people"], "places": ["Karesh"],
    "when": {"phrase": "on Monday", "start": "2024-01-01", "end": "2024-01-01"},
    "figures": [{"phrase": "Twelve people", "kind": "killed", "low": 12, "high": 12}], "sources": ["mayor"], "via": [],
    "stance": "asserts", "certainty": "certain", "status": "happened", "negated": False,
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    (data / "news.jsonl").write_text(json.dumps({"id": "7", "text": f" {BODY} More was told later."}), "utf-8")
    (tmp_path / "r-1.txt").write_text(f"outlet: O\npublished: 2024-01-02\ntitle: Shells\n\n{BODY}\n", "utf-8")
    (tmp_path / "claims.jsonl").write_text(json.dumps(ROW), "utf-8")
    (tmp_path / "origin.jsonl").write_text(json.dumps({"report": "r-1", "file": "news.jsonl", "id": "7"}), "utf-8")
    return tmp_path


def test_what_is_packed_holds_no_word_of_the_text_and_unpacks_to_the_same(folder, tmp_path):
    packed = list(pack(folder, folder / "data"))
    written = tmp_path / "codings.jsonl"
    written.write_text("".join(json.dumps(row) for row in packed), "utf-8")
    assert not any(word in written.read_text("utf-8") for word in ("Shells", "Karesh", "Twelve", "mayor", "Monday"))
    ((report, rows),) = unpack(written, folder / "data")
    assert report.text == BODY
    assert rows == [ROW]


def test_a_text_in_lines_of_one_width_is_packed_as_paragraphs(folder):
    wrapped = " " + BODY.replace(" ", "\n", 3).replace(" ", "\n   ", 1) + "\n  \n   MORE WAS\nTOLD LATER. "
    (folder / "data/muc4_some.jsonl").write_text(json.dumps({"id": "7", "text": wrapped}), "utf-8")
    (folder / "origin.jsonl").write_text(json.dumps({"report": "r-1", "file": "muc4_some.jsonl", "id": "7"}), "utf-8")
    assert next(iter(pack(folder, folder / "data")))["claims"]


def test_a_text_in_capitals_is_unpacked_in_small_letters_with_its_sentences_and_names_kept(folder, tmp_path):
    (folder / "data/news.jsonl").write_text(json.dumps({"id": "7", "text": BODY.upper()}), "utf-8")
    (folder / "r-1.txt").write_text(f"title: Shells\n\n{BODY.upper()}\n", "utf-8")
    loud = {
        **ROW,
        **{name: [words.upper() for words in ROW[name]] for name in ("evidence", "targets", "places", "sources")},
        "when": {**ROW["when"], "phrase": "ON MONDAY"},
        "figures": [{**ROW["figures"][0], "phrase": "TWELVE PEOPLE"}],
    }
    (folder / "claims.jsonl").write_text(json.dumps(loud), "utf-8")
    written = tmp_path / "codings.jsonl"
    written.write_text("".join(json.dumps(row) for row in pack(folder, folder / "data")), "utf-8")
    ((report, (found,)),) = unpack(written, folder / "data")
    assert report.text == BODY.replace("Monday", "monday").replace("people", "People").replace("mayor", "Mayor")
    assert found["places"] == ["Karesh"]


def test_a_row_with_a_line_separator_in_its_text_is_one_row(folder):
    (folder / "data/news.jsonl").write_text(
        json.dumps({"id": "7", "text": f"{BODY}\u2028More"}, ensure_ascii=False), "utf-8"
    )
    assert next(iter(pack(folder, folder / "data")))["claims"]


def test_a_body_that_does_not_open_its_origin_is_told_and_left_out(folder, capsys):
    (folder / "r-1.txt").write_text("title: x\n\nSomething else.", "utf-8")
    assert list(pack(folder, folder / "data")) == []
    assert "r-1.txt" in capsys.readouterr().err


def test_a_claim_whose_evidence_is_not_in_the_body_is_left_out(folder):
    (folder / "claims.jsonl").write_text(json.dumps({**ROW, "evidence": ["Rockets"]}), "utf-8")
    assert next(iter(pack(folder, folder / "data")))["claims"] == []

from pathlib import Path

import pytest
from training.composed_relations import read_composed

DATA = Path(__file__).parents[2] / "training/data/relations.txt"


def read(tmp_path, line):
    path = tmp_path / "marked.txt"
    path.write_text(f"# a remark\n\n{line}\n", "utf-8")
    return read_composed(path)


def test_a_marked_line_becomes_a_text_with_its_entities_and_relations(tmp_path):
    [text] = read(tmp_path, "[The army|O1] holds [the road to [Ardan|L3]|L2]. = I 1 2; I 1 3")
    assert (text.id, text.text) == ("marked-3", "The army holds the road to Ardan.")
    assert {(text.text[e.begin : e.end], e.type) for e in text.entities} == {
        ("The army", "Organisation"),
        ("the road to Ardan", "Location"),
        ("Ardan", "Location"),
    }
    assert {(r.type, text.text[r.target_begin : r.target_end]) for r in text.relations} == {
        ("InChargeOf", "the road to Ardan"),
        ("InChargeOf", "Ardan"),
    }


def test_what_is_no_party_is_no_entity(tmp_path):
    [text] = read(tmp_path, "[The talks|X1] between [the army|O2] and [rebels|O3] failed. =")
    assert [text.text[e.begin : e.end] for e in text.entities] == ["the army", "rebels"]
    assert text.relations == ()


@pytest.mark.parametrize("line", ["[The army|O1] left.", "[The army|O1] left. = I 1 2", "[The army|O1] left. = Q 1 1"])
def test_a_broken_line_is_named(tmp_path, line):
    with pytest.raises(ValueError, match="marked-3"):
        read(tmp_path, line)


def test_the_composed_sentences_tell_every_relation_often():
    texts = read_composed(DATA)
    told = [one.type for text in texts for one in text.relations]
    assert all(told.count(name) > 20 for name in ("FightingAgainst", "AlliesOf", "InChargeOf", "BelongsTo"))
    assert any(not text.relations for text in texts)
    assert not any(mark in text.text for text in texts for mark in "[]|=")

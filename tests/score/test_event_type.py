import json

import pytest

from twosource.closed_sets import ClaimType
from twosource.errors import InputError, UsageError
from twosource.score.event_type import fold_of, read_snippets, score_event_types

SENTENCES = {
    "SUIC_BOMB": "A man blew himself up at gate {} of the depot.",
    "GRENADE": "Someone lobbed a grenade at post {} near the dam.",
}


def gold(tmp_path, rows):
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps({"id": i, "text": t, "label": label}) for i, t, label in rows), "utf-8")
    return read_snippets(path)


def snippets(count):
    return [(f"{label}-{n}", words.format(n), label) for label, words in SENTENCES.items() for n in range(count)]


def nothing(text):
    return ()


def test_snippets_are_told_by_signs_and_words(tmp_path):
    figures = score_event_types(gold(tmp_path, snippets(8)), nothing)
    assert figures["weighted_f1"] == 1.0
    assert figures["snippets"] == 16


def test_types_of_claims_tell_what_words_do_not(tmp_path):
    rows = [(str(n), "It happened there.", ("ARREST", "SEX_VIOL")[n % 2]) for n in range(20)]
    told = iter([ClaimType.ARRESTS, ClaimType.SEXUAL_VIOLENCE] * 10)

    def chances(text):
        mine = next(told)
        return tuple(float(one is mine) for one in ClaimType)

    assert score_event_types(gold(tmp_path, rows), chances)["weighted_f1"] == 1.0
    assert score_event_types(gold(tmp_path, rows), nothing)["weighted_f1"] < 0.8


def test_labels_outside_acled_are_not_scored(tmp_path):
    rows = [*snippets(6), *((f"d{n}", "A river rose.", "NATURAL_DISASTER") for n in range(6))]
    figures = score_event_types(gold(tmp_path, rows), nothing)
    assert figures["labels"] == 2
    assert figures["snippets"] == 12


def test_the_fold_of_a_snippet_depends_on_its_id_alone():
    assert [fold_of(name) for name in ("1", "2", "3")] == [fold_of(name) for name in ("1", "2", "3")]
    assert {fold_of(str(n)) for n in range(100)} == {0, 1, 2, 3, 4}


def test_gold_with_one_label_is_refused(tmp_path):
    with pytest.raises(UsageError, match="two labels"):
        score_event_types(gold(tmp_path, snippets(5)[:5]), nothing)


def test_a_broken_line_is_named(tmp_path):
    (tmp_path / "gold.jsonl").write_text('{"id": "1"}\n', "utf-8")
    with pytest.raises(InputError, match="line 1"):
        read_snippets(tmp_path / "gold.jsonl")

import json
import random

import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from training.examples import (
    Hand,
    examples_of,
    hedge_documents,
    is_held_out,
    mark_attributions,
    mark_hedges,
)

from twosource.score.hedges import is_kept_apart

TEXT = "The mayor, Ilan Moro, said the bridge had fallen. It was old."


@pytest.fixture
def tokenizer():
    made = Tokenizer(WordLevel({"[UNK]": 0}, unk_token="[UNK]"))
    made.pre_tokenizer = Whitespace()
    return made


def article(text=TEXT):
    def part(words):
        start = text.index(words)
        return [{"spans": [[start, start + len(words)]], "text": words}]

    whole = {"source": part("The mayor, Ilan Moro"), "cue": part("said"), "content": part("the bridge had fallen")}
    no_content = {"source": part("The mayor, Ilan Moro"), "cue": part("old"), "content": []}
    return {"text": text, "annotations": [{"attributions": [whole, no_content]}, {"attributions": [whole] * 3}]}


def words(marked, text, numbers):
    return [text[marked.pieces.starts[n] : marked.pieces.ends[n]] for n in numbers]


def test_an_anchor_is_the_cue_and_labels_source_and_content(tokenizer):
    marked = mark_attributions(article(), tokenizer)
    (anchor,) = marked.anchors
    assert words(marked, TEXT, range(anchor.first, anchor.last + 1)) == ["said"]
    by_role = [[n for n, role in enumerate(anchor.roles) if role == wanted] for wanted in (1, 2)]
    assert words(marked, TEXT, by_role[0]) == ["The", "mayor", ",", "Ilan", "Moro"]
    assert words(marked, TEXT, by_role[1]) == ["the", "bridge", "had", "fallen"]


def test_a_stripped_text_keeps_its_labels(tokenizer):
    marked = mark_attributions(article(), tokenizer, stripped=True)
    stripped = TEXT.replace(",", "")
    (anchor,) = marked.anchors
    assert words(marked, stripped, [n for n, role in enumerate(anchor.roles) if role == 1]) == [
        "The",
        "mayor",
        "Ilan",
        "Moro",
    ]


def test_a_window_has_tags_for_the_anchors_that_lie_in_it(tokenizer):
    (example,) = examples_of(mark_attributions(article(), tokenizer), random.Random(0))
    assert [n for n, tag in enumerate(example.tags) if tag == 1] == [example.anchors[0].first]
    assert len(example.tags) == len(example.ids) == len(example.anchors[0].roles)


def test_a_window_tells_whose_coding_its_text_carries(tokenizer):
    marked = mark_attributions(article(), tokenizer)
    assert [example.hand for example in examples_of(marked, random.Random(0))] == [Hand.MEASURE]
    (own,) = examples_of(marked._replace(hand=Hand.OWN), random.Random(0))
    assert own.hand is Hand.OWN


def test_windows_are_cut_elsewhere_each_time_but_alike_for_a_seed(tokenizer):
    marked = mark_attributions(article(TEXT + " It was old." * 200), tokenizer)
    dice = random.Random(1)
    first, second = list(examples_of(marked, dice)), list(examples_of(marked, dice))
    assert first != second
    assert first == list(examples_of(marked, random.Random(1)))
    assert sum(len(example.ids) for example in first) == len(marked.pieces)


HEDGE = {"start": 3, "end": 6, "text": "may", "type": "speculation_modal_probable"}


def test_hedges_are_tagged_with_their_kind(tokenizer):
    marked = mark_hedges([{"text": "It is.", "cues": []}, {"text": "It may be.", "cues": [HEDGE]}], tokenizer)
    assert marked.anchors is None
    assert [tag for tag in marked.hedges if tag] == [1]
    assert marked.hedges.index(1) == marked.pieces.starts.index(10)


def test_documents_of_the_measured_third_are_never_trained_on(tmp_path):
    names = [str(number) for number in range(60)]
    path = tmp_path / "wiki.jsonl"
    path.write_text("\n".join(json.dumps({"doc_id": n, "text": "It may be.", "cues": [HEDGE]}) for n in names), "utf-8")
    trained = {rows[0]["doc_id"] for rows in hedge_documents(path)}
    assert trained == {name for name in names if not is_held_out(name)}
    assert all(is_held_out(name) == is_kept_apart(name) for name in names)


def test_documents_without_a_hedge_are_left_out(tmp_path):
    name = next(str(number) for number in range(60) if not is_held_out(str(number)))
    path = tmp_path / "wiki.jsonl"
    path.write_text(json.dumps({"doc_id": name, "text": "It is.", "cues": []}), "utf-8")
    assert hedge_documents(path) == []

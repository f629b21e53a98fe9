import json

import numpy as np
import pytest

from twosource.closed_sets import ClaimType
from twosource.errors import InputError, UsageError
from twosource.knowledge.relation_signs import RelationWeights, load_relation_signs, load_relation_weights
from twosource.model.claim_head import ROLES
from twosource.records import Reading, Report, Sentence, Token
from twosource.score.relation_chances import MaybeEvent, TextEvents
from twosource.score.relations import RELATIONS, coded_relations, pairs_in, read_related, score_relations
from twosource.spans import Span

TEXT = "Rebels fought troops. Chad joined."
REBELS, TROOPS, CHAD = (0, 6), (14, 20), (22, 26)


def read(report):
    """The text with a token a word; the verb is the root of its sentence."""
    words = [(0, 6, 1, "nsubj"), (7, 13, 1, "ROOT"), (14, 20, 1, "dobj"), (22, 26, 4, "nsubj"), (27, 33, 4, "ROOT")]
    tokens = tuple(
        Token(
            start=start,
            end=end,
            text=TEXT[start:end],
            lemma=TEXT[start:end].lower(),
            pos="VERB" if dep == "ROOT" else "NOUN",
            tag="NN",
            dep=dep,
            head=head,
            sentence=0 if start < 21 else 1,
        )
        for start, end, head, dep in words
    )
    sentences = (
        Sentence(span=Span(0, 21), paragraph=0, tokens=Span(0, 3)),
        Sentence(span=Span(22, 34), paragraph=0, tokens=Span(3, 5)),
    )
    return Reading(report=report, tokens=tokens, sentences=sentences)


def gold(tmp_path, *relations, kinds=("Organisation",) * 3):
    entities = [
        {"begin": a, "end": b, "type": kind, "confidence": 1}
        for (a, b), kind in zip((REBELS, TROOPS, CHAD), kinds, strict=True)
    ]
    marked = [
        {"type": t, "sourceBegin": s[0], "sourceEnd": s[1], "targetBegin": e[0], "targetEnd": e[1]}
        for t, s, e in relations
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"id": "one", "text": TEXT, "entities": entities, "relations": marked}), "utf-8")
    return read_related(path)


def weights(relation, feature="between:force>", least=0.5):
    """Every pair with the feature has the relation, all others have none."""
    told = tuple(12.0 * (label == relation) for label in RELATIONS)
    return RelationWeights(labels=RELATIONS, least=(least,) * 4, weights={"all": (-6.0,) * 4, feature: told})


def test_a_relation_that_a_sign_tells_is_found(tmp_path):
    figures = score_relations(gold(tmp_path, ("InChargeOf", REBELS, TROOPS)), read, weights("InChargeOf"))
    assert (figures["f1"], figures["predicted"]) == (1.0, 1)


def test_the_direction_counts_for_who_is_in_charge(tmp_path):
    figures = score_relations(gold(tmp_path, ("InChargeOf", TROOPS, REBELS)), read, weights("InChargeOf"))
    assert (figures["f1"], figures["predicted"]) == (0.0, 1)


def test_the_direction_does_not_count_for_enemies(tmp_path):
    marked = gold(tmp_path, ("FightingAgainst", TROOPS, REBELS), ("FightingAgainst", REBELS, TROOPS))
    figures = score_relations(marked, read, weights("FightingAgainst", "letters:OO>", least=0.4))
    assert (figures["f1"], figures["gold"]) == (1.0, 1)


def test_other_relations_of_the_gold_are_not_scored(tmp_path):
    [text] = gold(tmp_path, ("CoLocated", REBELS, TROOPS), ("AlliesOf", CHAD, TROOPS))
    assert {one.type for one in coded_relations(text)} == {"AlliesOf"}


def test_pairs_are_those_of_one_sentence_in_both_directions(tmp_path):
    [text] = gold(tmp_path)
    assert {(pair.source, pair.target) for pair in pairs_in(text, read(Report(id="one", text=TEXT)))} == {
        (REBELS, TROOPS),
        (TROOPS, REBELS),
    }


def test_quantities_and_times_are_no_parties(tmp_path):
    [text] = gold(tmp_path, kinds=("Organisation", "Quantity", "Organisation"))
    assert not list(pairs_in(text, read(Report(id="one", text=TEXT))))


def test_features_tell_direction_and_way(tmp_path):
    [text] = gold(tmp_path)
    forth, back = pairs_in(text, read(Report(id="one", text=TEXT)))
    assert {"between:force>", "way:nsubj^dobj", "words:>fought", "letters:OO>"} <= forth.features.keys()
    assert {"between:force<", "way:dobj^nsubj", "letters:OO<"} <= back.features.keys()


def test_what_the_encoder_holds_for_likely_counts_by_how_likely(tmp_path):
    roles = np.zeros((3, len(ROLES)), np.float32)
    roles[0, ROLES.index("actors")] = roles[2, ROLES.index("targets")] = 1
    types = np.eye(len(ClaimType), dtype=np.float32)[list(ClaimType).index(ClaimType.ARMED_CLASH)]
    told = TextEvents((0, 7, 14), (6, 13, 20), [MaybeEvent(1.0, types, 0, roles)])
    marked = gold(tmp_path, ("InChargeOf", REBELS, TROOPS))
    known = weights("InChargeOf", "likely:actors:targets:force", least=0.9)
    assert score_relations(marked, read, known, lambda _: told)["f1"] == 1.0
    unsure = told._replace(events=[MaybeEvent(0.003, types, 0, roles)])
    assert score_relations(marked, read, known, lambda _: unsure)["predicted"] == 0


def test_what_the_encoder_tells_of_the_words_counts(tmp_path):
    states = np.zeros((3, 2), np.float32)
    states[0] = [1, 0]
    told = TextEvents((0, 7, 14), (6, 13, 20), [], states)
    marked = gold(tmp_path, ("InChargeOf", REBELS, TROOPS))
    rows = [[0.0] * 4 for _ in range(9)]
    rows[0][RELATIONS.index("InChargeOf")] = 12.0  # the first number of the source
    known = RelationWeights(
        labels=RELATIONS, least=(0.5,) * 4, weights={"all": (-6.0,) * 4}, states=tuple(map(tuple, rows))
    )
    figures = score_relations(marked, read, known, lambda _: told)
    assert (figures["f1"], figures["predicted"]) == (1.0, 1)
    assert score_relations(marked, read, known)["predicted"] == 0


def test_gold_without_such_a_relation_is_refused(tmp_path):
    with pytest.raises(UsageError, match="InChargeOf"):
        score_relations(gold(tmp_path, ("CoLocated", REBELS, TROOPS)), read, weights("AlliesOf"))


def test_a_broken_line_is_named(tmp_path):
    (tmp_path / "gold.jsonl").write_text('{"id": "1"}\n', "utf-8")
    with pytest.raises(InputError, match="line 1"):
        read_related(tmp_path / "gold.jsonl")


@pytest.mark.parametrize("sign", load_relation_signs(), ids=lambda sign: sign.id)
def test_every_sign_finds_its_examples_and_leaves_the_others(sign):
    assert all(sign.pattern.search(text) for text in sign.matches)
    assert not any(sign.pattern.search(text) for text in sign.leaves)


def test_the_packaged_weights_have_one_for_every_label():
    known = load_relation_weights()
    assert known.labels == RELATIONS
    assert len(known.least) == len(RELATIONS)
    assert all(len(row) == len(known.labels) for row in (*known.weights.values(), *known.states))


def test_signs_of_claims_name_types_of_the_codebook():
    told = {type_ for sign in load_relation_signs() for type_ in sign.types}
    assert {ClaimType.LEADS, ClaimType.PART_OF, ClaimType.BACKS, ClaimType.ARMED_CLASH} <= told

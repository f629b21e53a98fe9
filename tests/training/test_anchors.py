from training.anchors import Run, candidates_of, choose_anchors

from twosource.records import Token


def token(number, text, pos, head):
    start = number * 10
    return Token(
        start=start,
        end=start + len(text),
        text=text,
        lemma=text.lower(),
        pos=pos,
        tag="X",
        dep="dep",
        head=head,
        sentence=0,
    )


TOKENS = [
    token(0, "gunmen", "NOUN", 1),
    token(1, "stormed", "VERB", 1),
    token(2, "the", "DET", 3),
    token(3, "village", "NOUN", 1),
]


def test_the_head_verb_of_a_run_weighs_most():
    found = dict(candidates_of(TOKENS, 0, 40))
    assert set(found) == {0, 1, 3}
    assert max(found, key=found.__getitem__) == 1


def test_a_run_without_a_content_word_has_no_candidate():
    assert candidates_of(TOKENS, 20, 23) == ()


def run(report, claim, type_, candidates, start=0, end=40):
    return Run(report, claim, type_, start, end, candidates)


def test_the_lemma_that_goes_with_the_type_wins_over_the_higher_one():
    lemmas = [["say", "raid"], ["fear", "raid"], ["tell", "raid"], ["say"], ["tell"], ["fear"]] + [["say"]] * 9
    runs = [run(n, 0, "attack", ((0, 1.0), (1, 0.8))) for n in range(3)]
    assert set(choose_anchors(runs, lemmas, {}).values()) == {1}


def test_two_claims_take_two_words_and_the_shorter_run_chooses_first():
    lemmas = [["back", "advance"]]
    runs = [run(0, 0, "offensive", ((0, 1.0), (1, 0.9))), run(0, 1, "backs", ((0, 1.0),), start=0, end=10)]
    assert choose_anchors(runs, lemmas, {}) == {1: 0, 0: 1}


def test_rules_for_event_words_give_the_start():
    runs = [run(0, 0, "siege", ((0, 1.0), (1, 1.0)))]
    assert choose_anchors(runs, [["ring", "hold"]], {"ring": {"siege"}}) == {0: 0}
    assert choose_anchors(runs, [["ring", "hold"]], {"hold": {"siege"}}) == {0: 1}

import numpy as np
from training.fit_relations import Told, fit

from twosource.score.relations import GoldText, Pair

IN_CHARGE, NONE = 2, 4


def told(name, share=1.0):
    """A text of six pairs that are led and six that are not, each with what tells it."""
    text = GoldText(id=name, text="", entities=(), relations=())
    pairs = [
        Pair((n, n), (n + 1, n + 1), dict.fromkeys(("all", "leads" if n % 2 else "meets"), 1.0)) for n in range(12)
    ]
    return Told(text, pairs, [IN_CHARGE if n % 2 else NONE for n in range(12)], share)


def test_a_feature_weighs_for_the_relation_that_it_goes_with():
    weights = fit([told("a"), told("b")]).weights
    assert weights["leads"][IN_CHARGE] > 0 > weights["meets"][IN_CHARGE]
    assert weights["leads"][0] < 0 > weights["meets"][0]


def test_pairs_of_little_share_hardly_move_the_weights():
    one = told("a")
    wrong = told("b", 0.01)._replace(labels=[NONE if n % 2 else IN_CHARGE for n in range(12)])
    assert fit([one, wrong]).weights["leads"][IN_CHARGE] > 0


def test_states_of_the_encoder_are_a_second_opinion():
    one, plain = told("a"), fit([told("a"), told("b")])
    turned = one._replace(
        pairs=[
            pair._replace(states=np.array([1 if label == IN_CHARGE else -1, 0, 0, 0, 1], np.float32))
            for pair, label in zip(one.pairs, one.labels, strict=True)
        ]
    )
    both = fit([turned, turned])
    assert both.states[0][IN_CHARGE] > 0
    assert both.states[1:] == ((0.0,) * 4,) * 4
    assert 0 < both.weights["leads"][IN_CHARGE] < plain.weights["leads"][IN_CHARGE]
    assert not plain.states


def test_features_of_few_pairs_are_left_out():
    one = told("a")
    rare = one._replace(
        pairs=[pair._replace(features={**pair.features, f"only:{pair.source}": 1.0}) for pair in one.pairs]
    )
    assert not any(name.startswith("only") for name in fit([rare, told("b")]).weights)


def test_weights_are_the_same_whenever_they_are_fitted():
    assert fit([told("a"), told("b")]) == fit([told("a"), told("b")])

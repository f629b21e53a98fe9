"""What a network can spare is taken away, and what is left answers as before; run where torch is installed."""

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from training.distil import asked  # noqa: E402
from training.examples import Example  # noqa: E402
from training.fit import Ends  # noqa: E402
from training.network import WHOLE, Network, Shape, shapes_of  # noqa: E402
from training.prune import TIME_OF_HEAD, TIME_OF_UNIT, Worth, best_of, spared, without, without_units, worths_of  # noqa: E402

ENDS = Ends((2, 5, 6), 3, 4)
WINDOWS = [Example(tuple(range(7, 7 + length)), None, (), None) for length in (12, 9)]


def network(seed, layers=2):
    torch.manual_seed(seed)
    net = Network(50, WHOLE[:layers]).eval()
    net.event[3].bias.data += 1.0
    net.anchor.bias.data += torch.tensor([0.0, 2.0, 0.0])
    return net


def idle(net):
    """The network, of which four heads, 512 inner units and one unit of products do nothing."""
    net.layers[1].output.weight.data[:, : 4 * 32] = 0
    net.layers[1].narrow.weight.data[:, 1024:] = 0
    net.parts.told.weight.data[:, 7] = 0
    return net


def test_what_nothing_comes_of_is_worth_nothing():
    (first, second), sums, products = worths_of(idle(network(1)), [asked([network(2)], WINDOWS, [1.0], ENDS)])
    assert (first.heads > 0).all()
    assert (first.units > 0).sum() > 1500
    assert second.heads[:4].tolist() == [0.0] * 4
    assert (second.heads[4:] > 0).all()
    assert second.units[1024:].max() == 0
    assert second.units[:1024].max() > 0
    assert products["parts"][7] == 0
    assert (sums["roles"] > 0).sum() > 200
    assert (products["parts"] > 0).sum() > 150


def test_what_is_left_answers_as_before():
    net = idle(network(1))
    whole = (list(range(12)), list(range(1536)))
    state = without(net.state_dict(), [whole, (list(range(4, 12)), list(range(1024)))])
    assert shapes_of(state) == [Shape(12, 1536), Shape(8, 1024)]
    left = Network(50, WHOLE[:2]).eval()
    left.take(state)
    ids = torch.tensor([[2, *range(7, 19), 3]])
    assert torch.allclose(left.encode(ids), net.encode(ids), atol=1e-5)


def test_the_least_worth_for_the_time_goes_first_and_the_share_is_kept():
    poor, rich = torch.linspace(0.01, 0.02, 12), torch.linspace(1000.0, 2000.0, 12)
    units = torch.linspace(1.0, 2.0, 1536)
    kept = spared([Worth(poor, units), Worth(rich, units * 10)], 0.8)
    time = sum(len(heads) * TIME_OF_HEAD + len(own) * TIME_OF_UNIT for heads, own in kept)
    whole = 2 * (12 * TIME_OF_HEAD + 1536 * TIME_OF_UNIT)
    assert 0.75 < time / whole <= 0.8
    assert kept[0][0] == [10, 11]  # the best two stay, whatever they are worth
    assert kept[1] == (list(range(12)), list(range(1536)))
    assert kept[0][1] == list(range(1536 - len(kept[0][1]), 1536))


def test_nothing_goes_where_all_of_the_time_is_left():
    worth = Worth(torch.ones(12), torch.ones(1536))
    assert spared([worth], 1.0) == [(list(range(12)), list(range(1536)))]


def test_units_of_a_role_head_are_kept_by_their_worth_and_the_rest_tells_nothing():
    net = idle(network(1))
    net.parts.label.weight.data[:, 9] = 0
    net.parts.product.weight.data[:, 9] = 0
    sums, products = (best_of(torch.where(torch.arange(192) == gone, 0.0, 1.0), 191) for gone in (9, 7))
    assert 9 not in sums
    left = Network(50, WHOLE[:2]).eval()
    left.take(without_units(net.state_dict(), "parts", sums, products))
    states, at = torch.randn(1, 9, 384), torch.tensor([4])
    assert (left.parts.piece.out_features, left.parts.product.out_features) == (191, 191)
    assert torch.allclose(
        left.parts(states, torch.tensor([0]), at, at), net.parts(states, torch.tensor([0]), at, at), atol=1e-5
    )

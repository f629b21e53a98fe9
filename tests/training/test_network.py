"""The network and what is written of it; run where torch is installed."""

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

import numpy as np  # noqa: E402
import onnxruntime  # noqa: E402
from training.examples import Anchor, EventAnchor, Example, Hand, Marked  # noqa: E402
from training.export import OUTPUTS, export_encoder, export_tables  # noqa: E402
from training.fit import Corpus, Ends, Plan, fit, loss_of, tensors_of  # noqa: E402
from training.labels import CLAIM_ROLES, CLAIM_TRAITS, CLAIM_TYPES  # noqa: E402
from training.network import WHOLE, Network, Shape, shapes_of, with_told  # noqa: E402
from training.packaged import take_up  # noqa: E402
from training.refit import States, refit, shares_right  # noqa: E402
from training.smoothing import Smoothed, rounded_input, rounded_weight, scales_of, smooth  # noqa: E402

from twosource.closed_sets import ClaimType  # noqa: E402
from twosource.model.claim_head import ROLES, TRAITS, ClaimHead  # noqa: E402
from twosource.model.roles import RoleHead  # noqa: E402
from twosource.model.windows import Pieces  # noqa: E402

ENDS = Ends((2, 5, 6), 3, 4)


def network(layers=1):
    torch.manual_seed(0)
    return Network(50, WHOLE[:layers])


def example(length=12):
    roles = bytes(1 if n < 2 else 2 if n > 4 else 0 for n in range(length))
    tags = tuple(1 if n == 3 else 0 for n in range(length))
    return Example(tuple(range(5, 5 + length)), tags, (Anchor(3, 3, roles),), None)


def test_padding_changes_no_loss():
    net = network().eval()
    alone = loss_of(net, tensors_of([example()], ENDS))
    padded = tensors_of([example(), Example(tuple(range(5, 30)), None, (), None)], ENDS)
    assert torch.allclose(alone, loss_of(net, padded), atol=1e-4)


def test_training_lowers_the_loss_and_is_the_same_for_a_seed():
    pieces = Pieces(tuple(range(5, 17)), tuple(range(12)), tuple(range(1, 13)), (0,))
    marked = Marked(pieces, example().anchors, None)
    corpus = Corpus([(marked, marked)] * 4, [])
    runs = []
    for _ in range(2):
        net, told = network(), []
        before = float(loss_of(net.eval(), tensors_of([example()], ENDS)).detach())
        fit(net, corpus, Plan(epochs=20, frozen_layers=0, rate=1e-3), ENDS, told.append)
        runs.append(float(loss_of(net.eval(), tensors_of([example()], ENDS))))
        assert runs[-1] < before
    assert runs[0] == runs[1]


def test_frozen_layers_stay_as_they_are():
    net = network(2)
    net.freeze_below(1)
    assert not any(p.requires_grad for p in net.layers[0].parameters())
    assert all(p.requires_grad for p in net.layers[1].parameters())


def test_the_written_tables_score_as_the_network_does(tmp_path):
    net = network().eval()
    export_tables(net, tmp_path / "tables.npz")
    states = torch.randn(1, 9, 384)
    with np.load(tmp_path / "tables.npz") as arrays:
        head = RoleHead.from_arrays(arrays)
    with torch.no_grad():
        wanted = net.roles(states, torch.tensor([0]), torch.tensor([2]), torch.tensor([4]))[0].numpy()
        piece = net.roles.piece(states[0]).numpy()
    [anchor] = head.anchors(states[0].numpy(), [2], [4])
    assert np.allclose(head.given(anchor, piece, 2, 4), wanted, atol=0.02)


def test_the_written_encoder_tells_what_the_network_tells(tmp_path):
    net = network().eval()
    export_encoder(net, tmp_path / "encoder.onnx")
    ids = torch.randint(0, 50, (20,))
    session = onnxruntime.InferenceSession(tmp_path / "encoder.onnx")
    told = dict(zip(OUTPUTS, session.run(list(OUTPUTS), {"ids": ids.numpy()}), strict=True))
    with torch.no_grad():
        states = net.encode(ids[None])
    for name in ("anchor", "hedge", "voice"):
        assert np.abs(told[name] - getattr(net, name)(states)[0].detach().numpy()).max() < 0.2


@pytest.mark.parametrize("smoothed", [False, True])
@pytest.mark.parametrize("shape", [WHOLE[0], Shape(5, 320)])
def test_a_network_is_taken_up_from_what_was_written(tmp_path, shape, *, smoothed):
    torch.manual_seed(0)
    net = Network(50, [shape]).eval()
    for part in net.parameters():  # what is alike, as fresh normalisations are, is written once
        part.data += 0.01 * torch.randn_like(part)
    export_encoder(net, tmp_path / "encoder.onnx", windows() if smoothed else ())
    export_tables(net, tmp_path / "tables.npz")
    torch.manual_seed(1)
    again = Network(50, WHOLE[:1]).eval()
    again.words, again.positions = net.words, net.positions
    take_up(again, tmp_path)
    assert shapes_of(again.state_dict()) == [shape]
    for name, tensor in net.state_dict().items():
        assert torch.allclose(tensor, again.state_dict()[name], atol=float(tensor.abs().max()) / 50), name


def windows(count=6):
    dice = torch.Generator().manual_seed(3)
    return [torch.randint(0, 50, (20,), generator=dice) for _ in range(count)]


def rounding_of(net, path, smoothed_by):
    """How far the written encoder's states are from the network's, over windows that it was not smoothed by."""
    export_encoder(net, path, smoothed_by)
    session = onnxruntime.InferenceSession(path)
    error = 0.0
    for ids in windows(9)[6:]:
        (told,) = session.run(["states"], {"ids": ids.numpy()})
        with torch.no_grad():
            error += float(np.square(told - net.encode(ids[None])[0].numpy()).sum())
    return error


def test_smoothing_keeps_what_a_large_channel_would_have_rounded_away(tmp_path):
    net = network().eval()
    net.layers[0].attention_norm.weight.data[7] = 60.0
    plain = rounding_of(net, tmp_path / "plain.onnx", ())
    assert rounding_of(net, tmp_path / "smoothed.onnx", windows()) < 0.6 * plain


def test_smoothing_without_rounding_changes_nothing():
    linear = torch.nn.Linear(6, 4)
    rows = torch.randn(5, 6)
    for scale in scales_of(linear, rows.abs().amax(0)):
        assert torch.allclose(Smoothed(linear, scale)(rows), linear(rows), atol=1e-5)


class OneProduct(torch.nn.Module):
    """A network of one product of whole numbers, which rounding changes nothing of."""

    def __init__(self):
        super().__init__()
        self.product = torch.nn.Linear(6, 4)
        self.product.weight.data = torch.tensor([[63.0, -1, 7, 0, 12, 31]] * 4)

    def forward(self, rows):
        return self.product(rows)


def test_a_product_that_nothing_helps_stays_as_it_is():
    plain, helped = OneProduct(), OneProduct()
    smooth(plain, [plain], ("product",), [torch.tensor([[255.0, 3, 0, 17, 90, 1]])])
    smooth(helped, [helped], ("product",), [torch.tensor([[2550.0, 3, 0.3, 17, 90, 1]])])
    assert isinstance(plain.product, torch.nn.Linear)
    assert isinstance(helped.product, Smoothed)


def test_rounding_is_to_256_steps_of_the_input_and_127_of_each_output_of_the_weights():
    rows = torch.randn(200, 40)
    assert len(rounded_input(rows).unique()) <= 256
    assert (rounded_input(rows) - rows).abs().max() <= (rows.max() - rows.min()) / 255
    assert all(len(row.unique()) <= 127 for row in rounded_weight(torch.randn(3, 4000)))


def coded_example(length=12):
    roles = bytes(1 if n in (4, 5, 6) else 0b11 if n == 3 else 0 for n in range(length))
    event = EventAnchor(5, CLAIM_TYPES.index("shelling"), (0,) * len(CLAIM_TRAITS), roles)
    return Example(
        tuple(range(5, 5 + length)), None, (), None, (event,), bytes(1 if n < 7 else 0 for n in range(length))
    )


def test_events_are_learned_beside_speech():
    pieces = Pieces(tuple(range(5, 17)), tuple(range(12)), tuple(range(1, 13)), (0,))
    coded = coded_example()
    marked = Marked(pieces, None, None, coded.events, coded.voices)
    corpus = Corpus([], [], [(marked, marked)] * 4)
    net = network()
    before = float(loss_of(net.eval(), tensors_of([coded], ENDS)))
    plan = Plan(epochs=30, frozen_layers=0, rate=1e-3, fresh=("event", "parts", "claim"), masked=0.1)
    fit(net, corpus, plan, ENDS, lambda state: None)
    assert float(loss_of(net.eval(), tensors_of([coded], ENDS))) < before / 2


def test_a_mask_of_roles_becomes_a_column_for_each():
    events = tensors_of([coded_example()], ENDS).events
    assert events.roles[0, :, CLAIM_ROLES.index("evidence")].nonzero()[:, 0].tolist() == [4, 5, 6, 7]
    assert events.roles[0, :, CLAIM_ROLES.index("actors")].nonzero()[:, 0].tolist() == [4]


def test_nothing_is_learned_of_a_role_that_is_not_told():
    coded = coded_example()
    (event,) = coded.events
    bit = 1 << CLAIM_ROLES.index("actors")
    net = network().eval()

    def loss(mask, untold):
        changed = event._replace(roles=bytes(piece ^ mask for piece in event.roles), untold=untold)
        return float(loss_of(net, tensors_of([coded._replace(events=(changed,))], ENDS)))

    assert loss(0, 0) != loss(bit, 0)
    assert loss(0, bit) == loss(bit, bit)


def test_an_older_state_tells_of_products_by_the_table_of_the_sums():
    net = network().eval()
    old = {name: value for name, value in net.state_dict().items() if not name.endswith(".told.weight")}
    again = network().eval()
    again.take(old)
    assert torch.equal(again.roles.told.weight, net.roles.label.weight)
    assert torch.equal(again.parts.told.weight, net.parts.label.weight)


def test_an_older_state_over_a_fresh_network_keeps_no_fresh_table_of_products():
    old = {name: value for name, value in network().eval().state_dict().items() if not name.endswith(".told.weight")}
    del old["hedge.bias"]
    fresh = Network(50, WHOLE[:1]).eval()
    hedge = fresh.hedge.bias.clone()
    fresh.take(fresh.state_dict() | with_told(old))
    assert torch.equal(fresh.parts.told.weight, old["parts.label.weight"])
    assert torch.equal(fresh.hedge.bias, hedge)


def test_a_window_is_opened_by_whose_coding_it_carries():
    batch = tensors_of([example()._replace(hand=hand) for hand in Hand], ENDS)
    assert batch.ids[:, 0].tolist() == [2, 5, 6]
    assert (batch.ids[:, 1:] == batch.ids[0, 1:]).all()


def test_hiding_words_touches_coded_reports_alone():
    torch.manual_seed(0)
    batch = tensors_of([coded_example(), example()], ENDS, masked=1.0)
    assert (batch.ids[0, 1:13] == ENDS.mask).all()
    assert not (batch.ids[1] == ENDS.mask).any()


def test_the_labels_stand_in_the_order_of_the_package():
    assert CLAIM_ROLES == ROLES
    assert tuple(ClaimType) == CLAIM_TYPES
    assert tuple((name, len(values)) for name, values in CLAIM_TRAITS) == TRAITS


def test_the_written_claim_head_tells_what_the_network_tells(tmp_path):
    net = network().eval()
    export_tables(net, tmp_path / "tables.npz")
    with np.load(tmp_path / "tables.npz") as arrays:
        head = ClaimHead.from_arrays(arrays)
    anchor, evidence = torch.randn(384), torch.randn(384)
    with torch.no_grad():
        kinds, traits = net.claim(anchor[None], evidence[None])
    told, values = head.whole(anchor.numpy()[None], evidence.numpy()[None])
    assert np.allclose(told[0], kinds.softmax(-1)[0].numpy(), atol=0.01)
    assert np.allclose(values["status"][0], traits[0, :4].softmax(-1).numpy(), atol=0.02)


def test_a_claim_head_fitted_again_tells_rare_values():
    torch.manual_seed(0)
    anchors, evidence = torch.randn(640, 384), torch.randn(640, 384)
    negated = (anchors[:, :40].sum(1) > 6).long()
    traits = torch.stack([negated if name == "negated" else torch.zeros(640).long() for name, _ in CLAIM_TRAITS], 1)
    states = States(anchors, evidence, (evidence[:, :40].sum(1) > 0).long(), traits)
    head = network().claim
    refit(head, states, seed=1)
    right = shares_right(head, states)
    assert right["type"] > 0.9
    assert right["negated"] > 0.9

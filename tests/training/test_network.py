"""The network and what is written of it; run where torch is installed."""

import random

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

import numpy as np  # noqa: E402
import onnxruntime  # noqa: E402
from training.examples import Anchor, Example, Marked  # noqa: E402
from training.export import OUTPUTS, export_encoder, export_tables  # noqa: E402
from training.fit import Corpus, Plan, fit, loss_of, tensors_of  # noqa: E402
from training.network import Network  # noqa: E402
from training.voices import FOLDS, VoicedText, folds_of, out_of_fold  # noqa: E402

from twosource.model.roles import RoleHead  # noqa: E402
from twosource.model.windows import Pieces  # noqa: E402


def network(layers=1):
    torch.manual_seed(0)
    return Network(50, layers=layers)


def example(length=12):
    roles = bytes(1 if n < 2 else 2 if n > 4 else 0 for n in range(length))
    tags = tuple(1 if n == 3 else 0 for n in range(length))
    return Example(tuple(range(5, 5 + length)), tags, (Anchor(3, 3, roles),), None)


def test_padding_changes_no_loss():
    net = network().eval()
    alone = loss_of(net, tensors_of([example()], 2, 3))
    padded = tensors_of([example(), Example(tuple(range(5, 30)), None, (), None)], 2, 3)
    assert torch.allclose(alone, loss_of(net, padded), atol=1e-4)


def test_training_lowers_the_loss_and_is_the_same_for_a_seed():
    pieces = Pieces(tuple(range(5, 17)), tuple(range(12)), tuple(range(1, 13)), (0,))
    marked = Marked(pieces, example().anchors, None)
    corpus = Corpus([(marked, marked)] * 4, [])
    runs = []
    for _ in range(2):
        net, told = network(), []
        before = float(loss_of(net.eval(), tensors_of([example()], 2, 3)))
        fit(net, corpus, Plan(epochs=20, frozen_layers=0, rate=1e-3), (2, 3), told.append)
        runs.append(float(loss_of(net.eval(), tensors_of([example()], 2, 3))))
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
        parts = [getattr(net.roles, name)(states[0]).numpy() for name in ("opening", "closing", "piece")]
    assert np.allclose(head.scores(*parts, 2, 4), wanted, atol=0.02)


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


def voiced_text(report, fold, labels):
    pieces = Pieces(tuple(range(len(labels))), tuple(range(len(labels))), tuple(range(1, len(labels) + 1)), (0,))
    return VoicedText(report, fold, pieces, torch.tensor(labels), torch.ones(len(labels)))


def test_every_report_is_judged_by_a_head_that_did_not_see_its_fold():
    dice = random.Random(0)
    texts = [voiced_text(str(n), n % FOLDS, [float(dice.random() < 0.5) for _ in range(6)]) for n in range(10)]
    states = [torch.randn(6, 384) for _ in texts]
    first = out_of_fold(states, texts, seed=1)
    changed = [text._replace(labels=1 - text.labels) if text.fold == 0 else text for text in texts]
    second = out_of_fold(states, changed, seed=1)
    assert all(torch.equal(a, b) for a, b, t in zip(first, second, texts, strict=True) if t.fold == 0)
    assert not all(torch.equal(a, b) for a, b in zip(first, second, strict=True))


def test_an_outlet_lies_in_one_fold_and_folds_are_even():
    outlets = ["a"] * 10 + ["b"] * 9 + ["c"] * 5 + ["d"] * 5 + ["e"] * 5 + ["f"]
    folds = folds_of(outlets)
    assert all(len({f for o, f in zip(outlets, folds, strict=True) if o == name}) == 1 for name in set(outlets))
    assert max(folds.count(n) for n in range(FOLDS)) == 10

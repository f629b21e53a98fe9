"""What several networks answer together, and a network that learns it; run where torch is installed."""

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from training.answers import answers_of, cue_ends, distance_of, inner, loss_against  # noqa: E402
from training.distil import FOLLOWED, PRUNED, Lesson, asked, hidden, in_full, learn, sharpen  # noqa: E402
from training.examples import Anchor, EventAnchor, Example, Marked  # noqa: E402
from training.fit import Corpus, Ends, Plan, tensors_of  # noqa: E402
from training.labels import CLAIM_TRAITS  # noqa: E402
from training.network import WHOLE, Network, Shape, shapes_of  # noqa: E402
from training.prune import without  # noqa: E402

from twosource.model.windows import Pieces  # noqa: E402

ENDS = Ends((2, 5, 6), 3, 4)
WINDOWS = [Example(tuple(range(7, 7 + length)), None, (), None) for length in (12, 9)]


def network(seed):
    """A network whose heads are sure enough that some pieces carry events and cues."""
    torch.manual_seed(seed)
    net = Network(50, WHOLE[:1]).eval()
    net.event[3].bias.data += 1.0
    net.anchor.bias.data += torch.tensor([0.0, 2.0, 0.0])
    return net


@pytest.fixture
def batch():
    return tensors_of(WINDOWS, ENDS)


def test_answers_of_one_teacher_are_its_own_probabilities(batch):
    net = network(1)
    told = answers_of([net], batch.ids, batch.present, [1.0])
    states = net.encode(batch.ids, batch.present)
    assert torch.allclose(told.event, torch.sigmoid(net.event(states)[..., 0]), atol=1e-6)
    assert len(told.rows) > 0
    assert len(told.cue_rows) > 0
    assert told.parts.shape[:2] == (len(told.rows), batch.ids.shape[1])
    assert [values.shape[-1] for values in told.traits] == [len(values) for _, values in CLAIM_TRAITS]


def test_answers_lie_between_those_of_the_teachers_and_speech_follows_its_weights(batch):
    first, second = network(1), network(2)
    alone = [answers_of([net], batch.ids, batch.present, [1.0]) for net in (first, second)]
    both = answers_of([first, second], batch.ids, batch.present, [1.0, 0.0])
    assert torch.allclose(both.event, (alone[0].event + alone[1].event) / 2, atol=1e-6)
    assert torch.allclose(both.anchor, alone[0].anchor, atol=1e-6)
    assert torch.allclose(both.hedge, alone[0].hedge, atol=1e-6)


def test_nothing_is_asked_of_the_outer_pieces_of_a_window(batch):
    told = answers_of([network(1)], batch.ids, batch.present, [1.0])
    within = inner(batch.present)
    assert within.sum(1).tolist() == [12, 9]
    assert within[told.rows, told.at].all()
    assert within[told.cue_rows, told.first].all()


def test_a_network_is_nearest_to_what_it_answered_itself(batch):
    net, other = network(1), network(2)
    own = answers_of([net], batch.ids, batch.present, [1.0])
    theirs = float(loss_against(other, batch.ids, batch.present, own).detach())
    assert float(loss_against(net, batch.ids, batch.present, own).detach()) < theirs


def test_a_cue_reaches_as_far_as_its_pieces_are_inside():
    outside, begins, inside = (1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)
    anchor = torch.tensor([[outside, begins, inside, inside, outside, begins]])
    rows, first = torch.tensor([0, 0]), torch.tensor([1, 5])
    assert cue_ends(anchor, rows, first).tolist() == [3, 5]


def test_a_network_comes_nearer_to_its_teachers_and_alike_for_a_seed(batch):
    teachers = [network(1), network(2)]
    answers = answers_of(teachers, batch.ids, batch.present, [0.5, 0.5])
    lesson = Lesson(passes=30, plan=Plan(rate=1e-3, rate_of_heads=1e-3, fresh=Lesson().plan.fresh))
    losses = []
    for _ in range(2):
        pupil = network(3)
        before = float(loss_against(pupil, batch.ids, batch.present, answers).detach())
        told = list(learn(pupil, teachers, [WINDOWS], lesson, ENDS))
        losses.append(float(loss_against(pupil, batch.ids, batch.present, answers).detach()))
        assert losses[-1] < before
        assert told[-1]["step"] == told[-1]["of"] == 30
    assert losses[0] == losses[1]


def test_what_is_left_of_a_teacher_comes_back_to_its_states(batch):
    teacher, pupil = network(1), Network(50, WHOLE[:1]).eval()
    heads, units = list(range(8)), list(range(1024))
    pupil.take(without(teacher.state_dict(), [(heads, units)]))
    wanted = teacher.encode(batch.ids, batch.present).detach()
    before = float(distance_of(pupil.encode(batch.ids, batch.present), wanted, batch.present))
    lesson = Lesson(passes=40, plan=PRUNED._replace(rate=1e-3), followed=FOLLOWED)
    list(learn(pupil, [teacher], [WINDOWS], lesson, ENDS))
    after = float(distance_of(pupil.encode(batch.ids, batch.present), wanted, batch.present))
    assert after < before / 2
    assert shapes_of(pupil.state_dict()) == [Shape(8, 1024)]


def test_kept_answers_are_what_was_answered_but_for_half_precision(batch):
    teachers = [network(1)]
    kept = asked(teachers, WINDOWS, [1.0], ENDS)
    told = in_full(kept.answers)
    assert told.parts.dtype == torch.float
    assert torch.equal(told.rows, answers_of(teachers, batch.ids, batch.present, [1.0]).rows)
    assert torch.allclose(told.event, answers_of(teachers, batch.ids, batch.present, [1.0]).event, atol=1e-3)


def test_only_pieces_of_the_text_are_hidden(batch):
    torch.manual_seed(0)
    seen = torch.stack([hidden(batch.ids, batch.present, ENDS.mask) for _ in range(200)])
    changed = (seen != batch.ids).any(0)
    assert changed.any()
    assert not changed[inner(batch.present) == 0].any()


def test_heads_are_sharpened_half_way_and_the_encoder_stays():
    net = network(1)
    before = {name: value.clone() for name, value in net.state_dict().items()}
    pieces = Pieces(tuple(range(7, 19)), tuple(range(12)), tuple(range(1, 13)), (0,))
    roles = bytes(1 if n < 2 else 2 if n > 4 else 0 for n in range(12))
    spoken = Marked(pieces, (Anchor(3, 3, roles),), None)
    traits = tuple(0 for _ in CLAIM_TRAITS)
    told = Marked(pieces, None, None, (EventAnchor(4, 2, traits, bytes(12)), EventAnchor(8, 5, traits, bytes(12))))
    sharpen(net, Corpus([(spoken, spoken)] * 3, []), [told], ENDS)
    moved = {name.split(".")[0] for name, value in net.state_dict().items() if not torch.equal(value, before[name])}
    assert moved == {"anchor", "roles", "claim"}

"""Teaches one network what several answer: `python -m training.distil --data FOLDER --teachers FILE... --out FOLDER`.

Teachers are networks that `training.train` saved (last.pt in its report's folder), or folders of finished weights. The
network begins with the mean of the encoders of ``--begin`` and with the heads of the first of them; networks that
started from the same weights lie near enough to each other for that. It then learns the teachers' mean answers, alone,
on the coded reports without their codings, on a share of the articles and hedge documents, and on texts that nobody
coded. Every window is opened as the measuring data's, since it is so that texts are read at run time.

In the end the heads for speech and for whole claims go half way to a fit on the codings over the finished encoder:
answers are mild where rare values and the edges of speech want to be sharp.

A network that `training.prune` took from (``--pruned``) learns the first teacher's states as well, after the middle
layer and the last: it comes back to what it was, so that its heads stay and whatever was fitted on their answers holds.

Answers are asked for once and kept (half a gigabyte for a million and a half word pieces), so that the first pass
takes twice as long as those behind it.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from tokenizers import Tokenizer
from torch import Tensor

from training.answers import Answers, answers_of, distance_of, inner, loss_over
from training.coded import APART, ATTRIBUTION, coded_of
from training.events import marked_claims
from training.examples import Example, Hand, Marked, examples_of, hedge_documents, mark_hedges, mark_stripped, rows_of
from training.fit import Corpus, Ends, Plan, batches_of, fit, optimiser_of, tensors_of
from training.network import Network, started
from training.packaged import take_up
from training.plain_texts import kept_apart, measured_in, plain_texts
from training.refit import refit, states_of
from training.starting_weights import model_folder, starting_tensors, trimmed_tokenizer
from training.train import HEDGES, Inputs, ends_of, export, speech_of
from twosource.model.load import load_equipment
from twosource.model.windows import cut_pieces

STRIPPED = 0.15
HIDDEN = 0.04
MIDDLE = 0.5
"""The shares of the texts that lose their commas and apostrophes, and of the pieces that the network does not see; and
what the states after the middle layer count beside the last."""


OVER = Plan(epochs=1.0, rate=0.0, rate_of_heads=3e-4, fresh=("anchor", "roles"), share_of_hedges=0.0)
"""How the heads for speech learn over an encoder that stays."""


class Lesson(NamedTuple):
    """How a network learns. ``passes`` counts those over all windows; ``speech`` weighs the teachers on speech."""

    passes: float = 2.8
    plan: Plan = Plan(
        rate=1e-4, rate_of_heads=5e-4, fresh=("anchor", "roles", "hedge", "event", "parts", "claim", "voice"),
        share_of_speech=0.3, share_of_hedges=0.15,
    )  # fmt: skip
    share_plain: float = 0.6
    """The share of the texts that nobody coded."""
    speech: tuple[float, ...] = ()
    followed: float = 0.0
    """What it counts how far the states are from those of the first teacher; then no piece is hidden."""


PRUNED = Lesson().plan._replace(rate=3e-4, rate_of_heads=1e-4)
FOLLOWED = 4.0
"""How a network learns that was taken from: its heads know their answers and hardly move."""


class Kept(NamedTuple):
    """One batch of windows, and what the teachers answer on it, in half precision."""

    ids: Tensor
    present: Tensor
    answers: Answers
    followed: tuple[Tensor, ...] = ()
    """The first teacher's states after its middle layer and after its last, where they are to be followed."""


def learn(
    network: Network, teachers: Sequence[Network], batches: Sequence[Sequence[Example]], lesson: Lesson, ends: Ends
) -> Iterator[Mapping[str, float]]:
    """Trains the network in place; tells the step, the steps in all, the mean loss and the seconds now and then."""
    shortened = torch.cpu._is_avx512_bf16_supported()
    torch.manual_seed(lesson.plan.seed)
    dice = random.Random(lesson.plan.seed)  # noqa: S311
    network.freeze_below(0)
    optimiser = optimiser_of(network, lesson.plan)
    total = max(1, int(lesson.passes * len(batches)))
    rise = min(40, total)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: min(1, (n + 1) / rise) * max(0.0, 1 - n / total))
    speech = lesson.speech or (1 / len(teachers),) * len(teachers)
    kept: dict[int, Kept] = {}
    began, step, recent, order = time.monotonic(), 0, 0.0, list(range(len(batches)))
    network.train()
    while step < total:
        dice.shuffle(order)
        for number in order[: total - step]:
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=shortened):
                if number not in kept:
                    kept[number] = asked(teachers, batches[number], speech, ends, followed=lesson.followed > 0)
                loss = loss_in(network, kept[number], lesson, ends)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            step, recent = step + 1, float(loss.detach()) if not step else 0.98 * recent + 0.02 * float(loss.detach())
            if step % 50 == 0 or step == total:
                yield {"step": step, "of": total, "loss": recent, "seconds": time.monotonic() - began}
    network.eval()


def loss_in(network: Network, kept: Kept, lesson: Lesson, ends: Ends) -> Tensor:
    """How far the network is from what is kept of a batch."""
    ids = kept.ids if lesson.followed else hidden(kept.ids, kept.present, ends.mask)
    states = network.encode_each(ids, kept.present)
    loss = loss_over(network, states[-1], kept.present, in_full(kept.answers))
    for share, own, wanted in zip((MIDDLE, 1.0), between(states), kept.followed, strict=False):
        loss = loss + lesson.followed * share * distance_of(own, wanted, kept.present)
    return loss


def between(states: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """Those after the middle layer and after the last."""
    return states[(len(states) - 1) // 2], states[-1]


def asked(
    teachers: Sequence[Network],
    examples: Sequence[Example],
    speech: Sequence[float],
    ends: Ends,
    *,
    followed: bool = False,
) -> Kept:
    """The windows with the teachers' answers, and with states of the first of them where these are ``followed``."""
    batch = tensors_of(examples, ends)
    answers = answers_of(teachers, batch.ids, batch.present, speech)
    states: tuple[Tensor, ...] = ()
    if followed:
        with torch.no_grad():
            states = tuple(one.half() for one in between(teachers[0].encode_each(batch.ids, batch.present)))
    return Kept(batch.ids, batch.present, _each(answers, torch.half), states)


def in_full(answers: Answers) -> Answers:
    """The answers in single precision."""
    return _each(answers, torch.float)


def _each(answers: Answers, kind: torch.dtype) -> Answers:
    def told(value: Tensor) -> Tensor:
        return value.to(kind) if value.is_floating_point() else value

    return Answers(*[tuple(map(told, one)) if isinstance(one, tuple) else told(one) for one in answers])


def hidden(ids: Tensor, present: Tensor, mask: int) -> Tensor:
    """The windows with a few pieces hidden, so that the network answers from what stands around them."""
    drawn = (torch.rand(ids.shape) < HIDDEN) & (inner(present) > 0)
    return torch.where(drawn, mask, ids)


def sharpen(network: Network, speech: Corpus, claims: Sequence[Marked], ends: Ends) -> None:
    """Moves the heads for speech and for whole claims half way to what the codings make of them; the rest stays."""
    learned = {name: value.clone() for name, value in network.state_dict().items()}
    plan = OVER._replace(frozen_layers=len(network.layers))
    fit(network, speech, plan, ends, lambda told: print("speech", told, flush=True))
    states = states_of(network, [one._replace(hand=Hand.MEASURE) for one in claims], ends)
    refit(network.claim, states, OVER.seed)
    fitted = network.state_dict()
    network.load_state_dict({name: (value + fitted[name]) / 2 for name, value in learned.items()})


def mean_of(paths: Sequence[Path]) -> Network:
    """A network whose encoder is the mean of those of all, with the heads of the first."""
    networks = [network_at(path) for path in paths]
    states = [network.state_dict() for network in networks]
    heads = tuple(f"{name}." for name in Lesson().plan.fresh)
    mean = {
        name: value if name.startswith(heads) else torch.stack([state[name] for state in states]).mean(0)
        for name, value in states[0].items()
    }
    networks[0].load_state_dict(mean)
    return networks[0]


def network_at(path: Path) -> Network:
    """The network that was saved in a file, or whose finished weights lie in a folder."""
    folder = model_folder()
    _, kept = trimmed_tokenizer(folder)
    network = started(starting_tensors(folder, kept))
    if path.is_dir():
        take_up(network, path)
    else:
        saved = torch.load(path, weights_only=True)
        network.take(saved)
    return network.eval()


def windows_of(data: Path, taught: Sequence[str], tokenizer: Tokenizer, lesson: Lesson) -> list[Example]:
    """The windows that are asked about, without a label, all opened as the measuring data's are.

    They are of the ``taught`` texts, which are those of the coded reports, and of a draw of the others in the data.
    """
    dice = random.Random(lesson.plan.seed)  # noqa: S311
    plain = list(kept_apart(plain_texts(data), measured_in(data), taught))
    articles = [row["text"] for row in rows_of(data / ATTRIBUTION)]
    shares = ((plain, lesson.share_plain), (articles, lesson.plan.share_of_speech))
    drawn = [text for some, share in shares for text in dice.sample(some, int(len(some) * share))]
    marked = [_plain(text, tokenizer, stripped=dice.random() < STRIPPED) for text in (*taught, *drawn)]
    documents = hedge_documents(data / HEDGES)
    hedged = dice.sample(documents, int(len(documents) * lesson.plan.share_of_hedges))
    marked += [mark_hedges(rows, tokenizer)._replace(hedges=None) for rows in hedged]
    return [window for one in marked for window in examples_of(one, dice)]


def _plain(text: str, tokenizer: Tokenizer, *, stripped: bool) -> Marked:
    return Marked(cut_pieces(mark_stripped(text)[0] if stripped else text, tokenizer), None, None)


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--teachers", type=Path, nargs="+", required=True, help="saved networks, folders of weights")
    parser.add_argument(
        "--speech", type=float, nargs="*", default=[], help="how much each is heard on speech and doubt"
    )
    begun = parser.add_mutually_exclusive_group(required=True)
    begun.add_argument("--begin", type=Path, nargs="+", help="networks to begin with the mean of")
    begun.add_argument("--pruned", type=Path, help="what was left of the first teacher, to learn its states as well")
    parser.add_argument("--out", type=Path, required=True, help="a folder for the finished weights")
    parser.add_argument("--saved", type=Path, default=Path("build/training/distilled.pt"), help="the network itself")
    parser.add_argument("--passes", type=float, default=Lesson().passes)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def lesson_of(given: argparse.Namespace) -> Lesson:
    """How the network learns by what the command line says."""
    lesson = Lesson(passes=given.passes, speech=tuple(given.speech))
    return lesson._replace(plan=PRUNED, followed=FOLLOWED) if given.pruned else lesson


def main() -> None:
    """Runs from teachers to weights."""
    given = arguments()
    if given.speech and len(given.speech) != len(given.teachers):
        raise SystemExit(f"--speech takes one weight for each of the {len(given.teachers)} teachers")
    torch.set_num_threads(given.threads)
    tokenizer, _ = trimmed_tokenizer(model_folder())
    ends, coded = ends_of(tokenizer), coded_of(given.data, set(APART.read_text("utf-8").split()))
    lesson = lesson_of(given)
    dice = random.Random(lesson.plan.seed)  # noqa: S311
    windows = windows_of(given.data, [one.report.text for one in coded], tokenizer, lesson)
    batches = batches_of(windows, lesson.plan, dice)
    network = network_at(given.pruned) if given.pruned else mean_of(given.begin)
    for told in learn(network, [network_at(path) for path in given.teachers], batches, lesson, ends):
        print(" ".join(f"{name} {value:.3f}" for name, value in told.items()), flush=True)
    if not given.pruned:
        claims = [plain for plain, _ in marked_claims(coded, load_equipment(), tokenizer)]
        sharpen(network, speech_of(Inputs(given.data, tokenizer, ends)), claims, ends)
    given.saved.parent.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), given.saved)
    export(network, tokenizer, given.out)


if __name__ == "__main__":
    main()

"""Rebuilds the weights: `make train DATA=FOLDER`, or `python -m training.train --data FOLDER --out FOLDER`.

The data folder holds the named data: attribution/polnear_train.jsonl and polnear_dev.jsonl, hedges/wiki.jsonl, claims/
with dev.jsonl, composed.jsonl, texts/ and check_reports.txt (reports that are barred from training), and the texts that
training/data/codings.jsonl points into. Reports of this project's own lie with their coding in training/data/reports.

A run has four parts. The first teaches the encoder speech and doubt, the second claims, with a share of the first's
data so that nothing is forgotten; the third goes once more over both, with the reports that were coded as they are
measured counting most; the fourth fits the head for whole claims again over the finished encoder. It writes weights,
and in --report a report of itself as JSON and as Markdown.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from tokenizers import Tokenizer
from torch import Tensor

from training.coded import APART, ATTRIBUTION, ATTRIBUTION_DEV, BARRED, CLAIMS, OWN, CodedReport, coded_of
from training.events import marked_claims
from training.examples import Hand, Marked, hedge_documents, mark_attributions, mark_hedges, rows_of
from training.export import export_encoder, export_tables
from training.fit import Corpus, Ends, Plan, fit
from training.measure import measure
from training.network import Network, started, with_told
from training.packaged import take_up
from training.refit import refit, states_of
from training.report import write_report
from training.starting_weights import PACKAGE, model_folder, starting_tensors, trimmed_tokenizer
from twosource.model.load import load_equipment
from twosource.model.reader import ReaderSettings
from twosource.model.windows import cut_pieces, pack_windows

HEDGES = "hedges/wiki.jsonl"
OPENINGS = ("[CLS]", "[UNK]", "[PAD]")
"""The pieces that open the windows of each ``Hand``."""
SMOOTHED_BY = 60
"""How many of the project's own reports tell what goes into the products of the encoder, when they become int8."""
TIMES = {Hand.MEASURE: 3, Hand.OTHERS: 2, Hand.OWN: 1}
"""How often an epoch holds each report by whose coding it carries: those in the project's own words are coded more
densely than news is, and are as many; those of the measuring data are what is to be learned, and few."""
TIMES_AT_LAST = {Hand.MEASURE: 4, Hand.OTHERS: 1, Hand.OWN: 1}

SPEECH = Plan()
CLAIM = Plan(
    epochs=5.0, rate=1.2e-4, rate_of_heads=8e-4, frozen_layers=2, share_of_speech=0.25, share_of_hedges=0.05,
    fresh=("event", "parts", "claim", "voice"), masked=0.06,
)  # fmt: skip
FURTHER = CLAIM._replace(epochs=3.0, rate=1.1e-4, rate_of_heads=2.4e-4, share_of_speech=0.3, share_of_hedges=0.08)
"""How a network that knows claims learns from more of them: its heads no longer start from chance."""
LAST = FURTHER._replace(epochs=1.0, rate=8e-5, rate_of_heads=1.2e-4, share_of_speech=1.0)
"""The third part: one pass over all of the speech, and over the reports by ``TIMES_AT_LAST``."""


class Inputs(NamedTuple):
    """The folder of the data, and the tokenizer with the ids of the pieces around every window."""

    data: Path
    tokenizer: Tokenizer
    ends: Ends


def speech_of(inputs: Inputs) -> Corpus:
    """The articles and the hedge documents, each as it stands and stripped."""
    tokenizer = inputs.tokenizer
    articles = rows_of(inputs.data / ATTRIBUTION)
    documents = hedge_documents(inputs.data / HEDGES)
    return Corpus(
        [(mark_attributions(row, tokenizer), mark_attributions(row, tokenizer, stripped=True)) for row in articles],
        [(mark_hedges(rows, tokenizer), mark_hedges(rows, tokenizer, stripped=True)) for rows in documents],
    )


def run_part(name: str, network: Network, corpus: Corpus, plan: Plan, ends: Ends, keep_at: Path) -> None:
    """One part of the run; the network is saved now and then at ``keep_at``."""

    def tell(state: dict[str, float]) -> None:
        print(name, " ".join(f"{key} {value:.3f}" for key, value in state.items()), flush=True)
        if state["step"] % 100 == 0 or state["step"] == state["of"]:
            torch.save(network.state_dict(), keep_at)

    fit(network, corpus, plan, ends, tell)


def export(network: Network, tokenizer: Tokenizer, out: Path) -> None:
    """Writes the weights that the package carries."""
    out.mkdir(parents=True, exist_ok=True)
    texts = [path.read_text("utf-8") for path in sorted((OWN / "reports").glob("*.txt"))[:SMOOTHED_BY]]
    export_encoder(network, out / "encoder.onnx", [window for text in texts for window in windows_of(text, tokenizer)])
    export_tables(network, out / "tables.npz")
    (out / "tokenizer.json").write_text(tokenizer.to_str(), "utf-8")
    settings = ReaderSettings(marked=True)
    values = {name: getattr(settings, name) for name in ReaderSettings.__struct_fields__}
    (out / "settings.json").write_text(json.dumps(values, indent=1) + "\n", "utf-8")


def windows_of(text: str, tokenizer: Tokenizer) -> list[Tensor]:
    """The ids of the text's windows as they are read at run time."""
    known = ReaderSettings(marked=True)
    pieces = cut_pieces(text, tokenizer, marked=known.marked)
    ends = [tokenizer.token_to_id(name) for name in (OPENINGS[Hand.MEASURE], "[SEP]")]
    cut = pack_windows(pieces, known.core, before=known.before, after=known.after)
    return [torch.tensor([ends[0], *pieces.ids[window.first : window.last], ends[1]]) for window in cut]


def ends_of(tokenizer: Tokenizer) -> Ends:
    """The ids of the pieces around a window, and of the one that hides a word."""
    number_of = tokenizer.get_vocab().__getitem__
    openings = (number_of(OPENINGS[0]), number_of(OPENINGS[1]), number_of(OPENINGS[2]))
    return Ends(openings, number_of("[SEP]"), number_of("[MASK]"))


def digests_of(data: Path) -> dict[str, str]:
    """The SHA-256 of every data file, so that a report says what it was trained on."""
    paths = [data / name for name in (ATTRIBUTION, ATTRIBUTION_DEV, HEDGES, *CLAIMS, BARRED)]
    paths += [OWN / "reports/claims.jsonl", OWN / "codings.jsonl"]
    return {path.name: _digest(path) for path in paths}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _weighed(texts: Sequence[tuple[Marked, Marked]], times: Mapping[Hand, int]) -> list[tuple[Marked, Marked]]:
    """What an epoch holds of coded reports: each as often as it counts by whose coding it carries."""
    return [pair for pair in texts for _ in range(times[pair[0].hand])]


def _by_hand(coded: Sequence[CodedReport], marked: Sequence[tuple[Marked, Marked]]) -> list[tuple[Marked, Marked]]:
    """The marked texts, each with whose coding it carries."""
    hands = {path.stem: Hand.OWN for path in (OWN / "reports").glob("*.txt")}
    hands |= {row["report"]: Hand.OTHERS for row in rows_of(OWN / "codings.jsonl")}
    told = [hands.get(one.report.id, Hand.MEASURE) for one in coded]
    return [(a._replace(hand=hand), b._replace(hand=hand)) for (a, b), hand in zip(marked, told, strict=True)]


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--report", type=Path, default=Path("build/training"))
    begun = parser.add_mutually_exclusive_group()
    begun.add_argument("--speech", type=Path, help="a network saved after the first part, to begin with the second")
    begun.add_argument("--network", type=Path, help="a network that an earlier run ended with, to train further")
    begun.add_argument("--packaged", type=Path, help="a folder of finished weights, to train further")
    parser.add_argument("--apart", type=Path, default=APART, help="names of reports that are kept from the run")
    parser.add_argument("--left-out", type=int, help="a fold of outlets, 0 to 4, that is kept from the second part")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=SPEECH.seed)
    return parser.parse_args()


def _taken_up(network: Network, given: argparse.Namespace) -> Path | None:
    """The file that the network was filled from; None where it is to begin from the start."""
    saved: Path | None = given.network or given.speech
    if saved is not None:
        network.take(network.state_dict() | with_told(torch.load(saved, weights_only=True)))
    elif given.packaged is not None:
        take_up(network, given.packaged)
        saved = given.packaged / "encoder.onnx"
    return saved


def main() -> None:
    """Runs from data to weights and report."""
    given = arguments()
    torch.set_num_threads(given.threads)
    given.report.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    tokenizer, kept = trimmed_tokenizer(model_folder())
    ends = ends_of(tokenizer)
    inputs = Inputs(given.data, tokenizer, ends)
    corpus = speech_of(inputs)
    network = started(starting_tensors(model_folder(), kept))
    taken_up = _taken_up(network, given)
    if taken_up is None:
        run_part("speech", network, corpus, SPEECH._replace(seed=given.seed), ends, given.report / "speech.pt")
    coded = coded_of(given.data, set(given.apart.read_text("utf-8").split()))
    marked = _by_hand(coded, marked_claims(coded, load_equipment(), tokenizer))
    both = [(one, pair) for one, pair in zip(coded, marked, strict=True) if one.fold != given.left_out]
    taught, texts = [one for one, _ in both], [pair for _, pair in both]
    plan = (FURTHER if given.network or given.packaged else CLAIM)._replace(seed=given.seed)
    for name, times, part in (("claims", TIMES, plan), ("last", TIMES_AT_LAST, LAST._replace(seed=given.seed))):
        weighed = corpus._replace(claims=_weighed(texts, times))
        run_part(name, network, weighed, part, ends, given.report / f"{name}.pt")
    refit(network.claim, states_of(network, [plain for plain, _ in texts], ends), given.seed)
    torch.save(network.state_dict(), given.report / "last.pt")
    export(network, tokenizer, given.out)
    run = {
        "speech": SPEECH._asdict(),
        "claims": plan._asdict(),
        "last": LAST._asdict(),
        "started_from": PACKAGE,
        "taken_up_from": f"{taken_up.name}, {_digest(taken_up)}" if taken_up else "the start",
        "apart": given.apart.name,
        "left_out": given.left_out,
        "reports": len(taught),
        "coded_claims": sum(len(one.rows) for one in taught),
        "data": digests_of(given.data),
        "seconds": round(time.monotonic() - began),
        "measured": measure(given.out, given.data / ATTRIBUTION_DEV, given.data / HEDGES),
        "weights": {path.name: path.stat().st_size for path in sorted(given.out.iterdir()) if path.is_file()},
    }
    write_report(run, given.report)


if __name__ == "__main__":
    main()

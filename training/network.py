"""The network: one encoder, and heads of three shapes.

An anchor head tells which word pieces are anchors: a reporting cue, or the word that carries an event. A role head
labels every word piece given one anchor, so that nothing has to be linked by rules. A tag head labels word pieces by
themselves (the hedges, the voice). What a claim is as a whole, its type and traits, is told from its anchor and the
mean over its evidence together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from training.labels import CLAIM_ROLES, CLAIM_TRAITS, CLAIM_TYPES, HEDGE_TAGS, SOURCE_ROLES

WIDTH = 384
HEAD_WIDTH = 32
POSITIONS = 320
ROLE_WIDTH = 256
VOICE_WIDTH = 96
EVENT_WIDTH = 192
CLAIM_WIDTH = 384
REACH = 64
"""Distances to the anchor are told apart up to this many word pieces."""


class Shape(NamedTuple):
    """How many heads of attention a layer has, and how many inner units it widens to."""

    heads: int = 12
    inner: int = 1536


WHOLE = (Shape(),) * 6
"""The shapes of the layers of the network that training starts from."""


class Layer(nn.Module):
    """One encoder layer, normalised after each of its two halves as in BERT."""

    def __init__(self, shape: Shape = WHOLE[0], dropout: float = 0.1) -> None:
        super().__init__()
        self.heads, attended = shape.heads, shape.heads * HEAD_WIDTH
        self.query, self.key, self.value = (nn.Linear(WIDTH, attended) for _ in range(3))
        self.output = nn.Linear(attended, WIDTH)
        self.attention_norm, self.norm = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.widen, self.narrow = nn.Linear(WIDTH, shape.inner), nn.Linear(shape.inner, WIDTH)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """The states after attention over the unmasked pieces; ``mask`` is added to the attention scores."""
        batch, length, _ = states.shape
        shape = (batch, length, self.heads, HEAD_WIDTH)
        query, key, value = (part(states).view(shape).transpose(1, 2) for part in (self.query, self.key, self.value))
        with torch.autocast("cpu", enabled=False):  # in bfloat16 its way back takes four times as long
            mixed = F.scaled_dot_product_attention(query.float(), key.float(), value.float(), attn_mask=mask)
        mixed = self.output(mixed.transpose(1, 2).reshape(batch, length, -1))
        states = self.attention_norm(states + self.dropout(mixed))
        return self.norm(states + self.dropout(self.narrow(F.gelu(self.widen(states)))))


class RoleHead(nn.Module):
    """Labels every word piece given an anchor: from both states, their product, and the distance between them."""

    def __init__(self, roles: int, width: int = ROLE_WIDTH) -> None:
        super().__init__()
        self.shape(roles, width, width)

    def shape(self, roles: int, width: int, products: int) -> None:
        """Gives the head fresh weights: so many units for the sum of both states, and for what their products tell."""
        self.opening, self.closing = nn.Linear(WIDTH, width), nn.Linear(WIDTH, width, bias=False)
        self.piece = nn.Linear(WIDTH, width)
        self.distance = nn.Embedding(2 * REACH + 1, width)
        self.product = nn.Linear(width, products)
        self.label = nn.Linear(width, roles)
        self.told = nn.Linear(products, roles, bias=False)

    def forward(self, states: Tensor, rows: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Scores (anchors, length, roles); anchor n stands in row ``rows[n]``, pieces ``first[n]`` to ``last[n]``."""
        anchor = (self.opening(states[rows, first]) + self.closing(states[rows, last]))[:, None]
        piece = self.piece(states)[rows]
        at = torch.arange(states.shape[1])[None]
        steps = torch.where(at < first[:, None], at - first[:, None], (at - last[:, None]).clamp(min=0))
        mixed = F.relu(anchor + piece + self.distance(steps.clamp(-REACH, REACH) + REACH))
        return self.label(mixed) + self.told(F.relu(self.product(anchor * piece)))


class ClaimHead(nn.Module):
    """Type and traits of a claim, from the state of its anchor and the mean state of its evidence."""

    def __init__(self) -> None:
        super().__init__()
        self.dropout = nn.Dropout(0.3)
        self.widen = nn.Linear(2 * WIDTH, CLAIM_WIDTH)
        self.kind = nn.Linear(CLAIM_WIDTH, len(CLAIM_TYPES))
        self.traits = nn.Linear(CLAIM_WIDTH, sum(len(values) for _, values in CLAIM_TRAITS))

    def forward(self, anchors: Tensor, evidence: Tensor) -> tuple[Tensor, Tensor]:
        """Scores (claims, types) and (claims, all values of all traits) from two tensors (claims, width)."""
        mixed = self.dropout(F.relu(self.widen(self.dropout(torch.cat([anchors, evidence], -1)))))
        return self.kind(mixed), self.traits(mixed)


class Network(nn.Module):
    """The encoder with its heads.

    ``anchor`` and ``roles`` serve attribution, ``hedge`` tags words of doubt, ``voice`` words that are somebody's.
    ``event``, ``parts`` and ``claim`` serve claims: anchors, the roles of words given one, the claim as a whole.
    """

    def __init__(self, vocabulary: int, shapes: Sequence[Shape] = WHOLE) -> None:
        super().__init__()
        self.words, self.positions = nn.Embedding(vocabulary, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.norm, self.dropout = nn.LayerNorm(WIDTH, 1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer(shape) for shape in shapes)
        self.anchor = nn.Linear(WIDTH, 3)
        self.roles = RoleHead(len(SOURCE_ROLES))
        self.hedge = nn.Linear(WIDTH, len(HEDGE_TAGS))
        self.voice = nn.Sequential(nn.Dropout(0.2), nn.Linear(WIDTH, VOICE_WIDTH), nn.ReLU(), nn.Linear(VOICE_WIDTH, 1))
        self.event = nn.Sequential(nn.Dropout(0.1), nn.Linear(WIDTH, EVENT_WIDTH), nn.ReLU(), nn.Linear(EVENT_WIDTH, 1))
        self.parts = RoleHead(len(CLAIM_ROLES), EVENT_WIDTH)
        self.claim = ClaimHead()

    def encode(self, ids: Tensor, present: Tensor | None = None) -> Tensor:
        """The states of every word piece. ``present`` is 1 where there is a piece and 0 at padding."""
        return self.encode_each(ids, present)[-1]

    def encode_each(self, ids: Tensor, present: Tensor | None = None) -> list[Tensor]:
        """The states of every word piece after each of the layers."""
        states = self.dropout(self.norm(self.words(ids) + self.positions.weight[: ids.shape[1]]))
        mask = None if present is None else ((1 - present) * -1e4)[:, None, None, :]
        found = []
        for layer in self.layers:
            states = layer(states, mask)
            found.append(states)
        return found

    def take(self, state: Mapping[str, Tensor]) -> None:
        """Takes over what a network's state holds, and the shapes in it, which may be others than its own."""
        state = with_told(state)
        for head, own in (("roles", self.roles), ("parts", self.parts)):
            own.shape(*(len(state[f"{head}.{name}.bias"]) for name in ("label", "piece", "product")))
        self.layers = nn.ModuleList(Layer(shape) for shape in shapes_of(state)).train(self.training)
        self.load_state_dict({name: tensor.float() for name, tensor in state.items()})

    def freeze_below(self, layers: int) -> None:
        """Keeps the embeddings and the lowest ``layers`` as they are: they train slowly and gain little."""
        still: list[Iterable[nn.Parameter]] = [self.words.parameters(), self.positions.parameters()]
        still += [self.norm.parameters(), *(self.layers[number].parameters() for number in range(layers))]
        for parameters in still:
            for parameter in parameters:
                parameter.requires_grad = False

    def parameters_of(self, heads: Iterable[str]) -> list[nn.Parameter]:
        """The parameters of the heads named."""
        return [parameter for name in heads for parameter in getattr(self, name).parameters()]


def with_told(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The state; where it is an older one, whose role heads told of sums and products by one table, with that twice."""
    labels = {head: state.get(f"{head}.label.weight") for head in ("roles", "parts")}
    return {f"{head}.told.weight": label for head, label in labels.items() if label is not None} | dict(state)


def shapes_of(state: Mapping[str, Tensor]) -> list[Shape]:
    """The shapes of the layers of the network whose state this is."""
    count = sum(name.startswith("layers.") and name.endswith(".widen.bias") for name in state)
    return [
        Shape(len(state[f"layers.{at}.query.bias"]) // HEAD_WIDTH, len(state[f"layers.{at}.widen.bias"]))
        for at in range(count)
    ]


def started(tensors: dict[str, Tensor]) -> Network:
    """A network whose encoder holds the starting tensors and whose heads are fresh."""
    network = Network(tensors["embeddings.word_embeddings.weight"].shape[0])
    network.words.weight.data = tensors["embeddings.word_embeddings.weight"]
    # Every piece is of the first of BERT's two segments, so that its embedding is folded into the positions.
    position = tensors["embeddings.position_embeddings.weight"] + tensors["embeddings.token_type_embeddings.weight"][0]
    network.positions.weight.data = position[:POSITIONS].clone()
    _fill(network.norm, tensors, "embeddings.LayerNorm")
    parts = {
        "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
        "output": "attention.output.dense", "attention_norm": "attention.output.LayerNorm",
        "widen": "intermediate.dense", "narrow": "output.dense", "norm": "output.LayerNorm",
    }  # fmt: skip
    for number, layer in enumerate(network.layers):
        for name, theirs in parts.items():
            _fill(getattr(layer, name), tensors, f"encoder.layer.{number}.{theirs}")
    return network


def _fill(module: nn.Module, tensors: dict[str, Tensor], name: str) -> None:
    module.weight.data, module.bias.data = tensors[f"{name}.weight"], tensors[f"{name}.bias"]

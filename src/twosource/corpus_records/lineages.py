"""Which reports depend on each other, and the families of those that come from one original text."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from twosource.spans import Span

__all__ = ["Dependence", "Lineage", "Passage", "Relation"]


class Relation(StrEnum):
    """How one report depends on another. 'none' means no sign of dependence: never proof of independence."""

    REPRINT = "reprint"
    REWRITE = "rewrite"
    UPDATE = "update"
    NONE = "none"


class Passage(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Words of two reports that tell the same, as code points of the text of each."""

    first: Span
    second: Span


class Dependence(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """How report ``later`` (ids) depends on report ``earlier``, and the sentence that explains it.

    ``directed`` is False where nothing shows which of the two came first: then they stand in the order of their ids.
    ``likelihood`` is that of any dependence. ``origin`` names the agency or outlet that both go back to, where a
    credit tells. ``passages`` are in order of ``earlier``, their ``first`` span being of it. ``decided`` marks a
    person's word.
    """

    earlier: str
    later: str
    relation: Relation
    reason: str
    directed: bool = True
    likelihood: float = 0.0
    origin: str | None = None
    passages: tuple[Passage, ...] = ()
    decided: bool = False

    @property
    def pair(self) -> tuple[str, str]:
        """Both ids in their own order, which no date changes."""
        return (self.earlier, self.later) if self.earlier < self.later else (self.later, self.earlier)


class Lineage(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Reports (ids, sorted) that come from one original text, with the common origin where a credit names it.

    A report that mixes two agencies is in both lineages. ``reason`` is a sentence about what holds them together.
    """

    id: str
    reports: tuple[str, ...]
    origin: str | None = None
    reason: str = ""

"""What a person says by 'decide', as the parts of the command take it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict

import msgspec

from twosource.cli.terminal import output
from twosource.corpus_records import Decision, DecisionKind
from twosource.errors import UsageError

__all__ = ["Said", "Signed", "tell"]


class Signed(TypedDict):
    """Who decides and why; ``expected`` is the last entry on the same things that they have seen, where they say so."""

    who: str
    reason: str
    expected: int | None


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A word on things of one kind: their ids or names, the verdict, and the fields as they were typed."""

    kind: DecisionKind
    subjects: Sequence[str]
    verdict: str
    fields: str | None
    signed: Signed

    @property
    def given(self) -> dict[str, Any]:
        """The fields; none where none were typed. Raises UsageError for what is no JSON object."""
        if self.fields is None:
            return {}
        try:
            return msgspec.json.decode(self.fields, type=dict[str, Any])
        except msgspec.MsgspecError as fault:
            raise UsageError(
                f'--fields is no JSON object ({fault}): write it as \'{{"actors": ["Norland"]}}\''
            ) from None


def tell(kept: Decision) -> None:
    """Prints which entry of the log it became."""
    output().print(f"Kept as entry {kept.number}.")

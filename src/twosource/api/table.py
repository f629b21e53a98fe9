"""What a row of the table of resources is, and the parameters that many rows share."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Literal

import msgspec

from twosource.api.asking import PAGING, Asked, Parameter
from twosource.closed_sets import FAMILIES, ClaimType
from twosource.store import Project
from twosource.views.claims import ClaimFilter

__all__ = ["ACTOR", "DAYS", "FAMILY", "PLACE", "PUBLISHED", "REPORT", "SOURCE", "TEXT", "TYPE", "WORDS", "List",
           "Number", "Single", "claims_by"]  # fmt: skip

Number = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
WORDS = "held from the beginning of a word on, whatever case, accents and punctuation"
DAYS = (
    Parameter(name="since", about="The first day (YYYY-MM-DD) that it may be of.", type=datetime.date),
    Parameter(name="until", about="The last day (YYYY-MM-DD) that it may be of.", type=datetime.date),
)
PUBLISHED = Parameter(
    name="published_until", about="The last day (YYYY-MM-DD) that its report is published on.", type=datetime.date
)
TYPE = Parameter(name="type", about="A claim type of the codebook.", type=ClaimType)
FAMILY = Parameter(name="family", about="A family of claim types.", type=Literal[tuple(FAMILIES)])
ACTOR = Parameter(name="actor", about=f"Words of a name of who does it or to whom, {WORDS}.")
PLACE = Parameter(name="place", about=f"Words of a place's name, {WORDS}.")
SOURCE = Parameter(name="source", about=f"Words of the name of who says it or passes it on, {WORDS}.")
TEXT = Parameter(name="text", about=f"Words of the evidence, {WORDS}.")
REPORT = Parameter(name="report", about="A report's id.")

_OF_CLAIMS = ("type", "family", "actor", "place", "source", "report", "since", "until", "published_until", "text")


class List(msgspec.Struct, frozen=True, kw_only=True):
    """A list at ``/NAME``: ``find`` gives the items of one page, ``count`` how many there are in all.

    Where ``count`` is None, ``find`` gives all items whatever the paging: an answer that can only be worked out whole.
    """

    name: str
    about: str
    item: Any
    find: Callable[[Project, Asked], Sequence[Any]]
    count: Callable[[Project, Asked], int] | None = None
    filters: tuple[Parameter, ...] = ()

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """All that may stand in its query."""
        return (*self.filters, *PAGING)


class Single(msgspec.Struct, frozen=True, kw_only=True):
    """One thing at ``/NAME`` or, where it is one of many, at ``/NAME/{id}``; ``find`` gives None for none."""

    name: str
    about: str
    item: Any
    find: Callable[[Project, str, Asked], Any]
    of_many: bool = True
    parameters: tuple[Parameter, ...] = ()


def claims_by(asked: Asked) -> ClaimFilter:
    """The filter of those parameters that choose claims."""
    return ClaimFilter(**{name: asked.values[name] for name in _OF_CLAIMS if asked.values.get(name) is not None})

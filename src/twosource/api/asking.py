"""What a request asks for: its parameters by name and type, checked; whatever can't be meant is told, not guessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from twosource.errors import UsageError

__all__ = ["LARGEST_PAGE", "LONGEST", "PAGE", "PAGING", "Asked", "Parameter", "read_parameters"]

LARGEST_PAGE = 500
PAGE = 100
_FARTHEST = 2**31 - 1  # what every database takes as an offset
LONGEST = 1000  # characters of one value: no name or date is longer, and a search for more finds nothing


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """One parameter of a query: its name, a sentence about it, and the type that its value is read as.

    One that is ``required`` has no default.
    """

    name: str
    about: str
    type: Any = str
    default: Any = None
    required: bool = False


PAGING = (
    Parameter(name="limit", about=f"How many items at most, up to {LARGEST_PAGE}.", type=int, default=PAGE),
    Parameter(name="offset", about="How many items to pass over.", type=int, default=0),
)


class Asked(msgspec.Struct, frozen=True):
    """The values of a request, by name; a parameter that was not given has its default."""

    values: Mapping[str, Any]

    def given(self, *names: str) -> dict[str, Any]:
        """Those of the named parameters (all of them but paging where none is named) that were given."""
        wanted = names or tuple(name for name in self.values if name not in ("limit", "offset"))
        return {name: self.values[name] for name in wanted if self.values[name] is not None}

    def __getitem__(self, name: str) -> Any:
        """The value of the parameter."""
        return self.values[name]


def read_parameters(query: Sequence[tuple[str, str]], known: Sequence[Parameter]) -> Asked:
    """The values of a query.

    Raises UsageError for a name that is not known, one given twice, one that is missing, or a wrong value.
    """
    by_name = {one.name: one for one in known}
    values = {one.name: one.default for one in known}
    seen: set[str] = set()
    for name, written in query:
        if name not in by_name:
            raise UsageError(f"there is no parameter {name[:80]!r} here: there are {', '.join(by_name) or 'none'}")
        if name in seen:
            raise UsageError(f"the parameter {name!r} was given twice")
        seen.add(name)
        values[name] = _value(by_name[name], written)
    missing = [one.name for one in known if one.required and one.name not in seen]
    if missing:
        raise UsageError(f"the parameter {missing[0]!r} must be given: {by_name[missing[0]].about}")
    _check_paging(values)
    return Asked(values)


def _value(parameter: Parameter, written: str) -> Any:
    if len(written) > LONGEST or "\x00" in written:
        raise UsageError(f"the value of {parameter.name!r} is longer than {LONGEST} characters, or holds a NUL")
    try:
        return msgspec.convert(written, parameter.type, strict=False)
    except msgspec.ValidationError as fault:
        raise UsageError(f"{written[:80]!r} can't be the value of {parameter.name!r}: {fault}") from None


def _check_paging(values: Mapping[str, Any]) -> None:
    for name, least, most in (("limit", 1, LARGEST_PAGE), ("offset", 0, _FARTHEST)):
        if name in values and not least <= values[name] <= most:
            raise UsageError(f"{name!r} is a number from {least} to {most}, not {values[name]}")

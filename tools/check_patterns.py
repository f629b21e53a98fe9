"""Proves that no regular expression of twosource, in code or in data, can be made to take long by what it reads.

python tools/check_patterns.py   exit code 1 where the time of one can grow faster than its text, told with its place

See tools/pattern_growth.py for what is looked for. A pattern that fails is made safe by a bound ('\\s{1,9}' for
'\\s+'), by a look at what stands before a run ('(?<!\\s)\\s+'), or by a repeat that gives nothing back ('\\w++').
"""

from __future__ import annotations

from collections.abc import Iterator

from pattern_growth import faults
from pattern_inventory import Pattern, patterns_in_use

_SHOWN = 160  # characters of a pattern, and of the text that slows it


def told(pattern: Pattern) -> Iterator[str]:
    """A line for each fault of the pattern."""
    yield from (
        f"{pattern.at}: {fault.growth} in the length of {fault.pump[:_SHOWN]!r} repeated: {pattern.source[:_SHOWN]!r}"
        for fault in faults(pattern.source, pattern.flags, anchored=pattern.anchored)
    )


def main() -> int:
    """Tells every fault; 1 where there is one."""
    patterns = patterns_in_use()
    lines = [line for pattern in patterns for line in told(pattern)]
    for line in lines:
        print(line)
    print(f"{len(patterns)} regular expressions, {len(lines)} that can be slow")
    return 1 if lines else 0


if __name__ == "__main__":
    raise SystemExit(main())

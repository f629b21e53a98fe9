"""How a number is written in running text."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["written"]

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


@lru_cache(4096)
def written(number: int) -> re.Pattern[str]:
    """A pattern for a number in digits, and up to 99 in words, that is no part of another number."""
    forms = [f"{number}", f"{number:,}"]
    if number < len(_ONES):
        forms.append(_ONES[number])
    elif number < 100:
        tens, ones = divmod(number, 10)
        forms.append(
            _TENS[tens - 2] + (rf"[-\s]{_ONES[ones]}" if ones else r"(?![-\s](?:one|two|three|four|five|six))")
        )
    forms += ["a dozen"] if number == 12 else []
    return re.compile(rf"(?<![\w.,])(?:{'|'.join(forms)})(?![\w]|[.,]\d)", re.IGNORECASE)

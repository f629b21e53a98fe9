"""Folding: the form of a name or a text in which two spellings of the same words are compared."""

from __future__ import annotations

import unicodedata

__all__ = ["fold", "padded"]


class _Kept(dict[int, str]):
    """What becomes of each character (by code point) once decomposed; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        category = unicodedata.category(character)
        left_out = category.startswith("M") or category == "Lm"  # accents, vowel signs; the ʿ and ʾ of transcriptions
        self[code] = kept = "" if left_out else character if character.isalnum() else " "
        return kept


_KEPT = _Kept()


def fold(words: str) -> str:
    """The words without case, accents and punctuation, with one space between them: 'Al-Qāʿida’s' is 'al qaida s'.

    Letters and digits of every script are kept; everything else parts words.
    """
    plain = words if words.isascii() else unicodedata.normalize("NFKD", words)
    return " ".join(plain.casefold().translate(_KEPT).split())


def padded(words: str) -> str:
    """The folded words with a space before and after, so that ' x' finds x only where a word begins."""
    return f" {fold(words)} "

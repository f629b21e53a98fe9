"""Folding: the form of a name or a text in which two spellings of the same words are compared."""

from __future__ import annotations

import unicodedata

__all__ = ["fold", "padded"]


def fold(words: str) -> str:
    """The words without case, accents and punctuation, with one space between them: 'Al-Qāʿida’s' is 'al qa ida s'.

    Letters and digits of every script are kept; everything else parts words.
    """
    decomposed = unicodedata.normalize("NFKD", words).casefold()
    kept = (ch if ch.isalnum() else " " for ch in decomposed if not unicodedata.combining(ch))
    return " ".join("".join(kept).split())


def padded(words: str) -> str:
    """The folded words with a space before and after, so that ' x' finds x only where a word begins."""
    return f" {fold(words)} "

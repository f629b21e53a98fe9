"""The language of a text: English by its commonest words, any other by a model, None where it can't be told."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

__all__ = ["NAMES", "called", "is_english", "language_of", "settle_language"]

NAMES = {
    **{"ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan", "cs": "Czech", "da": "Danish"},
    **{"de": "German", "el": "Greek", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish"},
    **{"fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian"},
    **{"id": "Indonesian", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "ko": "Korean", "lt": "Lithuanian"},
    **{"lv": "Latvian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese"},
    **{"ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian"},
    **{"sv": "Swedish", "sw": "Swahili", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu"},
    **{"vi": "Vietnamese", "zh": "Chinese", "ku": "Kurdish", "am": "Amharic", "so": "Somali", "ha": "Hausa"},
}
"""The languages that are told apart besides English, by their ISO 639 code."""

_ENGLISH_WORDS = frozenset(
    [
        *("the", "of", "and", "to", "that", "with", "by", "said", "from", "were", "was", "in"),
        *("on", "for", "at", "as", "after", "has", "have", "its", "it", "which", "who", "been"),
    ]
)
_ENGLISH_SHARE = 0.14  # English news has .25 to .4 of these words; Dutch and German, with in, was and of, below .06
_FEWEST_WORDS = 8
_FEWEST_LETTERS = 20
_SURE = 0.95  # of the model: lists of names from other languages reach .7
_SAMPLE = 20_000
_WORD = re.compile(r"[^\W\d_]+")
_LATIN_BELOW = "\u0250"


def language_of(text: str) -> str | None:
    """'en', the ISO 639 code of another language, or None where the text is too short or speaks for none.

    A text in another script than the Latin one is never English, however short it is beyond 20 letters.
    """
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample)
    letters = sum(map(len, words))
    if letters < _FEWEST_LETTERS:
        return None
    if 2 * sum(1 for word in words for char in word if char < _LATIN_BELOW) < letters:
        return _likeliest(sample)[0]
    if sum(word.lower() in _ENGLISH_WORDS for word in words) >= _ENGLISH_SHARE * len(words):
        return "en"
    if len(words) < _FEWEST_WORDS:
        return None
    language, probability = _likeliest(sample)
    return language if probability >= _SURE else None


def _likeliest(text: str) -> tuple[str, float]:
    language, probability = _model().classify(text)
    return str(language), float(probability)


@cache
def _model() -> Any:
    """The model, loaded at the first text that is not plainly English: it takes a second and 100 MB."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(["en", *(code for code in NAMES if code in model.labels)])
    return model


def is_english(language: str | None) -> bool:
    """Whether a report with this language is read: 'en', 'en-GB', 'eng', 'English', or not told at all."""
    folded = (language or "en").strip().casefold().replace("_", "-")
    return folded.partition("-")[0] in {"en", "eng", "english", "", "und", "unknown"}


def called(language: str) -> str:
    """The language for people, as 'French (fr)'; what is no code that we know stays as it is."""
    name = NAMES.get(language.casefold())
    return f"{name} ({language.casefold()})" if name else language


def settle_language(stated: str | None, text: str) -> tuple[str | None, str | None]:
    """The language of a report whose header states ``stated`` or none, and why it is not read, None where it is.

    A header that names another language than English is believed; one that says English is not where the text is
    plainly in another.
    """
    if not is_english(stated):
        return stated, f"not read: language {called(stated or '')}, as the header says; the text is stored as it is"
    found = language_of(text)
    if found is None or found == "en":
        return stated, None
    despite = ", though the header says English" if stated else ""
    return found, f"not read: language {called(found)}{despite}; the text is stored as it is"

"""What to do about each kind of issue, in a sentence for the person at the desk."""

from __future__ import annotations

__all__ = ["REMEDIES", "remedy"]

REMEDIES = {
    "ambiguous-date": "Write the date as 2017-03-31 and read the report again.",
    "attachment-left-out": "Where an attachment holds a report, save it by itself and read that.",
    "bad-date": "Correct the date where the issue says, as 2017-03-31, and read the report again.",
    "binary-file": "Give the file its right ending, or save it as text.",
    "broken-document": "Save the document again, or as text.",
    "broken-line": "Correct the line and read the file again; its other lines are read already.",
    "cut-short": "Fetch the file again: its end is missing.",
    "dates-disagree": "Look which day is right. The one in the text counts; both are kept.",
    "duplicate-id": "Give each report an id of its own, then read them again.",
    "empty-file": "Remove the file, or fill it.",
    "encoding-broken": "Save the file as UTF-8 and read it again.",
    "encoding-guessed": "Nothing, unless words look wrong: then save the file as UTF-8.",
    "encrypted": "Save the file without its password.",
    "feed-list": "The file only names feeds: save the feeds themselves.",
    "header-key-twice": "Take one of the two lines out.",
    "header-unclosed": "Put a blank line after the header.",
    "missing-extra": "Install what the issue names, then read the file again.",
    "nested-too-deep": "Save the innermost mail by itself.",
    "no-article": "Save the article's own page, or its text.",
    "no-body": "Put the report's text after a blank line.",
    "no-feed": "Save the text by itself.",
    "no-reports": "Put files into the folder that can be read.",
    "no-such-column": "Correct the map of columns.",
    "no-text-column": "Name the column that holds the text: --map COLUMN=text.",
    "not-fetched": "Look whether the address still answers in a browser, then fetch it again.",
    "no-text-layer": "Make the pictures text first (OCR).",
    "not-read": "Read a translation, or correct the language where it is English after all.",
    "reading-crashed": "Read it on a machine with more memory. If it ends there too, please report it, with its text.",
    "reading-too-large": "Split the report: it takes too much memory to read.",
    "reading-too-long": "Give it more time with --time-limit, or split the report.",
    "records-left-out": "Nothing, mostly: these are no pages.",
    "row-without-text": "Fill the row, or leave it.",
    "stage-failed": "Please report it, with the report's text where you can share it. The layers before are kept.",
    "too-large": "Split the report, or write it as JSON lines.",
    "text-too-long": "Split the report: what stands beyond is not read.",
    "took-too-long": "Split the document, or save it as text.",
    "unknown-header-key": "Correct the line, or remove it.",
    "unpacks-too-large": "Unpack the archive yourself where you trust it.",
    "unread-ending": "Rename the file where it is plain text.",
    "unreadable-file": "Look at the file's permissions, or name the file itself.",
}
"""By code; a test holds it against the codes that intake gives. docs/reference/input.md says more of each."""


def remedy(code: str) -> str | None:
    """What to do about an issue of this code; None where the issue's own words must do."""
    return REMEDIES.get(code)

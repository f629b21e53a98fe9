"""The exceptions of twosource. Bad input from the world is an Issue, not an exception; these tell of misuse.

TwosourceError
 ├── UsageError           a call or an option that can't be meant; the message says what to do
 ├── InputError           a path that is not there, or a whole input that can't be opened
 ├── KnowledgeError       a row in data/ that breaks its own rules
 └── ProjectError         a project file that can't be opened, written or understood
"""

from __future__ import annotations

__all__ = ["InputError", "KnowledgeError", "ProjectError", "TwosourceError", "UsageError"]


class TwosourceError(Exception):
    """Every exception that twosource raises on purpose."""


class UsageError(TwosourceError):
    """A call or an option that can't be meant."""


class InputError(TwosourceError):
    """A path that is not there, or an input that can't be opened at all."""


class KnowledgeError(TwosourceError):
    """A row in data/ that breaks its own rules; names the file and the row."""


class ProjectError(TwosourceError):
    """A project file that can't be opened, written or understood."""

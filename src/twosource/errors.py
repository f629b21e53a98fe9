"""The exceptions of twosource. Bad input from the world is an Issue, not an exception; these tell of misuse.

TwosourceError
 ├── UsageError           a call or an option that can't be meant; the message says what to do
 ├── InputError           a path that is not there, or a whole input that can't be opened
 ├── KnowledgeError       a row in data/ that breaks its own rules
 ├── ProjectError         a project file that can't be opened, written or understood
 ├── EngineError          processes or a cluster to read in that can't be started, or ended
 └── ConflictError        a decision on what somebody else has changed meanwhile
"""

from __future__ import annotations

__all__ = [
    "ConflictError",
    "EngineError",
    "InputError",
    "KnowledgeError",
    "ProjectError",
    "TwosourceError",
    "UsageError",
]


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


class EngineError(TwosourceError):
    """Processes or a cluster to read in that can't be started, or ended; what was read before is kept."""


class ConflictError(TwosourceError):
    """A decision on what somebody else has changed meanwhile; nothing was written.

    ``number`` is that of the entry in the log that the person hasn't seen; ``who`` made it, and when (UTC, ISO 8601).
    """

    def __init__(self, message: str, *, number: int, who: str, made: str) -> None:
        super().__init__(message)
        self.number = number
        self.who = who
        self.made = made

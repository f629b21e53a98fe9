"""The labels of the heads, in the order of their scores. The package's reader counts on the same order."""

from __future__ import annotations

SOURCE_ROLES = ("none", "source", "content")
HEDGE_TAGS = ("none", "probable", "doxastic", "condition", "investigation")

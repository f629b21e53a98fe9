"""Codes the same reports by several people, each blind to the others, and settles where they differ.

A task and all that is coded in it are entries of the project's log. Nothing of it touches the claims that everybody
sees until somebody settles it: then it is a decision like any other.
"""

from __future__ import annotations

from twosource.coding.blind import (
    BlindCoding,
    accept,
    add,
    blind_coding,
    coder_of,
    finish,
    fix,
    reject,
    reopen,
    take_back,
)
from twosource.coding.compared import Comparison, Settled, compare
from twosource.coding.settling import settle, settle_agreed
from twosource.coding.tasks import Start, Task, called, draw, list_tasks, set_task

__all__ = [
    "BlindCoding",
    "Comparison",
    "Settled",
    "Start",
    "Task",
    "accept",
    "add",
    "blind_coding",
    "called",
    "coder_of",
    "compare",
    "draw",
    "finish",
    "fix",
    "list_tasks",
    "reject",
    "reopen",
    "set_task",
    "settle",
    "settle_agreed",
    "take_back",
]

"""Writes what a training run did and reached, once for machines and once for people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def write_report(run: dict[str, Any], folder: Path) -> None:
    """Writes run.json and run.md into the folder."""
    (folder / "run.json").write_text(json.dumps(run, indent=1) + "\n", "utf-8")
    (folder / "run.md").write_text(as_markdown(run), "utf-8")


def as_markdown(run: dict[str, Any]) -> str:
    """The run as headings and tables, in its own order."""
    lines = ["# Training run", ""]
    for name, value in run.items():
        if not isinstance(value, dict):
            lines += [f"{name.replace('_', ' ')}: {value}", ""]
            continue
        lines += [f"## {name.replace('_', ' ')}", "", "| what | value |", "|---|---|"]
        lines += [f"| {key} | {_shown(item)} |" for key, item in value.items()]
        lines.append("")
    return "\n".join(lines)


def _shown(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)

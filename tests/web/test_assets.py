from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

import twosource
from twosource.errors import ProjectError
from twosource.web.assets import load_assets

ROOT = Path(twosource.__file__).parents[2]
in_checkout = pytest.mark.skipif(
    not (ROOT / "hatch_build.py").exists(), reason="the package is installed, not checked out"
)


@pytest.fixture
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_missing_bundles_are_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"hatch_build\.py"):
        load_assets(tmp_path)


def test_the_bundles_ask_for_nothing_from_another_host() -> None:
    assets = load_assets()
    assert {"desk.js", "desk.css", "icon.svg", "map.js", "maplibre.js", "maplibre-worker.js"} <= set(assets.manifest)
    assert b"url(" not in assets.contents[assets.manifest["desk.css"]]
    assert b"@import" not in assets.contents[assets.manifest["desk.css"]]


def test_what_is_bundled_comes_with_its_licences() -> None:
    assets = load_assets()
    words = assets.contents[assets.manifest["notices.txt"]].decode()
    for name in ("htmx.org", "maplibre-gl", "world-atlas", "earcut"):
        assert f"\n{name} " in words
    assert "Redistributions in binary form must reproduce the above copyright notice" in words


def test_the_map_is_in_a_file_of_its_own() -> None:
    assets = load_assets()
    size = {name: len(assets.contents[path]) for name, path in assets.manifest.items()}
    assert size["desk.js"] < 100_000
    assert size["map.js"] < 30_000
    assert 100_000 < size["maplibre-worker.js"] < size["maplibre.js"] < 1_500_000


@in_checkout
def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((ROOT / "web-src" / "package-lock.json").read_text())
    assert not [name for name, package in lock["packages"].items() if "resolved" in package]
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


@in_checkout
def test_the_digest_of_the_sources_follows_their_names_and_bytes(tmp_path: Path, hook: ModuleType) -> None:
    (tmp_path / "a.js").write_text("1")
    first = hook.source_digest(tmp_path)
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "x.js").write_text("2")
    assert hook.source_digest(tmp_path) == first
    (tmp_path / "a.js").write_text("3")
    assert hook.source_digest(tmp_path) != first


@in_checkout
def test_fresh_bundles_need_no_node(tmp_path: Path, hook: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / hook.SOURCES).mkdir()
    (tmp_path / hook.BUILT).mkdir(parents=True)
    (tmp_path / hook.BUILT / hook.STAMP).write_text(hook.source_digest(tmp_path / hook.SOURCES))
    monkeypatch.setattr(hook, "find_node", lambda scratch: pytest.fail("node was looked for"))
    hook.bundle(tmp_path)


@in_checkout
def test_an_isolated_build_asks_for_node_only_where_there_is_none(
    tmp_path: Path, hook: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = hook.DeskBuildHook(str(tmp_path), {}, None, None, str(tmp_path), "wheel")
    monkeypatch.setattr(hook.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert made.dependencies() == []
    monkeypatch.setattr(hook.shutil, "which", lambda name: None)
    assert made.dependencies() == [hook.NODE_PACKAGE]

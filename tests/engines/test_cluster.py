"""Daft, in its own runner and on two nodes of Ray, against the local engine; and what a killed worker leaves."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

import cluster_run
from fake_reading import fake_reader
from troubled_reading import killed_reader, troubled_reader
from twosource.engines import cluster
from twosource.engines.cluster import Cluster
from twosource.engines.limits import Limits
from twosource.engines.pool import Pool
from twosource.errors import EngineError, UsageError
from twosource.pipeline import store_reports
from twosource.store import open_project
from twosource.store.reading_digest import ReadingDigest, reading_digest
from twosource.views.project import counts


def run_by_daft(runner: str, folder: Path) -> int:
    """The exit code of a run into daft.db."""
    command = [sys.executable, cluster_run.__file__, runner, str(folder / "daft.db"), str(folder / "marker")]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert ran.returncode in (0, 3), ran.stderr
    return ran.returncode


def digest_of(path: Path) -> ReadingDigest:
    with open_project(path) as project, project.looking() as connection:
        return reading_digest(connection)


def digest_by_pool(folder: Path) -> ReadingDigest:
    with open_project(folder / "pool.db", create=True) as project, Pool(troubled_reader, workers=1) as pool:
        store_reports(cluster_run.reports(folder / "marker"), project, pool)
    return digest_of(folder / "pool.db")


def test_daft_alone_gives_what_the_pool_gives_after_a_worker_was_killed(tmp_path: Path) -> None:
    pytest.importorskip("daft")
    assert run_by_daft("native", tmp_path) == 3
    with open_project(tmp_path / "daft.db") as project:
        assert counts(project).reports == 32
    assert run_by_daft("native", tmp_path) == 0
    assert digest_of(tmp_path / "daft.db") == digest_by_pool(tmp_path)


def test_two_nodes_of_ray_give_what_the_pool_gives_though_a_worker_is_killed(tmp_path: Path) -> None:
    pytest.importorskip("daft")
    pytest.importorskip("ray")
    assert run_by_daft("ray", tmp_path) == 0
    assert (tmp_path / "marker").exists()
    assert digest_of(tmp_path / "daft.db") == digest_by_pool(tmp_path)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no signals here")
def test_a_worker_that_is_killed_while_it_loads_is_told_with_what_helps_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_connected", lambda address: None)
    with pytest.raises(EngineError, match="memory for each worker, or read with --engine pool --workers 0"):
        Cluster(killed_reader, workers=1)
    with pytest.raises(EngineError, match="memory for each worker, or read with --engine pool --workers 0"):
        cluster.Worker(pickle.dumps(killed_reader), msgspec.msgpack.encode(Limits()), [])


def test_without_the_extra_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "daft", None)
    with pytest.raises(UsageError, match=r"daft is not installed: pip install 'twosource\[cluster\]'"):
        Cluster(fake_reader, workers=1)

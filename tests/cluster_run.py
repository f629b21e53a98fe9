"""A run by Daft in a process of its own, since a process keeps the first runner that Daft got in it.

python tests/cluster_run.py native|ray PROJECT MARKER   exit code 3 where the run ended before its end
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fake_reading import make_report
from troubled_reading import troubled_reader
from twosource.engines.cluster import Cluster
from twosource.errors import EngineError
from twosource.pipeline import store_reports
from twosource.records import Report
from twosource.store import open_project

MEMORY = 100 * 2**20
SLOW_START = {"RAY_raylet_start_wait_time_s": "200", "RAY_USAGE_STATS_ENABLED": "0"}


def reports(marker: Path) -> list[Report]:
    """Many reports: one kills its process, one fails, and one kills Daft's worker once, unless the marker is there."""
    whole = [make_report(f"r{n:03}", f"Norland shelled Vale{n}, killing {n}. ???") for n in range(70)]
    whole[7] = make_report("deadly", "!die")
    whole[9] = make_report("bad", "!crash")
    whole[60] = make_report("carrier", f"Norland seized Vale. !carrier {marker}")
    return whole


@contextmanager
def two_nodes() -> Iterator[str]:
    """The address of a Ray cluster of two nodes on this machine, with a core each."""
    os.environ |= SLOW_START
    import ray
    from ray.cluster_utils import Cluster as Nodes

    head = {"num_cpus": 1, "object_store_memory": MEMORY, "include_dashboard": False}
    nodes = Nodes(initialize_head=True, head_node_args=head)
    try:
        nodes.add_node(num_cpus=1, object_store_memory=MEMORY)
        yield nodes.address
    finally:
        ray.shutdown()
        nodes.shutdown()


def run(project: str, marker: str, address: str | None) -> None:
    """Reads the reports into the project, 32 a job."""
    engine = Cluster(troubled_reader, workers=2, address=address, job=32)
    with open_project(project, create=True) as opened:
        store_reports(reports(Path(marker)), opened, engine)


if __name__ == "__main__":
    try:
        if sys.argv[1] == "ray":
            with two_nodes() as address:
                run(*sys.argv[2:4], address)
        else:
            run(*sys.argv[2:4], None)
    except EngineError as error:
        print(error, file=sys.stderr)
        sys.exit(3)

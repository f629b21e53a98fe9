"""The cluster: the same reading by Daft, in its own runner on this machine or on a Ray cluster of many.

Daft hands reports out and collects readings; each of its workers reads with a pool of one process, so that limits,
reports that end their process and the answer itself are those of the pool. Needs the extra ``cluster``.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from twosource.engines.limits import Limits
from twosource.engines.local import Reader
from twosource.engines.pool import Pool
from twosource.errors import EngineError, UsageError
from twosource.records import Reading, Report

__all__ = ["Cluster", "Worker"]

_SHARE = 8  # reports that a worker is handed at once
_JOB = 1024  # reports that are read before what they hold is stored
_ADVICE = "see that there is memory for each worker, or read with --engine pool --workers 0"
_CORES = 0.5  # of each Daft worker, which waits for its process; with a whole one Daft never starts them on a full node
_encode = msgspec.msgpack.Encoder().encode
_reports = msgspec.msgpack.Decoder(Report)
_readings = msgspec.msgpack.Decoder(Reading)


class Cluster:
    """An Engine over Daft. Batches are taken until there are enough reports for a job; a job is one query of Daft."""

    def __init__(
        self,
        load: Callable[[], Reader],
        *,
        workers: int,
        address: str | None = None,
        limits: Limits | None = None,
        job: int = _JOB,
    ) -> None:
        """Reads on the Ray cluster at ``address`` ('auto' finds one that runs here), or on this machine without.

        ``load`` must be picklable and importable on every node. A worker is started here for its fingerprint. Raises
        UsageError where Daft (or Ray) is not installed, EngineError where the cluster can't be reached.
        """
        self._daft = _connected(address)
        self._load, self._limits = load, limits or Limits()
        self._workers, self._job, self._spread = workers, job, address is not None
        with Pool(load, workers=1, advice=_ADVICE) as pool:
            self.fingerprint = pool.fingerprint

    def read(self, batches: Iterable[Sequence[Report]]) -> Iterator[list[Reading]]:
        """The readings of each batch, in order, without tokens. The batches of a whole job are taken ahead.

        Raises EngineError where a job fails, as when a machine is lost; readings given before are whole.
        """
        waiting: list[Sequence[Report]] = []
        for batch in batches:
            waiting.append(batch)
            if sum(map(len, waiting)) >= self._job:
                yield from self._read(waiting)
                waiting = []
        yield from self._read(waiting)

    def _read(self, batches: Sequence[Sequence[Report]]) -> Iterator[list[Reading]]:
        readings = iter(self._run([report for batch in batches for report in batch]))
        for batch in batches:
            yield [next(readings) for _ in batch]

    def _run(self, reports: Sequence[Report]) -> list[Reading]:
        """The reports' readings, in order, by one query."""
        if not reports:
            return []
        frame = self._daft.from_pydict({"number": list(range(len(reports))), "report": [_encode(r) for r in reports]})
        if self._spread:
            frame = frame.into_partitions(min(len(reports), 4 * self._workers))
        readers = _readers(self._daft, self._workers)(pickle.dumps(self._load), _encode(self._limits), sys.path)
        try:
            found = frame.select(frame["number"], readers.read(frame["report"]).alias("reading")).to_pydict()
        except Exception as fault:
            raise EngineError(f"reading on the cluster failed ({_last_line(fault)}): give the command again") from fault
        decoded = {number: _readings.decode(one) for number, one in zip(found["number"], found["reading"], strict=True)}
        return [msgspec.structs.replace(decoded[n], report=report) for n, report in enumerate(reports)]


class Worker:
    """What each of Daft's workers holds: a pool of one process, which stays."""

    def __init__(self, load: bytes, limits: bytes, path: Sequence[str]) -> None:
        """Takes the function that gives a Reader (pickled), the Limits (MessagePack), and where its modules may lie."""
        sys.path += [folder for folder in path if folder not in sys.path]
        made: Callable[[], Reader] = pickle.loads(load)  # noqa: S301 - the bytes come from the run that asks
        self._pool = Pool(
            made, workers=1, limits=msgspec.msgpack.decode(limits, type=Limits), stay=True, advice=_ADVICE
        )

    def read(self, reports: Sequence[bytes]) -> list[bytes]:
        """The readings of the reports, in order, both as MessagePack."""
        decoded = [_reports.decode(one) for one in reports]
        return [_encode(reading) for readings in self._pool.read([decoded]) for reading in readings]


def _readers(daft: Any, workers: int) -> Any:
    """The class of whose objects Daft makes one in each of its workers. It is sent to them by value, so it is bare."""

    @daft.cls(cpus=_CORES, use_process=True, max_concurrency=workers)
    class Readers:
        def __init__(self, load: bytes, limits: bytes, path: Sequence[str]) -> None:
            from twosource.engines.cluster import Worker

            self.worker = Worker(load, limits, path)

        @daft.method.batch(return_dtype=daft.DataType.binary(), batch_size=_SHARE)  # type: ignore[untyped-decorator]
        def read(self, reports: Any) -> list[bytes]:
            return self.worker.read(reports.to_pylist())

    return Readers


def _connected(address: str | None) -> Any:
    """Daft, with the runner that reads there."""
    try:
        import daft

        if address is None:
            daft.set_runner_native()
        else:
            import ray

            ray.init(address=address, ignore_reinit_error=True, log_to_driver=False, configure_logging=False)
            daft.set_runner_ray(address=address, noop_if_initialized=True)
    except ModuleNotFoundError as fault:
        raise UsageError(f"{fault.name} is not installed: pip install 'twosource[cluster]'") from None
    except (ConnectionError, OSError, RuntimeError, ValueError) as fault:
        raise EngineError(
            f"no Ray cluster answers at {address} ({_last_line(fault)}): see 'ray status' there"
        ) from fault
    return daft


def _last_line(fault: BaseException) -> str:
    """What a fault says in the end: Daft and Ray put the traceback of their worker before it."""
    return (str(fault).strip().splitlines() or [type(fault).__name__])[-1][:200]

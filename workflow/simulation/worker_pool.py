"""A team of processes: the same work for many, on as many processors as there are, with word of how far it has come."""

import gc
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from multiprocessing.queues import Queue
from os import cpu_count
from queue import Empty
from types import TracebackType
from typing import Any, Self, TypeVar

Outcome = TypeVar("Outcome")
#: Told how many steps of how many are done.
Progress = Callable[[int, int], None]
_LISTEN_SECONDS = 0.2
#: A worker makes many small things that are soon gone; looking for those that hang together so often is not worth it.
_COLLECT_AFTER = 100_000
_told_to: list["Queue[int]"] = []


class Team:
    """Use it as a context manager. A team of one works where it is called, without processes of its own."""

    def __init__(self, wanted: int) -> None:
        self.size = max(1, min(wanted, cpu_count() or 1))
        context = get_context("spawn")
        self._queue: Queue[int] = context.Queue()
        self._pool = ProcessPoolExecutor(self.size, context, _begin, (self._queue,)) if self.size > 1 else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def do(
        self, work: Callable[..., Outcome], asked: Sequence[tuple[Any, ...]], *, steps: int, told: Progress
    ) -> list[Outcome]:
        """`work` is called with each of what is asked, and with what it calls after each of its steps.

        The answers come in the order of what was asked. Raises what the work raises.
        """
        if self._pool is None:
            return _one_by_one(work, asked, steps, told)
        futures = [self._pool.submit(_worked, work, one) for one in asked]
        done = 0
        while not all(future.done() for future in futures):
            try:
                done += self._queue.get(timeout=_LISTEN_SECONDS)
            except Empty:
                continue
            told(done, steps * len(asked))
        return [future.result() for future in futures]


def _one_by_one(
    work: Callable[..., Outcome], asked: Sequence[tuple[Any, ...]], steps: int, told: Progress
) -> list[Outcome]:
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        told(done, steps * len(asked))

    return [work(*one, step) for one in asked]


def _begin(queue: "Queue[int]") -> None:
    gc.set_threshold(_COLLECT_AFTER)
    _told_to[:] = [queue]


def _worked(work: Callable[..., Outcome], asked: tuple[Any, ...]) -> Outcome:
    return work(*asked, partial(_told_to[0].put, 1))

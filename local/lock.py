"""One stack per state directory: a lock that ends with its process, however that ends."""

import fcntl
import os
from pathlib import Path

from local.process import StackError


class StackIsRunning(StackError):
    """Another process has the lock."""


class InstanceLock:
    """An flock on a file that also says who holds it.

    Temporal's SQLite file has no lock of its own: a second server would start on it happily.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Take the lock. Raises StackError with the holder's own words when another process has it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            holder = self._path.read_text().strip() or "It is starting or stopping just now."
            raise StackIsRunning(f"A stack already runs in {self._path.parent}.\n{holder}") from None
        self._descriptor = descriptor
        self.describe(f"Process {os.getpid()}, starting.")

    def describe(self, words: str) -> None:
        """Say who holds it and where to find it: what a second `make up` prints."""
        assert self._descriptor is not None, "describe() needs the lock"
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, words.encode(), 0)

    def release(self) -> None:
        """Give it back. The file stays: removing a locked file would let two processes hold 'the' lock."""
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None

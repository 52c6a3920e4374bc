"""A program that is asked by a line and answers by a line: how a side in a process of its own is driven."""

import asyncio
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Final, TypeVar

from activities.bounds.within import within
from local.process import StackError, private_log, tail
from models.vocabulary.base import Model

M = TypeVar("M", bound=Model)
LONGEST_LINE: Final = 16 * 2**20
LEAVING_SECONDS: Final = 90.0


class Talker:
    """One such program. It ends when its standard input does, so it does not outlive whoever asks it."""

    def __init__(
        self, argv: Sequence[str], *, cwd: Path, log: Path, environment: Mapping[str, str] | None = None
    ) -> None:
        self._argv, self._cwd, self._log = list(argv), cwd, log
        self._environment = dict(environment or {})
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it; what it says of itself goes to the log."""
        log: IO[bytes]
        with private_log(self._log) as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._argv,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                cwd=self._cwd,
                env={**os.environ, **self._environment},
                limit=LONGEST_LINE,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self._process is not None, "it was started"
        return self._process.pid

    async def ask(self, line: str, answer: type[M], seconds: float) -> M:
        """Say a line, await the next one. Raises StackError with the end of its log."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n".encode())
        await self._process.stdin.drain()
        return await self.hear(answer, seconds)

    async def hear(self, answer: type[M], seconds: float) -> M:
        """Await a line that it says by itself. Raises as `ask` does."""
        assert self._process is not None
        assert self._process.stdout is not None
        try:
            said = await within(seconds, self._process.stdout.readline(), "it answers")
        except TimeoutError:
            raise self._failure(f"did not answer within {seconds:.0f} s") from None
        if not said:
            raise self._failure("ended")
        return answer.model_validate_json(said)

    def _failure(self, what: str) -> StackError:
        program = " ".join(self._argv[:3])
        return StackError(f"{program} {what}. The end of {self._log}:\n{tail(self._log)}")

    async def stop(self) -> None:
        """Close its input, and wait until it has ended."""
        if self._process is None or self._process.returncode is not None:
            return
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            await within(LEAVING_SECONDS, self._process.wait(), "the program ends")
        except TimeoutError:
            self._process.kill()
            await self._process.wait()

"""Commands of `docs/operations.md`, played on the cluster as they stand there."""

import asyncio
import re
import shlex
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Final

from activities.bounds.within import within
from local.cluster.cluster import Cluster
from local.cluster.compose import ROOT
from local.process import StackError, ended

MANUAL: Final = ROOT / "docs" / "operations.md"
COMMAND_SECONDS: Final = 600.0
_COMMAND: Final = re.compile(r"^ *(docker compose .+)$|`(docker compose [^`]+)`", re.MULTILINE)
_REDIRECTIONS: Final = {"<": "rb", ">": "wb"}


def commands(section: str, *about: str) -> list[str]:
    """The lines of a section that begin with `docker compose`, in its order; with `about` those of the one
    block that names all of it. Raises StackError where the manual says nothing of the kind."""
    manual = MANUAL.read_text()
    body = manual.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"```\n(.*?)```", body, re.DOTALL) if about else [body]
    for block in blocks:
        found = [in_block or inline for in_block, inline in _COMMAND.findall(block)]
        if found and all(each in block for each in about):
            return found
    raise StackError(f"{MANUAL.name} says no such command under «{section}»: {', '.join(about)}")


class Manual:
    """Whoever follows it, in a folder that `copies/…` lies in."""

    def __init__(self, cluster: Cluster, folder: Path) -> None:
        self._cluster, self._folder = cluster, folder

    async def follow(self, lines: Sequence[str]) -> str:
        """One after another. What was said; raises StackError at the first that fails."""
        said = ""
        for line in lines:
            code, words = await self.tries(line)
            said += words
            if code:
                raise StackError(f"{line}: exit code {code}\n{words}")
        return said

    async def tries(self, line: str) -> tuple[int, str]:
        """The exit code of one command, and what it said; raises StackError for what nobody plays here."""
        asked, redirected = redirections(shlex.split(line))
        match asked[2:]:
            case ["stop", *services]:
                await self._cluster.stop(*services)
            case ["up", "-d"]:
                await self._cluster.up()
            case ["exec", "-T", service, *words] | ["run", "--rm", "-T", service, *words]:
                return await self._in_a_room(service, words, redirected)
            case _:
                raise StackError(f"Nobody plays this here: {line}")
        return 0, ""

    async def _in_a_room(self, service: str, words: Sequence[str], files: dict[str, str]) -> tuple[int, str]:
        with ExitStack() as opened:
            given, taken = (self._file(opened, files, sign) for sign in "<>")
            process = await asyncio.create_subprocess_exec(
                *next(self._cluster.of(service)).room.argv(words),
                stdin=given or asyncio.subprocess.DEVNULL,
                stdout=taken or asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
            opened.enter_context(ended(process))
            said, wrong = await within(COMMAND_SECONDS, process.communicate(), f"{words[0]} ends")
        assert process.returncode is not None
        return process.returncode, f"{(said or b'').decode()}{wrong.decode()}"

    def _file(self, opened: ExitStack, files: dict[str, str], sign: str) -> IO[bytes] | None:
        path = files.get(sign)
        return opened.enter_context((self._folder / path).open(_REDIRECTIONS[sign])) if path else None


def redirections(words: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """`a b > c` → `[a, b]`, `{">": "c"}`."""
    files: dict[str, str] = {}
    kept: list[str] = []
    rest = iter(words)
    for word in rest:
        if word in _REDIRECTIONS:
            files[word] = next(rest)
        else:
            kept.append(word)
    return kept, files

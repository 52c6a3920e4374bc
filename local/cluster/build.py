"""Programs that the images hold and no package has: built from Go modules at the release the images name.

Each is built once and kept in `.state/cluster/bin` under its release: another release is another file. The Go
toolchain brings the sources by its own module proxy and compares them with its database of sums.
"""

import json
import os
import re
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from local.process import Child, StackError
from models.settings.temporal_set import SERVER, UI

BUILD_SECONDS: Final = 3600.0
_USUAL_GO: Final = Path("/usr/local/go/bin/go")


@dataclass(frozen=True)
class Built:
    """A program of a Go module."""

    module: str
    package: str  # below the module
    release: str
    tags: str = ""
    beside: str = ""  # a file of the module that the image holds beside the program
    added: str = ""  # at that file's end

    @property
    def last_word(self) -> str:
        """What `go install` calls it."""
        return self.package.rsplit("/", 1)[-1]


BUILT: Final[Mapping[str, Built]] = {
    # The tag is that of the server's own Makefile: its releases are built so.
    "temporal-server": Built("go.temporal.io/server", "cmd/server", SERVER, "disable_grpc_modules"),
    "temporal-sql-tool": Built("go.temporal.io/server", "cmd/tools/sql", SERVER, "disable_grpc_modules"),
    # Its template names no address to listen on: it would be reached from outside.
    "temporal-ui": Built(
        module="github.com/temporalio/ui-server/v2",
        package="cmd/server",
        release=UI,
        beside="config/docker.yaml",
        added='host: {{ env "LISTEN_ON" }}\n',
    ),
    "caddy": Built("github.com/caddyserver/caddy/v2", "cmd/caddy", "2.11.9"),
}


def go() -> Path | None:
    """Go's program, where there is one."""
    found = shutil.which("go")
    return Path(found) if found else _USUAL_GO if _USUAL_GO.exists() else None


class Workshop:
    """The folder of what was built."""

    def __init__(self, home: Path) -> None:
        self._home = home / "bin"
        self._log = home / "log" / "build.log"

    def path(self, name: str) -> Path:
        """Where a program of the release that is wanted now lies, or will lie."""
        return self._home / f"{name}-{BUILT[name].release}"

    def beside(self, name: str) -> Path:
        """The file of its module that is kept with it."""
        path = self.path(name)
        return path.with_name(f"{path.name}-{Path(BUILT[name].beside).name}")

    def missing(self) -> list[str]:
        return [name for name in BUILT if not self.path(name).exists()]

    async def build(self, name: str) -> None:
        """Build one. Raises StackError with the end of the compiler's words."""
        program, found = BUILT[name], go()
        if found is None:
            raise StackError("Go is missing.")
        made = self._home / ".making" / name
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(parents=True)
        env = {"GOBIN": str(made), "CGO_ENABLED": "0", "HOME": os.environ.get("HOME", str(self._home))}
        tags = ("-tags", program.tags) if program.tags else ()
        await _runs(
            Child(
                name=f"The build of {name}",
                argv=[
                    *("nice", "-n", "10", str(found), "install", "-trimpath", *tags),
                    f"{program.module}/{program.package}@v{program.release}",
                ],
                log=self._log,
                env=env,
            )
        )
        if program.beside:
            told = made / "module.json"
            asked = [str(found), "mod", "download", "-json", f"{program.module}@v{program.release}"]
            await _runs(Child(name=f"The module of {name}", argv=asked, log=told, env=env))
            source = Path(json.loads(told.read_text())["Dir"])
            self.beside(name).write_text((source / program.beside).read_text() + program.added)
        (made / program.last_word).replace(self.path(name))
        shutil.rmtree(made)


async def _runs(child: Child) -> None:
    """Raises StackError with the end of its words."""
    await child.start()
    if await child.finish(BUILD_SECONDS):
        raise child.failure("failed")


def lacks(workshop: Workshop, compiler: Path | None, others: Collection[str]) -> str:
    """One message that names all that is missing on this machine; empty where nothing is."""
    missing = list(others)
    unbuilt = workshop.missing()
    if unbuilt and compiler is None:
        missing.append(f"Go, to build {', '.join(unbuilt)} (`go` on PATH or in {_USUAL_GO.parent})")
    if not missing:
        return ""
    return "The cluster needs what this machine has not:\n" + "\n".join(f"  - {each}" for each in missing)


def release_of(image: str) -> str:
    """`caddy:2.11.9` → `2.11.9`."""
    return re.sub(r"^v|-.*$", "", image.rpartition(":")[2])

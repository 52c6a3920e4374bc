"""What stands in each image's place: one small table, by the image's name.

The files of the compose file are mounted where it says; what an image itself would hold is said here.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from local.cluster.build import Workshop
from local.cluster.compose import ROOT
from local.process import StackError
from local.temporal import binary as temporal_command_line

PROGRAMS: Final = "/opt/programs"
"""Where built programs are found in a room."""
APPLICATION: Final = "/srv/monitoring"
_SETTINGS: Final = "/opt/settings"
_DEBIANS: Final = Path("/usr/lib/postgresql")
_OWN_POSTGRES: Final = "CLUSTER_POSTGRES"
_EXTENSION: Final = "extension/btree_gin.control"
"""Temporal's visibility schema needs it; the PostgreSQL of the tests comes without."""


@dataclass(frozen=True)
class Image:
    """What a room of the image has besides the system's programs, and how its program is called."""

    uid: int
    mounts: Mapping[Path, str] = field(default_factory=dict)  # of this machine → in the room, read only
    path: tuple[str, ...] = ()  # before the system's programs
    entry: tuple[str, ...] = ()  # before the command
    command: tuple[str, ...] = ()  # where the compose file names none
    workdir: str = "/"
    environment: Mapping[str, str] = field(default_factory=dict)


def image(name: str, workshop: Workshop) -> Image:
    """What plays an image. Raises StackError where it is missing, and for one that nothing plays."""
    match name.rpartition(":")[0]:
        case "postgres":
            return _postgres(int(re.split(r"\D", name.rpartition(":")[2])[0]))
        case "temporalio/server":
            return Image(uid=1000, mounts=_built(workshop, "temporal-server"), path=(PROGRAMS,))
        case "temporalio/admin-tools":
            tools = _built(workshop, "temporal-sql-tool")
            tools[temporal_command_line()] = f"{PROGRAMS}/temporal"
            return Image(uid=1000, mounts=tools, path=(PROGRAMS,))
        case "temporalio/ui":
            return _temporal_ui(workshop)
        case "caddy":
            return Image(uid=1000, mounts=_built(workshop, "caddy"), path=(PROGRAMS,))
        case "anticorruption-monitoring":
            return _application()
    raise StackError(f"Nothing plays the image {name} here.")


def _built(workshop: Workshop, *names: str) -> dict[Path, str]:
    return {workshop.path(name): f"{PROGRAMS}/{name}" for name in names}


def _temporal_ui(workshop: Workshop) -> Image:
    """Its settings are a template that the image holds."""
    settings = workshop.beside("temporal-ui")
    return Image(
        uid=1000,
        mounts={**_built(workshop, "temporal-ui"), settings: f"{_SETTINGS}/docker.yaml"},
        path=(PROGRAMS,),
        command=("temporal-ui", "--root", "/", "--config", _SETTINGS, "--env", "docker", "start"),
    )


def _application() -> Image:
    """What of this checkout is copied into the image, and the environment that this program runs in."""
    shown = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    environment = Path(sys.prefix).resolve()
    mounts = {ROOT / name: f"{APPLICATION}/{name}" for name in shown}
    for place in {environment, Path(sys.base_prefix).resolve()}:
        if not place.is_relative_to("/usr"):
            mounts[place] = str(place)
    dockerfile = (ROOT / "Dockerfile").read_text().replace("\\\n", "")
    command = json.loads(dockerfile.rpartition("\nCMD ")[2])
    return Image(
        uid=10001,
        mounts=mounts,
        path=(str(environment / "bin"),),
        command=tuple(map(str, command)),
        workdir=APPLICATION,
        environment={"PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1"},
    )


def _postgres(major: int) -> Image:
    programs = postgres_programs(major)
    if programs is None:
        raise StackError("PostgreSQL is missing.")
    mounts = {Path(__file__).with_name("postgres.sh"): f"{PROGRAMS}/entry.sh"}
    if not programs.is_relative_to("/usr"):
        mounts[programs.parent] = str(programs.parent)
    return Image(
        uid=999,
        mounts=mounts,
        path=(str(programs),),
        entry=("sh", f"{PROGRAMS}/entry.sh"),
        command=("postgres",),
    )


def postgres_programs(major: int) -> Path | None:
    """The folder of the server's programs: the one that is named, of the file's release, or the newest."""
    named = os.environ.get(_OWN_POSTGRES)
    if named:
        return Path(named).resolve()
    found = {
        int(each.name): each / "bin"
        for each in _DEBIANS.glob("[0-9]*")
        if (each / "bin" / "postgres").exists() and _has_btree_gin(each.name)
    }
    return found.get(major) or found.get(max(found, default=0))


def major_of(programs: Path) -> int:
    """The major release of a folder's PostgreSQL."""
    asked = [str(programs / "postgres"), "--version"]
    said = subprocess.run(asked, capture_output=True, text=True, check=True, timeout=10).stdout
    found = re.search(r"\d+", said)
    return int(found[0]) if found else 0


def _has_btree_gin(major: str) -> bool:
    return Path("/usr/share/postgresql", major, _EXTENSION).exists()


def missing(major: int) -> list[str]:
    """What of the system's packages is not there, each as it can be had."""
    wanted = {
        "bwrap": "bubblewrap, for a room of each service's own (Debian: bubblewrap)",
        "openssl": "openssl, for secrets and a certificate (Debian: openssl)",
        "wget": "wget, for health checks (Debian: wget)",
        "psql": "PostgreSQL's client (Debian: postgresql-client)",
    }
    lacking = [words for program, words in wanted.items() if shutil.which(program) is None]
    if postgres_programs(major) is None:
        lacking.append(
            f"PostgreSQL {major} with its extension btree_gin (Debian: postgresql; or the folder of its "
            f"programs in {_OWN_POSTGRES})"
        )
    return lacking

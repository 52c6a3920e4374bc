"""Disks of a drill's own that can be filled: tmpfs in a mount namespace, which needs nobody's rights.

The drill begins itself anew under `unshare` (util-linux): PostgreSQL's data has a disk, everything else of
the stack another one. Both are gone when the drill is over, and with them its data; logs are copied out.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from local.process import StackError

DATABASE: Final = "postgres"
"""The folder of PostgreSQL's data below a stack's home."""
INSIDE: Final = "DRILL_HAS_SMALL_DISKS"
SETTINGS: Final = {"DISK_FREE_MEGABYTES": "16"}
"""Of so small disks little is free on the best of days."""
_MEGABYTES: Final = 768
_MOUNTS: Final = f"""
mount -t tmpfs -o size={_MEGABYTES}m,mode=0755 drill "$1" && mkdir "$1/{DATABASE}" &&
mount -t tmpfs -o size={_MEGABYTES}m,mode=0700 drill "$1/{DATABASE}" && shift && exec "$@"
"""


def begin_anew(home: Path, program: Sequence[str]) -> None:
    """Become the same program with small disks under `home`; return where it has them.

    Raises StackError where this machine gives no namespaces.
    """
    if INSIDE in os.environ:
        return
    home.mkdir(parents=True, exist_ok=True)
    again = entering(home, program)
    tried = subprocess.run(entering(home, ["true"]), capture_output=True, text=True, timeout=30, check=False)
    if tried.returncode:
        raise StackError(
            "Full disks need `unshare` (util-linux) and a kernel that lets this user make namespaces and "
            f"mount in them: {tried.stderr.strip()}"
        )
    os.environ[INSIDE] = "yes"
    os.execvp(again[0], again)


def entering(home: Path, program: Sequence[str]) -> list[str]:
    """The command: root mounts, anybody else does so in a namespace of users and is himself again inside."""
    if shutil.which("unshare") is None:
        raise StackError("Full disks need `unshare` (util-linux).")
    mounts = ["sh", "-c", _MOUNTS, "sh", str(home)]
    if os.geteuid() == 0:
        return ["unshare", "--mount", *mounts, *program]
    himself = ["unshare", "--user", f"--map-user={os.getuid()}", f"--map-group={os.getgid()}"]
    return ["unshare", "--user", "--map-root-user", "--mount", *mounts, *himself, *program]


def same_program() -> list[str]:
    """How this one was begun."""
    return [sys.executable, *sys.orig_argv[1:]]

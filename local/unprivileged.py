"""The user that PostgreSQL runs as: it refuses to run as root."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from local.launch import KEEP_USER

NOBODY = "nobody"


@dataclass(frozen=True)
class User:
    """A user and group for a child process; -1 means: as we are."""

    uid: int = KEEP_USER
    gid: int = KEEP_USER

    def owns(self, path: Path) -> None:
        """Give a file or directory to this user."""
        if self.uid != KEEP_USER:
            os.chown(path, self.uid, self.gid)

    def reaches(self, path: Path) -> None:
        """Let this user pass through the directories above the path: search permission, not read."""
        if self.uid == KEEP_USER:
            return
        for directory in path.resolve().parents:
            mode = directory.stat().st_mode
            if not mode & stat.S_IXOTH:
                directory.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def unprivileged_user() -> User:
    """Ourselves, or `nobody` when we are root (containers, mostly)."""
    if os.geteuid() != 0:
        return User()
    nobody = pwd.getpwnam(NOBODY)
    return User(nobody.pw_uid, nobody.pw_gid)

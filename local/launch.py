"""Becomes another program that does not outlive the one that started it.

Run as a script: ``launch.py PARENT SIGNAL UID GID PROGRAM ARGUMENT…``. It asks the kernel to send SIGNAL
when PARENT dies (``prctl(2)``, PR_SET_PDEATHSIG, Linux only), then execs PROGRAM. UID -1 keeps the user.
It is a program of its own, because code between fork and exec may deadlock in a process with threads, and the
Temporal client has many.

It imports the standard library only and is started with ``-I -S``, so that it costs milliseconds.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1
KEEP_USER = -1


def become(parent: int, death_signal: int, uid: int, gid: int, argv: list[str]) -> None:
    """Drop to the given user, tie the life to the parent's, and exec."""
    if uid != KEEP_USER:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if sys.platform == "linux":
        # After setuid: changing the user clears the setting.
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
        if os.getppid() != parent:  # it died before we could ask
            sys.exit(1)
    os.execvp(argv[0], argv)


if __name__ == "__main__":
    become(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5:])

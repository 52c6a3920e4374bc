"""A room for one instance: only the files that its service names, its own secrets, its own names of hosts.

Made by bubblewrap out of the kernel's namespaces, for root and for anybody else alike. The network is the
machine's own (`local/cluster/addresses.py`), and memory and processors are not bounded: that is left to a
container engine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from local.cluster.addresses import itself
from local.cluster.compose import ROOT, Compose, Service
from local.cluster.images import Image
from local.process import StackError

_SYSTEM: Final = ("--ro-bind", "/usr", "/usr", "--proc", "/proc", "--dev", "/dev")
_LINKS: Final = {
    "usr/bin": "/bin",
    "usr/sbin": "/sbin",
    "usr/lib": "/lib",
    "usr/lib64": "/lib64",
    "/run": "/var/run",
}
_OF_ETC: Final = ("/etc/ssl", "/etc/alternatives", "/etc/ld.so.cache", "/etc/localtime")
_UNITS: Final = {"k": 2**10, "m": 2**20, "g": 2**30}


@dataclass(frozen=True)
class Room:
    """Where one instance works."""

    host: str
    address: str
    service: Service
    image: Image
    compose: Compose
    home: Path  # of the cluster on this machine
    hosts: str  # what its /etc/hosts says

    def argv(self, command: Sequence[str]) -> list[str]:
        """The command as it is run in the room."""
        return [
            "bwrap",
            *(
                "--die-with-parent",
                "--unshare-user",
                "--unshare-uts",
                "--unshare-ipc",
                "--hostname",
                self.host,
            ),
            *("--uid", str(self._uid), "--gid", str(self._uid)),
            *_SYSTEM,
            *(word for target, link in _LINKS.items() for word in ("--symlink", target, link)),
            *(word for path in _OF_ETC for word in ("--ro-bind-try", path, path)),
            *self._identity(),
            *self._sockets(),
            *self._temporary(),
            *self._of_the_image(),
            *self._volumes(),
            *self._secrets(),
            *self._environment(),
            *("--chdir", self.image.workdir, "--"),
            *(itself(word, self.address) for word in command),
        ]

    def main(self) -> list[str]:
        """What the service runs."""
        return self.argv([*self.image.entry, *(self.service.command or self.image.command)])

    @property
    def _uid(self) -> int:
        return int(self.service.user.partition(":")[0] or self.image.uid)

    def _identity(self) -> list[str]:
        """Files of /etc that tell who it is and how hosts are called."""
        folder = self.home / "rooms" / self.host
        folder.mkdir(parents=True, exist_ok=True)
        files = {
            "hosts": self.hosts,
            "passwd": f"service:x:{self._uid}:{self._uid}::/tmp:/bin/sh\n",
            "group": f"service:x:{self._uid}:\n",
            "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files\n",
            "host.conf": "multi on\n",  # all addresses of a name
        }
        words: list[str] = []
        for name, text in files.items():
            (folder / name).write_text(text)
            words += ("--ro-bind", str(folder / name), f"/etc/{name}")
        return words

    def _sockets(self) -> list[str]:
        """Of PostgreSQL: whatever else is run in the same container signs in by them."""
        folder = self.home / "rooms" / self.host / "sockets"
        folder.mkdir(parents=True, exist_ok=True)
        return ["--bind", str(folder), "/run/postgresql"]

    def _temporary(self) -> list[str]:
        """`/tmp:size=64m`; /tmp is there in any case."""
        asked = dict(each.partition(":")[::2] for each in self.service.tmpfs) or {"/tmp": ""}
        words: list[str] = []
        for path, option in asked.items():
            size = option.removeprefix("size=")
            if size:
                words += ("--size", str(int(size[:-1]) * _UNITS[size[-1]]))
            words += ("--tmpfs", path)
        return words

    def _of_the_image(self) -> list[str]:
        return [word for here, there in self.image.mounts.items() for word in ("--ro-bind", str(here), there)]

    def _volumes(self) -> list[str]:
        words: list[str] = []
        for volume in self.service.volumes:
            here, there, *how = volume.split(":")
            if here.startswith(("./", "/")):
                words += ("--ro-bind" if how == ["ro"] else "--bind", str(ROOT / here), there)
                continue
            kept = self.home / "volumes" / here
            kept.mkdir(parents=True, exist_ok=True)
            words += ("--bind", str(kept), there)
        return words

    def _secrets(self) -> list[str]:
        """Its own and no other's; one that is named and not there stops the start, as with an engine."""
        words: list[str] = []
        for secret in self.service.secrets:
            file = Path(self.compose.secrets[secret.source].file)
            if not file.exists():
                raise StackError(f"{self.host}: the secret {secret.source} is missing: {file}")
            words += ("--ro-bind", str(file), f"/run/secrets/{secret.target}")
        return words

    def _environment(self) -> list[str]:
        given = {
            "PATH": ":".join((*self.image.path, "/usr/local/bin", "/usr/bin", "/bin")),
            "HOME": "/tmp",
            "LANG": "C.UTF-8",
            "LISTEN_ON": "0.0.0.0",
            **self.image.environment,
            **self.service.environment,
        }
        words = ["--clearenv"]
        for name, value in given.items():
            words += ("--setenv", name, itself(value, self.address))
        return words

"""The browser of these tests: one of this machine, Debian's, or Playwright's own.

`python -m tests.browser.chromium` says which, and brings one where there is none.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

VARIABLE: Final = "CHROMIUM"
NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Without Debian's recommendations there is no font with the Kazakh letters.
PACKAGES: Final = ("chromium", "fonts-liberation")
BRINGING_SECONDS: Final = 900
LOOKING_SECONDS: Final = 30
ARGS: Final = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Nothing is asked of anybody outside. Playwright gives a fresh user data directory, and `--no-sandbox`:
root has no sandbox, and these pages are our own."""
NONE: Final = f"""\
There is no browser for the tests of the pages (tests/browser), and none could be brought.
Install Chromium or Chrome, e.g. as root:  apt-get update && apt-get install {" ".join(PACKAGES)}
or, on a machine without packages of Debian:  .venv/bin/playwright install chromium
A browser in another place is named by {VARIABLE}=/path/to/chromium. Then run make test again.
What was tried:"""


class NoBrowser(Exception):
    """No browser; the message says what to do."""


@cache
def chromium() -> str:
    """Where the browser is. Raises NoBrowser."""
    found = _found()
    if found is None:
        raise NoBrowser(f"{NONE} a look for {', '.join(NAMES)} and for Playwright's own.")
    return found


def bring() -> str:
    """Find a browser, or install one. Raises NoBrowser, with the end of what each way has said."""
    said = []
    for way in ((), *_ways()):
        if way:
            said.append(f"  {' '.join(way)}\n{_runs(way)}")
        found = _found()
        if found is not None:
            return found
    raise NoBrowser("\n".join((NONE, *said)))


def _found() -> str | None:
    named = os.environ.get(VARIABLE)
    candidates = [named] if named else [path for name in NAMES if (path := shutil.which(name))]
    return next((each for each in candidates if _starts(each)), None) or (None if named else _playwrights())


def _playwrights() -> str | None:
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() and _starts(own) else None


def _starts(path: str) -> bool:
    """A name alone may be a note that there is no such program."""
    asked = [path, "--version"]
    try:
        done = subprocess.run(asked, capture_output=True, timeout=LOOKING_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _ways() -> Iterator[tuple[str, ...]]:
    if shutil.which("apt-get"):
        root = () if os.geteuid() == 0 else ("sudo", "-n")
        apt = (*root, "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300")
        install = (*apt, "install", "-y", "--no-install-recommends", *PACKAGES)
        yield install
        yield (*apt, "update")
        yield install
    yield (sys.executable, "-m", "playwright", "install", "chromium")


def _runs(way: tuple[str, ...]) -> str:
    """Run it; the end of what it said."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            way, capture_output=True, text=True, timeout=BRINGING_SECONDS, env=environment, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"    {error}"
    lines = (done.stdout + done.stderr).strip().splitlines()[-3:]
    return "\n".join(f"    {line}" for line in lines)


if __name__ == "__main__":
    try:
        print(f"The browser of the tests: {bring()}")
    except NoBrowser as none:
        sys.exit(str(none))

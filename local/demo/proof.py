"""What an auditor takes away: a monitoring's bundle, over HTTP, checked by `verify` without any server."""

import asyncio
import sys
from pathlib import Path
from typing import Final

from activities.bounds.within import within
from local.demo.caller import DemoFailed
from local.demo.conduct import AUDITOR, Conduct
from local.demo.results import save
from local.programs import ROOT

KEYS: Final = "/.well-known/monitoring-keys.json"
WITHIN_SECONDS: Final = 60.0


async def is_proved(conduct: Conduct, folder: Path) -> None:
    """Keep the bundle in a folder, and have it verified by a printed head and the public key.

    Raises `DemoFailed` where it does not verify.
    """
    auditor, theatre = conduct.theatre.call(AUDITOR), conduct.theatre
    name = f"{conduct.number}.zip"
    save(folder, {name: (await auditor.ask(f"{conduct.path}/bundle")).content})
    key = str((await auditor.ask(KEYS)).json()["present"])
    page = await theatre.visitor.opens(await theatre.letterbox.check_page(conduct.number))
    verdict = await _verify(folder / name, page.code, key)
    conduct.says(f"its bundle over HTTP, then offline by `verify`: {verdict}", "")


async def _verify(bundle: Path, head: str, key: str) -> str:
    """The first line of what the program says."""
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "verify.py", str(bundle), "--head", head, "--key", key),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await within(WITHIN_SECONDS, program.communicate(), "verify has checked the bundle")
    if program.returncode != 0:
        raise DemoFailed(f"{bundle.name}: {said.decode()}")
    return said.decode().splitlines()[0]

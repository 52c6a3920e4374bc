"""A report to a thousand bodies, beside the mail library alone sending the same messages."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import aiosmtplib

from benchmarks.calling.large import approved, bodies, dispatched
from benchmarks.measuring.copies import copy_rows
from benchmarks.measuring.families import PARTS, Part
from benchmarks.measuring.spent import Spent, Watch
from benchmarks.sheets import Measured, Rows
from benchmarks.sides.mailbox import MailServer
from benchmarks.sides.product import Product
from benchmarks.sides.sides import Asked, alone
from local.mailbox.store import Envelope
from local.ports import LOOPBACK
from models.vocabulary.procedure import Id

ADDRESSEES: Final = 1000
CONNECTIONS: Final = 4
"""The product's own default (`MAIL_CONNECTIONS`)."""
SECONDS: Final = 900.0
LIKE: Final = "akimat-zhan"
LIBRARY: Final = "aiosmtplib alone"
Message = tuple[str, list[str], bytes]


async def measure(asked: Asked) -> Measured:
    """Each build, and right after it the library with what that build sent."""
    count = 40 if asked.quick else ADDRESSEES
    spent: dict[str, Spent] = {}
    floors: dict[str, Spent] = {}
    for build in asked.builds:
        async with alone(asked, "addressees", build) as product:
            spent[build.label] = await _sent(product, count)
            messages = _newest(product.mail.letters, count)
            floors[build.label] = await _by_the_library(asked.home / "addressees" / "floor", messages)
    rows = Rows((*asked.labels, LIBRARY))
    first = floors[asked.labels[-1]]
    speed = {label: each.per_second for label, each in spent.items()}
    rows.add("letters a second", speed | {LIBRARY: first.per_second})
    rows.add("by the library", {label: speed[label] / floors[label].per_second for label in speed})
    rows.add("CPU-ms of a letter", _milliseconds(spent))
    for part in PARTS:
        rows.add(f"· {part.value}", {k: each.part_each(part) * 1000 for k, each in spent.items()})
    return Measured([rows.sheet(f"A report to {count:,} bodies", NOTE)])


NOTE: Final = (
    "In dispatches of 200 addressees, as many as one may hold, from the first command until the last letter "
    f"has come. The library sends the same messages over as many connections ({CONNECTIONS}) to the same "
    "mailbox, the messages ready in memory."
)


async def _sent(product: Product, count: int) -> Spent:
    named = await further_bodies(product, count)
    conduct = await approved(product, 2, bodies(2))
    before = await product.post.catch_up()
    async with Watch(product.roots) as watch:
        await dispatched(conduct, named, reply=False)
        await product.post.have_come(before + count, SECONDS)
    return watch.spent(count)


async def further_bodies(product: Product, count: int) -> Sequence[Id]:
    """Like one of the sample country, each with an address of its own."""
    named = [f"body-{n}" for n in range(1, count + 1)]
    await copy_rows(
        product, "organisations", f"id = '{LIKE}'", {"id": "'body-' || n", "code": "'B' || n"}, count
    )
    changed = {
        "organisation": "'body-' || n",
        "legal_person": "'body-' || n",
        "email": "'body' || n || '@example.kz'",
    }
    await copy_rows(product, "organisation_versions", f"organisation = '{LIKE}'", changed, count)
    return named


def _newest(letters: Path, count: int) -> list[Message]:
    names = sorted((path.stem for path in letters.glob("*.json")), key=lambda name: name.partition("-")[0])
    return [_message(letters, name) for name in names[-count:]]


def _message(letters: Path, name: str) -> Message:
    envelope = Envelope.model_validate_json((letters / f"{name}.json").read_bytes())
    return envelope.sender, envelope.recipients, (letters / f"{name}.eml").read_bytes()


async def _by_the_library(home: Path, messages: Sequence[Message]) -> Spent:
    mail = MailServer(home)
    await mail.start()
    try:
        waiting = iter(messages)
        async with Watch({Part.MAILBOX: mail.pid}) as watch:

            async def send() -> None:
                async with aiosmtplib.SMTP(hostname=LOOPBACK, port=mail.port, start_tls=False) as smtp:
                    for sender, recipients, content in waiting:
                        await smtp.sendmail(sender, recipients, content)

            await asyncio.gather(*(send() for _ in range(CONNECTIONS)))
        return watch.spent(len(messages))
    finally:
        await mail.stop()


def _milliseconds(spent: Mapping[str, Spent]) -> dict[str, float]:
    return {label: each.cpu_each * 1000 for label, each in spent.items()}

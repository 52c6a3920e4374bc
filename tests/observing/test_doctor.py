"""The doctor over real parts: two stores, a mail server, a server of names."""

import os
import re
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from dns.asyncresolver import Resolver
from dnslib import MX, QTYPE, RR, TXT, DNSRecord
from dnslib.server import BaseResolver, DNSHandler, DNSLogger, DNSServer
from pydantic import SecretStr

from activities.doctor.clocks import agreement
from activities.doctor.finding import Finding, Gravity
from local.mailbox import Mailbox
from local.ports import LOOPBACK, free_port
from local.temporal import Temporal
from models.settings.environment import Settings
from models.vocabulary.queues import Queue
from operate import examined, told
from tests.fixtures.stack import SeededDatabase
from tests.observing.conftest import SECRET, SIGNING_KEY

ROOT: Final = Path(__file__).parents[2]
DOMAIN: Final = "monitoring.example.kz"
REPLIES: Final = "reply.example.kz"


class Names(BaseResolver):  # type: ignore[misc]
    """What is published, by name; changed as an administrator of names would."""

    def __init__(self) -> None:
        self.texts: dict[str, list[str]] = {}
        self.mail: dict[str, str] = {}

    def resolve(self, request: DNSRecord, handler: DNSHandler) -> DNSRecord:
        reply, name = request.reply(), str(request.q.qname).rstrip(".")
        if request.q.qtype == QTYPE.TXT:
            for text in self.texts.get(name, ()):
                # A long text stands in parts of 255 octets (RFC 1035, 3.3.14).
                parts = [text[at : at + 200] for at in range(0, len(text), 200)]
                reply.add_answer(RR(name, QTYPE.TXT, rdata=TXT(parts), ttl=0))
        if request.q.qtype == QTYPE.MX and name in self.mail:
            reply.add_answer(RR(name, QTYPE.MX, rdata=MX(self.mail[name], 10), ttl=0))
        return reply


@pytest.fixture
def names() -> Iterator[tuple[Names, Resolver]]:
    known, port = Names(), free_port()
    server = DNSServer(known, port=port, address=LOOPBACK, logger=DNSLogger(logf=lambda _: None))
    server.start_thread()
    asking = Resolver(configure=False)
    asking.nameservers, asking.port = [LOOPBACK], port
    yield known, asking
    server.stop()
    server.server.server_close()


def of(found: Sequence[Finding], about: str) -> list[Finding]:
    return [each for each in found if each.about == about]


async def test_a_sound_installation_and_one_in_which_much_is_wrong(
    seeded_database: SeededDatabase, mailbox: Mailbox, names: tuple[Names, Resolver], tmp_path: Path
) -> None:
    known, resolver = names
    temporal = Temporal(tmp_path / "temporal", in_memory=True)
    await temporal.start()
    copies = tmp_path / "copies"
    copies.mkdir()
    (copies / "monitoring.dump").write_bytes(b"a copy")
    sound = Settings(
        database_url=seeded_database.url,
        temporal_address=temporal.address,
        smtp_url=SecretStr(mailbox.smtp_url),
        link_secret=SecretStr(SECRET),
        signing_key=SecretStr(SIGNING_KEY),
        payload_keys=SecretStr(f"2027a:{SIGNING_KEY},2026a:{SIGNING_KEY[:-2]}B="),
        payload_encryption="on",  # type: ignore[arg-type]
        mail_from=f"monitoring@{DOMAIN}",
        mail_reply_domain=REPLIES,
        dkim_selector="s1",
        copies_path=str(copies),
        disk_paths=str(tmp_path),
        disk_free_megabytes=1,
    )
    known.texts = {
        DOMAIN: ["another-service=word", "v=spf1 a:mail.example.kz -all"],
        REPLIES: ["v=spf1 a:mail.example.kz -all"],
        "_dmarc.example.kz": ["v=DMARC1; p=reject"],
        f"s1._domainkey.{DOMAIN}": [f"v=DKIM1; k=rsa; p={'A' * 392}"],
    }
    known.mail = {REPLIES: "mail.example.kz"}
    found = await examined(sound, f"somebody@{DOMAIN}", resolver)
    wrong = [each.about for each in found if each.gravity]
    assert wrong == ["workers"] * len(Queue), [told(each) for each in found if each.gravity]
    (letter,) = await mailbox.wait_for(f"somebody@{DOMAIN}")
    assert letter.subject == "Trial letter"
    assert "2026a" in of(found, "keys")[0].said
    assert len(of(found, "clock")) == 2
    secrets = (SECRET, SIGNING_KEY, "A" * 40)
    assert not [each for each in found for secret in secrets if secret in told(each)]

    long_ago = time.time() - timedelta(days=3).total_seconds()
    os.utime(copies / "monitoring.dump", (long_ago, long_ago))
    known.texts = {
        DOMAIN: ["v=spf1 a -all", "v=spf1 mx -all"],
        f"_dmarc.{DOMAIN}": ["v=DMARC1; p=none"],
        f"s1._domainkey.{DOMAIN}": ["v=DKIM1; p="],
    }
    known.mail = {}
    mailbox.faults.refuse_all = "550 5.7.1 not for us"
    much = sound.model_copy(
        update={"min_retention_days": 40_000, "disk_free_megabytes": 10**9, "link_secret": SecretStr("short")}
    )
    found = await examined(much, f"somebody@{DOMAIN}", resolver)
    worst = {about: max(each.gravity for each in of(found, about)) for about in {e.about for e in found}}
    broken = {"spf", "dkim", "mx", "mail", "copies", "retention", "disk", "keys", "workers"}
    assert {about for about, gravity in worst.items() if gravity is Gravity.BROKEN} == broken
    assert worst["dmarc"] is Gravity.DOUBTFUL
    sections = re.findall(r"^##+ (.+)$", (ROOT / "docs" / "operations.md").read_text(), re.MULTILINE)
    for each in found:
        assert bool(each.todo) == bool(each.gravity), told(each)
        assert not each.section or each.section in sections, each.section

    await temporal.stop()
    nobody = sound.model_copy(
        update={
            "database_url": f"postgresql+psycopg://{LOOPBACK}:{free_port()}/none",
            "smtp_url": SecretStr(f"smtp://{LOOPBACK}:{free_port()}"),
        }
    )
    silent = Resolver(configure=False)
    silent.nameservers, silent.port = [LOOPBACK], free_port()
    found = await examined(nobody, "", silent)
    broken = {each.about for each in found if each.gravity is Gravity.BROKEN}
    assert broken == {"temporal", "database", "mail", "copies"}
    assert [each.gravity for each in of(found, "names")] == [Gravity.DOUBTFUL]


def test_clocks_are_as_far_apart_as_can_be_said_for_certain() -> None:
    now = datetime(2026, 11, 30, 6, tzinfo=UTC)
    second = timedelta(seconds=1)
    assert agreement("PostgreSQL", now + second, now, now + 2 * second).gravity is Gravity.SOUND
    assert agreement("PostgreSQL", now + 10 * second, now, now + 2 * second).gravity is Gravity.DOUBTFUL
    assert agreement("PostgreSQL", now - 40 * second, now, now).gravity is Gravity.BROKEN

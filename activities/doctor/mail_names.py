"""Does the world know the domain of our letters? SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489), MX."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from dns.asyncresolver import Resolver
from dns.exception import DNSException
from dns.rdatatype import RdataType
from dns.resolver import NXDOMAIN, NoAnswer

from activities.doctor.finding import Finding, broken, doubtful, sound
from models.settings.environment import Settings

_SECTION: Final = "Names of the mail domain"
_SECONDS: Final = 5.0
_SPF: Final = "v=spf1"
_DMARC: Final = "v=dmarc1"
_ALIKE: Final = frozenset({"+all", "all"})


class NamesAway(Exception):
    """No server of names answers."""


class MailNames:
    """`resolver` asks the machine's own servers of names, or those it was given."""

    def __init__(self, given: Settings, resolver: Resolver) -> None:
        self._domain = given.mail_from.rpartition("@")[2]
        self._reply_domain = given.mail_reply_domain
        self._selector = given.dkim_selector
        self._resolver = resolver
        resolver.lifetime = _SECONDS

    async def findings(self) -> Sequence[Finding]:
        """Of the sender's domain, and of the one whose mail is received."""
        try:
            found = [await self._spf(self._domain), await self._dmarc(), await self._dkim()]
            if self._reply_domain:
                found += [await self._spf(self._reply_domain), await self._mx()]
        except NamesAway as away:
            return (
                doubtful(
                    "names",
                    f"No server of names answers ({away}): what others know of {self._domain} is not known.",
                    "Look again from a machine that may ask the DNS.",
                    _SECTION,
                ),
            )
        return found

    async def _spf(self, domain: str) -> Finding:
        records = [each for each in await self._texts(domain) if each.lower().split(" ")[0] == _SPF]
        if len(records) != 1:
            many = "several records" if records else "no record"
            return broken(
                "spf",
                f"{domain} has {many} that say who may send for it (SPF): letters are refused, or spam.",
                f"Publish one TXT record at {domain}, e.g. “v=spf1 a:mail.{domain} -all”.",
                _SECTION,
            )
        if _ALIKE & set(records[0].lower().split()):
            return doubtful(
                "spf",
                f"The SPF record of {domain} lets everybody send for it.",
                "End it with -all or ~all.",
                _SECTION,
            )
        return sound("spf", f"{domain} says who may send for it (SPF).")

    async def _dmarc(self) -> Finding:
        for domain in _and_above(self._domain):
            found = [e for e in await self._texts(f"_dmarc.{domain}") if e.lower().startswith(_DMARC)]
            if found:
                strict = "p=none" not in found[0].lower().replace(" ", "")
                if strict:
                    return sound(
                        "dmarc", f"{domain} says what to do with letters that are not its own (DMARC)."
                    )
                return doubtful(
                    "dmarc",
                    f"DMARC of {domain} asks for nothing (p=none): others may write in its name.",
                    "When its reports show only own letters, set p=quarantine, then p=reject.",
                    _SECTION,
                )
        return doubtful(
            "dmarc",
            f"{self._domain} does not say what to do with letters that are not its own (DMARC).",
            f"Publish a TXT record at _dmarc.{self._domain}, e.g. “v=DMARC1; p=quarantine”.",
            _SECTION,
        )

    async def _dkim(self) -> Finding:
        if not self._selector:
            return doubtful(
                "dkim",
                "Under which selector the mail server signs (DKIM) is not known here.",
                "Set DKIM_SELECTOR, then look again.",
                _SECTION,
            )
        name = f"{self._selector}._domainkey.{self._domain}"
        keys = [_tag(each, "p") for each in await self._texts(name) if _tag(each, "p") is not None]
        if any(keys):
            return sound("dkim", f"The key of the mail server's signatures is published at {name} (DKIM).")
        said = "withdrawn" if keys else "not published"
        return broken(
            "dkim",
            f"The key of the mail server's signatures (DKIM) is {said} at {name}: they count for nothing.",
            f"Publish the mail server's public key as a TXT record at {name}.",
            _SECTION,
        )

    async def _mx(self) -> Finding:
        if await self._asked(self._reply_domain, RdataType.MX):
            return sound("mx", f"Mail to {self._reply_domain} has a server (MX).")
        return broken(
            "mx",
            f"Mail to {self._reply_domain} has no server (MX): what comes back is lost to its senders.",
            f"Publish an MX record at {self._reply_domain} that names your mail server.",
            "Mail that comes back",
        )

    async def _texts(self, name: str) -> list[str]:
        return [
            b"".join(record.strings).decode("utf-8", "replace")
            for record in await self._asked(name, RdataType.TXT)
        ]

    async def _asked(self, name: str, kind: RdataType) -> list[Any]:
        try:
            return list(await self._resolver.resolve(name, kind))
        except (NXDOMAIN, NoAnswer):
            return []
        except (DNSException, OSError) as fault:
            raise NamesAway(type(fault).__name__) from None


def _and_above(domain: str) -> Iterator[str]:
    """The domain, and those it lies in: a policy of the organisation's holds for its parts."""
    labels = domain.split(".")
    yield from (".".join(labels[start:]) for start in range(max(len(labels) - 1, 1)))


def _tag(record: str, name: str) -> str | None:
    """A tag of a list of tags (RFC 6376, 3.2)."""
    pairs = (part.partition("=") for part in record.split(";"))
    return next((value.strip() for key, _, value in pairs if key.strip() == name), None)

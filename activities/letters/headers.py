"""Words of a header that are not ASCII (RFC 2047), folded so that no space is lost.

Readers drop the white space between two encoded words, so it has to be inside of one. `email.policy` breaks
a text at its spaces and forgets them there; `email.header.Header` keeps them.
"""

from email.header import Header
from email.headerregistry import (
    BaseHeader,
    HeaderRegistry,
    UniqueAddressHeader,
    UniqueUnstructuredHeader,
)
from email.policy import SMTP, SMTPUTF8, Policy
from typing import Final


# The registry adds `BaseHeader` to these kinds itself; naming it here tells what `self` has.
class WholeText(UniqueUnstructuredHeader, BaseHeader):  # type: ignore[misc]
    """A subject that arrives as it was written."""

    def fold(self, *, policy: Policy) -> str:
        """The header's lines as they are sent."""
        return f"{self.name}: {_encoded(str(self), self.name, policy)}{policy.linesep}"


class WholeNames(UniqueAddressHeader, BaseHeader):  # type: ignore[misc]
    """Senders whose names arrive as they were written; their addresses are ASCII (the service's own)."""

    def fold(self, *, policy: Policy) -> str:
        """The header's lines as they are sent."""
        if all(mailbox.display_name.isascii() for mailbox in self.addresses):
            return super().fold(policy=policy)
        boxes = (
            f"{_encoded(mailbox.display_name, self.name, policy)}{policy.linesep} <{mailbox.addr_spec}>"
            for mailbox in self.addresses
        )
        return f"{self.name}: {f',{policy.linesep} '.join(boxes)}{policy.linesep}"


def _encoded(words: str, name: str, policy: Policy) -> str:
    return Header(words, "utf-8", header_name=name).encode(linesep=policy.linesep)


class _Kinds(HeaderRegistry):
    """The library makes a class anew for every header of every letter; there are a dozen of them."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, type[BaseHeader]] = {}

    def __getitem__(self, name: str) -> type[BaseHeader]:
        known = self._made.get(name)
        if known is None:
            known = self._made[name] = super().__getitem__(name)
        return known


def _headers() -> HeaderRegistry:
    registry = _Kinds()
    registry.map_to_type("subject", WholeText)
    registry.map_to_type("from", WholeNames)
    return registry


POLICY: Final = SMTP.clone(header_factory=_headers())
"""For recipients whose addresses are ASCII."""

POLICY_UTF8: Final = SMTPUTF8.clone(header_factory=_headers())
"""For the others (RFC 6531)."""

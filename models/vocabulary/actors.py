"""Who acts, in what role, and on whose behalf. Ids only: names stay in the database."""

from datetime import date

from pydantic import Field

from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Mark, Role
from models.vocabulary.texts import ShortText


class Authority(Model):
    """On whose behalf somebody acts, and by which act (an order, a power of attorney)."""

    organisation: Id
    act: ShortText  # kind and number of the act, e.g. "order 17"
    dated: date


class StandIn(Model):
    """In whose stead somebody acts: the account whose rights are used, and the act by which they may be."""

    account: Id
    act: ShortText
    dated: date


class Actor(Model):
    """The author of a command: an account, or whoever holds the link of a letter, or the system itself.

    A deputy acts in the role of whoever they stand in for; the account is the deputy's own.
    """

    role: Role
    account: Id | None = None
    organisation: Id | None = None
    letter: Id | None = None
    on_behalf: Authority | None = None
    # Where nobody is stood in for it is not written: lines from before there were deputies keep their hashes.
    stands_in: StandIn | None = Field(default=None, exclude_if=lambda stood_in_for: stood_in_for is None)

    @property
    def right_of(self) -> Id | None:
        """The account whose rights are used: one's own, but for a deputy."""
        return self.stands_in.account if self.stands_in else self.account

    def acts_for(self) -> Id | None:
        """The organisation whose rights the actor uses."""
        return self.on_behalf.organisation if self.on_behalf else self.organisation

    def holder(self, mark: Mark) -> str:
        """Whose drafts these are: an account's, or of everybody who has the link of one letter."""
        return f"{mark}/{self.letter}" if self.letter else self.account or ""


SYSTEM = Actor(role=Role.SYSTEM)

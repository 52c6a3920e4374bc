"""Who acts, in what role, and on whose behalf. Ids only: names stay in the database."""

from datetime import date

from models.vocabulary.base import Model
from models.vocabulary.procedure import Id, Mark, Role
from models.vocabulary.texts import ShortText


class Authority(Model):
    """On whose behalf somebody acts, and by which act (an order, a power of attorney)."""

    organisation: Id
    act: ShortText  # kind and number of the act, e.g. "order 17"
    dated: date


class Actor(Model):
    """The author of a command: an account, or whoever holds the link of a letter, or the system itself."""

    role: Role
    account: Id | None = None
    organisation: Id | None = None
    letter: Id | None = None
    on_behalf: Authority | None = None

    def acts_for(self) -> Id | None:
        """The organisation whose rights the actor uses."""
        return self.on_behalf.organisation if self.on_behalf else self.organisation

    def holder(self, mark: Mark) -> str:
        """Whose drafts these are: an account's, or of everybody who has the link of one letter."""
        return f"{mark}/{self.letter}" if self.letter else self.account or ""


SYSTEM = Actor(role=Role.SYSTEM)

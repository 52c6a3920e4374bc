"""What became of a proceeding whose two stores were found apart after a restore of data."""

from typing import Literal

from models.vocabulary.base import Model
from models.vocabulary.procedure import Id
from models.vocabulary.stores import Store
from models.vocabulary.texts import ShortText


class ProceedingReconciled(Model):
    """Beyond the Rules: the entries `from_seq` to `to_seq` were brought back to the store that was behind.

    `lost` are the ids of commands that were acknowledged and whose entries stand in neither store any more.
    `after_run` is the run that this one takes the place of, where it begins a new one.
    """

    type: Literal["proceeding_reconciled"] = "proceeding_reconciled"
    behind: Store
    from_seq: int
    to_seq: int
    order: ShortText  # kind, number and date of the order it was done by
    lost: tuple[Id, ...] | None = None
    after_run: str = ""

"""What a command is answered with: it happened, and up to which line of the journal it is recorded."""

from models.vocabulary.base import Model
from models.vocabulary.procedure import Number, Stage


class Receipt(Model):
    """`seq` is the last line of the journal that the command led to."""

    number: Number
    seq: int
    stage: Stage

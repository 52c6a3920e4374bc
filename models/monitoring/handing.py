"""To whom of the body that leads it a monitoring was handed over."""

from models.vocabulary.base import Model
from models.vocabulary.procedure import Id


class Coordinator(Model):
    """The account it was handed to, and its body."""

    account: Id
    organisation: Id

"""What every command carries: the id that makes it happen once, and who acts."""

from models.vocabulary.actors import Actor
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id


class Command(Model):
    """`id` makes it happen once: the update's id, derived from the Idempotency-Key."""

    id: Id
    actor: Actor

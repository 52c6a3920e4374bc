"""What every command carries: the id that makes it happen once, and who acts."""

import hashlib
import re

from models.vocabulary.actors import Actor
from models.vocabulary.base import Model
from models.vocabulary.procedure import Id


class Command(Model):
    """`id` makes it happen once: the update's id, derived from the Idempotency-Key."""

    id: Id
    actor: Actor


def command_id(subject: str, key: str) -> Id:
    """The id of a command, opaque: neither who sent it nor the key can be read from it.

    `subject` is whose key it is: an account's id, or a letter's (`<number>/<letter>`).
    """
    return "c" + hashlib.sha256(f"{subject}\n{key}".encode()).hexdigest()[:40]


def command_name(command: type[Command]) -> str:
    """`ApproveReport` → `approve_report`: the name of the update, the route and the action."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", command.__name__).lower()

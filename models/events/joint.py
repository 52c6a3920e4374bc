"""Joint conduct (rule 2): named, confirmed, declined, withdrawn."""

from typing import Literal

from models.vocabulary.actors import Authority
from models.vocabulary.base import Model
from models.vocabulary.bodies import Body
from models.vocabulary.procedure import Id, Sha256
from models.vocabulary.texts import NoteHash


class CoConductorNamed(Model):
    """Rule 2: the lead named a body that conducts jointly with it.

    A division that its authorized body names is `appointed`: it conducts from here on. Any other body does
    once that is confirmed; `agreement` is the act by which, the lead says, it agreed.
    """

    type: Literal["co_conductor_named"] = "co_conductor_named"
    body: Body
    appointed: bool = False
    agreement: Authority | None = None


class ConductConfirmed(Model):
    """Rule 2: a body that was named conducts jointly: by its own word, or by the lead's with the `act`."""

    type: Literal["conduct_confirmed"] = "conduct_confirmed"
    organisation: Id
    own_word: bool
    act: Sha256 | None = None
    note: NoteHash | None = None


class ConductDeclined(Model):
    """Rule 2: a body that was named does not conduct jointly."""

    type: Literal["conduct_declined"] = "conduct_declined"
    organisation: Id
    note: NoteHash | None = None


class CoConductorWithdrawn(Model):
    """Rule 2: the lead named a body no longer; what it did before stays."""

    type: Literal["co_conductor_withdrawn"] = "co_conductor_withdrawn"
    organisation: Id
    reason: NoteHash

"""Form I.2: whoever conducted is named with contacts by which it can be reached."""

from models.vocabulary.base import Model
from models.vocabulary.procedure import Id
from models.vocabulary.refusal import Refusal


class UnusableContacts(Model):
    """What a conductor's contacts are not good for, as judged where libraries are (`api.http.contacts`)."""

    organisation: Id
    email: bool = False
    phone: bool = False


def contact_refusals(unusable: tuple[UnusableContacts, ...]) -> tuple[Refusal, ...]:
    """What would be printed on the form and reaches nobody (annex.I.2)."""
    return tuple(refusal for each in unusable for refusal in _of(each))


def _of(each: UnusableContacts) -> tuple[Refusal, ...]:
    whose = {"organisation": each.organisation}
    email = Refusal(code="contact_email_unusable", rule="annex.I.2", params=whose)
    phone = Refusal(code="contact_phone_unusable", rule="annex.I.2", params=whose)
    return (email,) * each.email + (phone,) * each.phone

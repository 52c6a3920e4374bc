"""The names a letter goes out under: whom it comes back to, whom people answer, and the key in its header."""

from models.letters.post import LetterOrder
from models.mail.keys import Role, SentLetter, signed_address, signed_name
from models.settings.environment import Settings
from models.vocabulary.base import Model


class LetterNames(Model):
    """The same for every try of one attempt at a letter, as long as the secret is."""

    sender: str
    """Of the envelope: reports and auto-replies come here."""
    reply_to: str = ""
    """Where people's answers are received; empty where they go to people."""
    key: str = ""


def names_of(order: LetterOrder, settings: Settings) -> LetterNames:
    """Signed ones where mail is received; elsewhere one mailbox sends all and takes all that returns."""
    domain, secret = settings.mail_reply_domain, settings.link_secrets()[0]
    letter = order.letter
    sent = SentLetter(number=order.number, letter=letter.id, attempt=letter.attempt)
    bounce = signed_address(secret, Role.BOUNCE, sent, domain) if domain else None
    reply = signed_address(secret, Role.REPLY, sent, domain) if domain else None
    if bounce is None or reply is None:
        return LetterNames(sender=settings.mail_from)
    return LetterNames(sender=bounce, reply_to=reply, key=signed_name(secret, Role.LETTER, sent))

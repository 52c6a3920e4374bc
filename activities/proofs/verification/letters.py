"""The letters: each that was sent is there without its link, with the proof that the mail server took it."""

from email import policy
from email.parser import BytesHeaderParser

from activities.proofs.verification.found import must, readable
from activities.proofs.verification.opened import Opened
from models.events import LetterSent
from models.letters.kept_copy import holds_link
from models.letters.post import DeliveryOutcome
from models.proceeding.state import Proceeding
from models.proof.bundle import DELIVERIES, LETTERS, DeliveryLine, JournalLine, sha256_of
from models.vocabulary.letters import LetterStatus
from models.vocabulary.procedure import Id


def check_letters(bundle: Opened, lines: tuple[JournalLine, ...], state: Proceeding) -> None:
    """Raises `Wrong`."""
    deliveries = bundle.lines(DELIVERIES, DeliveryLine)
    for position, delivery in enumerate(deliveries, start=1):
        _check_delivery(bundle, f"{DELIVERIES}, line {position}", delivery, state)
    kept = {f"{LETTERS}{delivery.file}.eml" for delivery in deliveries if delivery.file} | {DELIVERIES}
    for name in bundle.under(LETTERS):
        must(name in kept, name, "is a message that no delivery names")
    accepted = {(d.letter, d.attempt): d for d in deliveries if d.outcome == DeliveryOutcome.ACCEPTED}
    for line in lines:
        if isinstance(line.entry.event, LetterSent):
            event = line.entry.event
            element = f"letter {event.letter}"
            proof = accepted.get((event.letter, event.attempt))
            must(proof is not None, element, f"entry {line.entry.seq} says it was sent and no proof is there")
            must(proof is not None and proof.eml is not None, element, "was sent and the message is missing")
            pinned = (
                event.eml is None or proof is None or proof.eml == event.eml
            )  # not pinned by early releases
            must(pinned, element, f"was sent as another message than entry {line.entry.seq} says")
            copied = event.kept is None or proof is None or proof.kept == event.kept
            must(copied, element, f"is kept as another copy than entry {line.entry.seq} says")
    for letter in state.letters.values():
        if letter.status is LetterStatus.SENT:
            must((letter.id, letter.attempt) in accepted, f"letter {letter.id}", "is sent and has no proof")


def _check_delivery(bundle: Opened, where: str, delivery: DeliveryLine, state: Proceeding) -> None:
    letter = state.letters.get(delivery.letter)
    must(letter is not None, where, f"proves letter {delivery.letter}, which the journal does not know")
    assert letter is not None
    same = (letter.kind.value, letter.recipient) == (delivery.kind, delivery.recipient)
    must(same, where, f"proves another letter than {delivery.letter} is in the journal")
    started = f"<{state.mark}.{_local(delivery.letter)}.{delivery.attempt}@"
    must(delivery.message_id.startswith(started), where, "has the Message-ID of another letter")
    if delivery.file is not None:
        _check_message(bundle, f"{LETTERS}{delivery.file}.eml", delivery)


def _check_message(bundle: Opened, name: str, delivery: DeliveryLine) -> None:
    must(
        name in bundle.names,
        name,
        f"letter {delivery.letter} was handed over as this message, which is missing",
    )
    message = bundle.read(name)
    must(sha256_of(message) == delivery.file, name, f"is not letter {delivery.letter} as it was kept")
    must(delivery.kept is None or not holds_link(message), name, "has a link in it that may work")
    with readable(name):
        headers = BytesHeaderParser(policy=policy.compat32).parsebytes(message)
    must(
        str(headers["Message-ID"]).strip() == delivery.message_id,
        name,
        "has another Message-ID than its proof",
    )


def _local(letter: Id) -> str:
    return letter.replace(":", "=")

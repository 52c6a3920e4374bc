"""Each letter goes out under names of its own, where mail is received; elsewhere as it always did."""

import pytest
from temporalio.exceptions import ApplicationError

from activities.letters.sending import Letters
from models.letters.post import LetterOutcome
from models.mail.keys import HEADER, Role, SentLetter, names_in
from models.mail.quoting import MARKER
from models.mail.sorting import sort_mail
from models.mail.sorts import Envelope, Sort
from models.settings.environment import Settings
from models.vocabulary.letters import LetterKind
from tests.letters.causes import order
from tests.letters.conftest import PAUSES, SETTINGS, Bench
from tests.letters.ground import NOW, NUMBER
from tests.letters.post_office import part

RECEIVING = SETTINGS.model_copy(update={"mail_reply_domain": "reply.example.kz"})
SECRETS = RECEIVING.link_secrets()
INVITATION = order(LetterKind.INVITATION)
INVITED = SentLetter(number=NUMBER, letter=INVITATION.letter.id, attempt=1)


async def send(bench: Bench, settings: Settings, tried: int = 1) -> None:
    letters = Letters(bench.sessions, settings, bench.smtp, PAUSES, lambda: NOW)
    proof = await bench.send(INVITATION, tried, letters=letters)
    assert proof.outcome is LetterOutcome.SENT


async def test_reports_and_answers_come_to_addresses_of_the_letters_own(bench: Bench) -> None:
    await send(bench, RECEIVING)
    ([letter], [sender]) = bench.post_office.received, bench.post_office.senders
    (bounce,), (reply,), (key,) = (
        names_in(SECRETS, each) for each in (sender, str(letter["Reply-To"]), str(letter[HEADER]))
    )
    assert (bounce.role, reply.role, key.role) == (Role.BOUNCE, Role.REPLY, Role.LETTER)
    assert {bounce.letter, reply.letter, key.letter} == {INVITED}
    assert letter["From"].addresses[0].addr_spec == "monitoring@example.kz"
    assert {sender.partition("@")[2], str(letter["Reply-To"]).partition("@")[2]} == {"reply.example.kz"}


async def test_without_a_door_letters_leave_as_they_always_did(bench: Bench) -> None:
    await send(bench, SETTINGS)
    [letter] = bench.post_office.received
    assert bench.post_office.senders == ["monitoring@example.kz"]
    assert letter["Reply-To"] == "ao@example.kz"
    assert HEADER not in letter
    assert MARKER not in part(letter, "text/plain")


async def test_a_second_try_is_the_same_letter_but_for_its_link(bench: Bench) -> None:
    bench.post_office.data_answers = ["451 4.3.0 later"]
    with pytest.raises(ApplicationError, match="deferred"):
        await send(bench, RECEIVING)
    await send(bench, RECEIVING, tried=2)
    one, other = await bench.deliveries()
    assert one.kept_sha256 == other.kept_sha256
    assert one.message_id == other.message_id


async def test_a_reply_written_above_the_line_is_cut_there(bench: Bench) -> None:
    await send(bench, RECEIVING)
    [letter] = bench.post_office.received
    quoted = "\n".join(f"> {line}" for line in part(letter, "text/plain").splitlines())
    said = "Шақыруды қабылдаймын, жұмыс тобына қатысамын."
    answer = f"From: expert@example.kz\nContent-Type: text/plain; charset=utf-8\n\n{said}\n\n{quoted}\n"
    envelope = Envelope(sender="expert@example.kz", recipient=str(letter["Reply-To"]))
    found = sort_mail(answer.encode(), envelope, SECRETS)
    assert (found.sort, found.letter, found.words) == (Sort.ANSWER, INVITED, said)
    assert found.quoted.startswith(f"> {MARKER}")


async def test_our_own_letter_is_known_when_it_comes_back(bench: Bench) -> None:
    await send(bench, RECEIVING)
    [letter] = bench.post_office.received
    envelope = Envelope(sender=bench.post_office.senders[0], recipient=str(letter["Reply-To"]))
    assert sort_mail(letter.as_bytes(), envelope, SECRETS).sort is Sort.AUTO_REPLY

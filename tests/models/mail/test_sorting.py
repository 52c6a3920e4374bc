"""Mail that came back is sorted before anything changes: no false answer, no lost bounce."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.mail.keys import Role
from models.mail.sorting import sort_mail
from models.mail.sorts import Envelope, Sign, Sort, SortedMail, Told
from tests.models.mail.corpus.every import CORPUS, REPORTS
from tests.models.mail.corpus.ground import (
    BOUNCE,
    CLERK,
    REPLY,
    SECRETS,
    SENT,
    Case,
    case,
    with_file,
    written,
)

BY_NAME = {each.name: each for each in CORPUS}
SMALL = [each for each in CORPUS if len(each.message) < 50_000]


def sorted_as(each: Case) -> SortedMail:
    return sort_mail(each.message, each.envelope, SECRETS)


@pytest.mark.parametrize("each", CORPUS, ids=str)
def test_each_message_is_what_it_is(each: Case) -> None:
    found = sorted_as(each)
    assert found.sort is each.sort, found.signs
    assert found.letter == (SENT if each.knows_letter else None)


def test_no_false_answer_and_no_lost_bounce() -> None:
    assert len(CORPUS) == len(BY_NAME) >= 80
    sorts = {each.name: sorted_as(each).sort for each in CORPUS}
    answers = {name for name, sort in sorts.items() if sort is Sort.ANSWER}
    bounces = {name for name, sort in sorts.items() if sort is Sort.BOUNCE}
    assert answers == {each.name for each in CORPUS if each.sort is Sort.ANSWER}
    assert bounces == {each.name for each in CORPUS if each.sort is Sort.BOUNCE}
    assert {each.sort for each in CORPUS} == set(Sort)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(REPORTS), st.data())
def test_a_report_cut_off_anywhere_is_never_an_answer(each: Case, data: st.DataObject) -> None:
    length = data.draw(st.integers(0, len(each.message)))
    found = sort_mail(each.message[:length], each.envelope, SECRETS)
    assert not found.sort.is_a_persons


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(SMALL), st.data())
def test_whatever_bytes_come_are_sorted(noise: bytes, each: Case, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(each.message)))
    for message in (noise, each.message[:at] + noise + each.message[at:]):
        found = sort_mail(message, each.envelope, SECRETS)
        assert found.came_to in {None, Role.BOUNCE, Role.REPLY}
        assert found.came_to is not Role.BOUNCE or not found.sort.is_a_persons


@pytest.mark.parametrize("each", [each for each in CORPUS if each.sort is Sort.ANSWER], ids=str)
def test_nobody_but_the_letters_reply_address_takes_an_answer(each: Case) -> None:
    for recipient in (BOUNCE, "post@reply.example.kz", REPLY.replace("l42", "l43")):
        found = sort_mail(each.message, Envelope(sender=CLERK, recipient=recipient), SECRETS)
        assert not found.sort.is_a_persons


def test_another_installations_names_are_nobodys() -> None:
    each = BY_NAME["an answer, ru"]
    found = sort_mail(each.message, each.envelope, ("x" * 32,))
    assert (found.sort, found.letter, found.numbers) == (Sort.UNKNOWN, None, ("2026-SARY-0001",))
    assert found.signs == (Sign.UNKNOWN_ADDRESS,)


def test_what_was_written_is_read_and_what_it_answers_stands_below() -> None:
    found = sorted_as(BY_NAME["above the quoted letter, kk"])
    assert found.words == "Есептің үш ұсынымы қабылданды. Олар 2027 жылғы 1 наурызға дейін орындалады."
    assert found.quoted.startswith("2026 ж. 2 қар.")
    assert "Құрметті әріптестер" in found.quoted
    assert (found.writer, found.subject) == (CLERK, "Re: monitoring")


@pytest.mark.parametrize("name", ["windows-1251, not said so", "HTML alone", "an alphabet nobody knows"])
def test_words_are_read_whatever_they_were_written_in(name: str) -> None:
    found = sorted_as(BY_NAME[name])
    assert found.words == "Три рекомендации отчёта приняты. Они будут исполнены до 1 марта 2027 года."


def test_a_file_is_named_and_weighed() -> None:
    (file,) = sorted_as(BY_NAME["twenty megabytes"]).files
    assert (file.filename, file.media_type) == ("answer.pdf", "application/pdf")
    assert file.size > 15 * 1024 * 1024


def test_a_files_name_in_cyrillic_is_read() -> None:
    named = with_file("Жауап", filename="=?utf-8?b?0LbQsNGD0LDQvy5wZGY=?=")
    (file,) = sorted_as(case("x", Sort.ANSWER, named, REPLY, CLERK)).files
    assert file.filename == "жауап.pdf"


def test_what_the_server_before_us_says_of_spf_and_dkim_is_kept() -> None:
    result = "mx.example.kz; spf=pass smtp.mailfrom=akimdik.example.kz; dkim=pass header.d=akimdik.example.kz"
    message = f"Authentication-Results: {result}\n" + written("Есептің ұсынымдары толық қабылданды.")
    assert sorted_as(case("x", Sort.ANSWER, message, REPLY, CLERK)).authenticated == result


@pytest.mark.parametrize(
    ("name", "told", "mailbox", "status", "reason"),
    [
        (
            "postfix, a Cyrillic mailbox in two spellings in one block",
            Told.FAILED,
            "кеңсе@әкімдік.example.kz",
            "5.1.1",
            "550 5.1.1 Мұндай жәшік жоқ",
        ),
        (
            "postfix, a full mailbox, told in Kazakh in raw UTF-8",
            Told.FAILED,
            CLERK,
            "5.2.2",
            "552 5.2.2 Жәшік толы",
        ),
        ("RFC 6533, code points", Told.FAILED, "кеңсе@әкімдік.example.kz", "5.1.1", ""),
        ("RFC 6533, global headers, base64", Told.FAILED, "кеңсе@әкімдік.example.kz", "5.1.1", ""),
        ("sendmail, delivered (to mailbox)", Told.DELIVERED, CLERK, "2.1.5", ""),
        (
            "courier, message/global also for ASCII, unknown; 550",
            Told.FAILED,
            CLERK,
            "5.0.0",
            "550 User unknown",
        ),
        ("exim of long ago, in words alone", Told.FAILED, CLERK, "", ""),
        ("a report whose boundary is lost", Told.FAILED, CLERK, "5.1.1", ""),
    ],
)
def test_a_report_says_of_which_mailbox_and_why(
    name: str, told: Told, mailbox: str, status: str, reason: str
) -> None:
    first = sorted_as(BY_NAME[name]).reports[0]
    assert (first.told, first.mailbox, first.status, first.reason) == (told, mailbox, status, reason)


def test_a_late_report_says_until_when_it_is_tried() -> None:
    (said,) = sorted_as(BY_NAME["postfix, late"]).reports
    assert said.retries_until == "Sat,  7 Nov 2026 14:00:00 +0500 (+05)"


def test_a_receipt_says_what_was_done() -> None:
    (said,) = sorted_as(BY_NAME["outlook, deleted without being read"]).reports
    assert said.reason == "manual-action/MDN-sent-manually; deleted"

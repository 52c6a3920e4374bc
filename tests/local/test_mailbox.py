"""The local mailbox keeps letters as private as they are."""

import stat
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path

from activities.letters.headers import POLICY
from local.mailbox.store import LetterStore


def test_letters_are_for_their_owners_eyes(tmp_path: Path) -> None:
    store = LetterStore(tmp_path / "mailbox")
    letter = store.add("a@example.kz", ["b@example.kz"], b"Subject: x\r\n\r\nhello\r\n")
    assert store.letter(letter).text.strip() == "hello"
    for file in (tmp_path / "mailbox").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name


def test_long_names_and_subjects_are_read_as_they_were_written(tmp_path: Path) -> None:
    sender = "Сарыжайлау облысының әкімдігі жанындағы жемқорлықтың алдын алу жөніндегі үйлестіру кеңесі"
    subject = "2026-SARY-0001 · Сыбайлас жемқорлыққа қарсы мониторинг қорытындысы туралы есеп жіберіледі"
    message = EmailMessage(policy=POLICY)
    message["From"] = Address(sender, "monitoring", "example.kz")
    message["Subject"] = subject
    message.set_content("Мәтін")
    store = LetterStore(tmp_path / "mailbox")
    letter = store.letter(store.add("a@example.kz", ["b@example.kz"], message.as_bytes()))
    assert dict(letter.headers)["From"] == f"{sender} <monitoring@example.kz>"
    assert letter.subject == subject

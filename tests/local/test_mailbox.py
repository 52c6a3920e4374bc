"""The local mailbox keeps letters as private as they are."""

import stat
from pathlib import Path

from local.mailbox.store import LetterStore


def test_letters_are_for_their_owners_eyes(tmp_path: Path) -> None:
    store = LetterStore(tmp_path / "mailbox")
    letter = store.add("a@example.kz", ["b@example.kz"], b"Subject: x\r\n\r\nhello\r\n")
    assert store.letter(letter).text.strip() == "hello"
    for file in (tmp_path / "mailbox").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name

"""A new secret signs, former ones open what they signed: links outlive the secret's rotation."""

import pytest

from models.letters.links import BadLink, Link, LinkFault, mint, verify
from models.vocabulary.letters import Purpose

LINK = Link(number="2026-SARY-0001", letter="L7", purpose=Purpose.ANSWER_REPORT)
OLD, NEW, NEVER = "o" * 32, "n" * 32, "x" * 32


def test_a_link_outlives_the_rotation() -> None:
    assert verify((NEW, OLD), mint(OLD, LINK), days=1) == LINK
    assert verify((NEW, OLD), mint((NEW, OLD), LINK), days=1) == LINK


def test_new_links_are_signed_by_the_new_secret_alone() -> None:
    assert verify(NEW, mint((NEW, OLD), LINK), days=1) == LINK
    with pytest.raises(BadLink, match=LinkFault.FORGED.value):
        verify(OLD, mint((NEW, OLD), LINK), days=1)


def test_a_secret_that_is_no_longer_named_opens_nothing() -> None:
    for known in (NEW, (NEW, NEVER)):
        with pytest.raises(BadLink, match=LinkFault.FORGED.value):
            verify(known, mint(OLD, LINK), days=1)


def test_an_expired_link_of_a_former_secret_is_expired_and_not_forged() -> None:
    with pytest.raises(BadLink, match=LinkFault.EXPIRED.value) as expired:
        verify((NEW, OLD), mint(OLD, LINK), days=-1)
    assert expired.value.link == LINK


def test_without_a_secret_nothing_is_signed() -> None:
    for none in ("", (), (NEW, "")):
        with pytest.raises(ValueError, match="LINK_SECRET"):
            mint(none, LINK)

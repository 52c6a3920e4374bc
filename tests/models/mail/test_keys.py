"""The signed names of a letter: minted, carried through the hands of servers, read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.mail.keys import (
    LONGEST_LOCAL_PART,
    Role,
    SentLetter,
    names_in,
    numbers_in,
    signed_address,
    signed_name,
)
from tests.models.mail.corpus.ground import BOUNCE, DOMAIN, FORMER, KEY, REPLY, SECRET, SECRETS, SENT

SENT_LETTERS = st.builds(
    SentLetter,
    number=st.from_regex(r"\A(?:20[0-9]{2}-[A-Z0-9]{1,12}-[0-9]{4,6}|13\.1-[A-Z0-9]{1,12})\Z"),
    letter=st.builds("L{}-{}".format, st.integers(1, 9_999), st.integers(0, 9)),
    attempt=st.integers(1, 9),
)


@given(SENT_LETTERS, st.sampled_from(Role), st.booleans())
def test_a_name_is_read_as_it_was_minted(letter: SentLetter, role: Role, shouted: bool) -> None:
    address = signed_address(SECRET, role, letter, DOMAIN)
    assert address is not None
    local = address.partition("@")[0]
    assert len(local) <= LONGEST_LOCAL_PART
    assert "+" not in local
    (name,) = names_in(SECRETS, address.upper() if shouted else address)
    assert (name.role, name.letter) == (role, letter)


def test_a_number_too_long_for_a_local_part_has_no_address() -> None:
    long = SentLetter(number="2026-" + "A" * 30, letter="L1-0", attempt=1)
    assert signed_address(SECRET, Role.REPLY, long, DOMAIN) is None


@pytest.mark.parametrize(
    "spelt",
    [
        f"<{REPLY}>",
        f"mailto:{REPLY}",
        f'"{REPLY.partition("@")[0]}"@{DOMAIN}',
        f"SRS0=HHH=TT=example.kz={REPLY.replace('@', '=')}@forwarder.example.kz",
        f"prvs=1234567890={REPLY}",
        f"rfc822; {REPLY}",
        f"@relay.example.kz:{REPLY}",
    ],
)
def test_a_name_is_read_in_whatever_it_was_wrapped(spelt: str) -> None:
    (name,) = names_in(SECRETS, spelt)
    assert (name.role, name.letter) == (Role.REPLY, SENT)


def test_a_former_secret_goes_on_opening() -> None:
    old = signed_name(FORMER, Role.BOUNCE, SENT)
    assert [each.letter for each in names_in(SECRETS, old)] == [SENT]
    assert names_in((SECRET,), old) == ()


def test_nobody_makes_one_name_of_another() -> None:
    assert {len(names_in(SECRETS, each)) for each in (BOUNCE, REPLY, KEY)} == {1}
    for forged in (
        BOUNCE.replace("bounce", "reply"),
        REPLY.replace("l42-0", "l42-1"),
        REPLY.replace("-0001", "-0002"),
        REPLY.replace(".1.", ".2."),
        REPLY.replace("@", "a@"),
        REPLY[: REPLY.index("@") - 1] + "@",
    ):
        assert names_in(SECRETS, forged) == ()


def test_all_names_in_a_text_are_read_once() -> None:
    names = names_in(SECRETS, f"{KEY} {REPLY} {BOUNCE} {REPLY}")
    assert [each.role for each in names] == [Role.LETTER, Role.REPLY, Role.BOUNCE]


def test_numbers_are_guessed_where_no_signature_holds() -> None:
    assert numbers_in("reply.2026-sary-0001.l4@x Re: № 2026-UO-0017, 2026-uo-0017") == (
        "2026-SARY-0001",
        "2026-UO-0017",
    )
    assert numbers_in("12026-SARY-0001 2026-SARY-00012345678") == ()

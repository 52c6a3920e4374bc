"""The token of a link: of one letter and one purpose, for its days, and nobody else makes one."""

import pytest
from itsdangerous import URLSafeTimedSerializer

from models.letters import links
from models.letters.links import BadLink, Link, LinkFault, mint, verify
from models.vocabulary.letters import Purpose

SECRET = "a secret of these tests"
LINK = Link(number="2026-SARY-0001", letter="7:1", purpose=Purpose.ANSWER_REPORT)


def test_a_token_is_read_as_it_was_minted() -> None:
    assert verify(SECRET, mint(SECRET, LINK), days=1) == LINK


def test_an_expired_token_still_tells_its_letter() -> None:
    with pytest.raises(BadLink) as bad:
        verify(SECRET, mint(SECRET, LINK), days=-1)
    assert (bad.value.fault, bad.value.link) == (LinkFault.EXPIRED, LINK)


@pytest.mark.parametrize(
    "token",
    [mint("another secret", LINK), mint(SECRET, LINK)[:-2], "", "nothing.of.ours"],
    ids=["of another secret", "cut short", "none", "made up"],
)
def test_a_token_of_somebody_else_is_forged(token: str) -> None:
    with pytest.raises(BadLink) as bad:
        verify(SECRET, token, days=1)
    assert (bad.value.fault, bad.value.link) == (LinkFault.FORGED, None)


@pytest.mark.parametrize(
    "payload", ["a word", ["2026-SARY-0001", "7:1"], ["no number", "7:1", "answer_report"]]
)
def test_what_is_signed_but_no_link_is_forged(payload: object) -> None:
    token = links._serializer(SECRET).dumps(payload)
    with pytest.raises(BadLink) as bad:
        verify(SECRET, str(token), days=1)
    assert bad.value.fault is LinkFault.FORGED


def test_without_a_secret_no_link_is_made() -> None:
    with pytest.raises(ValueError, match="LINK_SECRET"):
        mint("", LINK)


def test_the_signature_is_of_these_links_only() -> None:
    elsewhere = URLSafeTimedSerializer(SECRET, salt="something else").dumps(["2026-SARY-0001", "7:1", "x"])
    with pytest.raises(BadLink):
        verify(SECRET, str(elsewhere), days=1)

"""Form I.2: contacts that reach nobody are refused, each for itself."""

import pytest

from models.monitoring.rules.contacts import UnusableContacts, contact_refusals

EMAIL, PHONE = "contact_email_unusable", "contact_phone_unusable"


@pytest.mark.parametrize(
    ("email", "phone", "refused"),
    [(False, False, []), (True, False, [EMAIL]), (False, True, [PHONE]), (True, True, [EMAIL, PHONE])],
)
def test_each_contact_that_reaches_nobody_is_named_with_its_body(
    email: bool, phone: bool, refused: list[str]
) -> None:
    unusable = (UnusableContacts(organisation="ashyk-kezek", email=email, phone=phone),)
    refusals = contact_refusals(unusable)
    assert [refusal.code for refusal in refusals] == refused
    assert all(refusal.rule == "annex.I.2" for refusal in refusals)
    assert all(refusal.params["organisation"] == "ashyk-kezek" for refusal in refusals)


def test_nobody_s_contacts_are_refused_where_all_can_be_used() -> None:
    assert contact_refusals(()) == ()

"""A journal tells by which way each answer came: nobody's consent looks like another's."""

from datetime import UTC, date, datetime

import pytest

from models.events import Entry, Event, InvitationAnswered, MemberWithdrawn, ReportAcknowledged
from models.timeline.ways import AnswerWay, way_of
from models.vocabulary.actors import SYSTEM, Actor, Authority
from models.vocabulary.procedure import Role

CONSENT = InvitationAnswered(member="m", consents=True)
RECEIPT = ReportAcknowledged(addressee="clinic", received_on=date(2026, 9, 4))
BY_LINK = Actor(role=Role.ADDRESSEE, letter="L12-0", organisation="clinic")
ANALYST = Actor(role=Role.ANALYST, account="a", organisation="td-sary")
OF_CLINIC = Actor(role=Role.ANALYST, account="b", organisation="clinic")
RECORDED = ANALYST.model_copy(
    update={"on_behalf": Authority(organisation="clinic", act="letter 4", dated=date(2026, 9, 3))}
)


@pytest.mark.parametrize(
    ("event", "actor", "way"),
    [
        (CONSENT, Actor(role=Role.MEMBER, letter="L3-0"), AnswerWay.BY_LETTER),
        (CONSENT, ANALYST, AnswerWay.ON_PAPER),
        (RECEIPT, BY_LINK, AnswerWay.BY_LETTER),
        (RECEIPT, OF_CLINIC, AnswerWay.BY_ACCOUNT),
        (RECEIPT, RECORDED, AnswerWay.ON_PAPER),
        (RECEIPT, ANALYST, AnswerWay.ON_PAPER),
        (MemberWithdrawn(member="m", note="a" * 64), ANALYST, None),
        (MemberWithdrawn(member="m", note="a" * 64), SYSTEM, None),
    ],
)
def test_the_way_of_an_answer(event: Event, actor: Actor, way: AnswerWay | None) -> None:
    entry = Entry(seq=1, at=datetime(2026, 9, 4, tzinfo=UTC), actor=actor, event=event)
    assert way_of(entry, {}) is way

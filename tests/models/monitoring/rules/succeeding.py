"""Bodies that come and go, as the keeper tells a story of them."""

from datetime import date

from models.commands import (
    AnswerReport,
    ItemAnswer,
)
from models.monitoring.briefing import briefing_of
from models.monitoring.fold import fold
from models.monitoring.rules.succession import brief_monitoring
from models.vocabulary.actors import Actor
from models.vocabulary.procedure import OrganisationKind, Response, Role
from models.vocabulary.succession import Succession
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import (
    AB_ID,
    CLINIC,
    HASH,
    TO_AB,
    body,
    to,
)

REPLY_BY = date(2026, 10, 1)
NEXT = body("uo-2", OrganisationKind.AUTHORIZED_BODY)
MERGED = body("hospital", OrganisationKind.QUASI_STATE_ENTITY)
NEXT_HEAD = Actor(role=Role.HEAD, account="next", organisation="uo-2")
BY_ACCOUNT = Actor(role=Role.HEAD, account="chief", organisation="hospital")


def hears(story: Story, *passed: tuple[str, str | None], office: str = AB_ID, whole: bool = True) -> None:
    """As the keeper tells it: whatever of this the monitoring does not know."""
    known = {
        each: Succession(body=each, successor=heir, since=story.today, whole=whole, reason=HASH)
        for each, heir in passed
    }
    news = briefing_of(story.state, office, known)
    assert news is not None
    story.happens(*brief_monitoring(story.state, news, story.today, lambda: True))
    assert briefing_of(story.state, office, known) is None, "told once"
    assert fold(story.entries) == story.state


def dispatched() -> Story:
    """Its report sent to the clinic with a reply date, and to the authorized body; all taken by the post."""
    story = Story().starts().has_approved_report()
    story.dispatches(to(CLINIC, reply_by=REPLY_BY), TO_AB)
    story.post_takes_letters()
    return story


def answers(story: Story, by: Actor, addressee: str = "clinic") -> None:
    own = [item.id for item in story.state.items.values() if item.addressee == addressee]
    given = tuple(ItemAnswer(item=item, response=Response.ACCEPTED, reasoned=False) for item in own)
    story.does(AnswerReport, by, addressee=addressee, answers=given, reply=HASH)

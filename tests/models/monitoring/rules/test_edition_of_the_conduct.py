"""Rule 1: a monitoring follows the edition of the day on which its conduct began, whenever registered."""

from datetime import date, timedelta

from models.commands import BeginCollection, SubmitReport
from models.vocabulary.editions import ORDER_192, Edition, Strictness, Switches, edition_on, rules_since
from models.vocabulary.procedure import Stage
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import CLINIC, DIVISION, FIRST_DAY, PROPOSAL, SCHOOL, facts, pinned

NEW_DAY = date(2026, 7, 1)
FORMER = ORDER_192.model_copy(update={"in_force_until": NEW_DAY - timedelta(days=1)})
STRICT = Switches(recommendations_required=True, thematic_single_body=Strictness.FORBID)
NEXT = ORDER_192.model_copy(update={"id": "next", "in_force_from": NEW_DAY, "switches": STRICT})
EDITIONS = (FORMER, NEXT)


def began(on: date, editions: tuple[Edition, ...] = EDITIONS) -> dict[str, object]:
    """What the API sends: the edition of that day, and since when there are Rules."""
    return {"began_on": on, "edition": edition_on(editions, on), "rules_since": rules_since(editions)}


def registered() -> Story:
    """Registered on 7 July 2026, a week after the next edition came into force."""
    return Story(NEXT).starts(spheres=("health",), objects=(CLINIC,))


def test_rule_01_what_began_before_a_new_edition_follows_the_former_one() -> None:
    story = registered()
    before = NEW_DAY - timedelta(days=20)
    assert story.not_admitted(BeginCollection, **began(before)) == []
    story.does(BeginCollection, **began(before))
    assert story.state.edition == FORMER
    assert story.state.began_on == before


def test_rule_01_its_report_is_judged_by_that_edition() -> None:
    """A6: «no grounds» does where the edition of the conduct lets it, whatever is in force today."""
    former, new = registered(), registered()
    days = (NEW_DAY - timedelta(days=1), NEW_DAY)
    reports = []
    for story, day in zip((former, new), days, strict=True):
        story.does(BeginCollection, **began(day))
        content = facts(items=(PROPOSAL,), no_grounds_given=True, started_on=day)
        story.is_led_to_its_draft(content)
        reports.append(pinned(content))
    assert new.state.edition == NEXT
    former.does(SubmitReport, content=reports[0])
    assert new.refused(SubmitReport, content=reports[1]) == ("no_recommendation", "16.2")


def test_rule_01_only_before_the_first_edition_nothing_begins_and_the_sentence_is_true() -> None:
    story = registered()
    first = ORDER_192.in_force_from
    assert story.not_admitted(BeginCollection, **began(first)) == []
    early = began(first - timedelta(days=1))
    assert early["edition"] is None
    assert story.not_admitted(BeginCollection, **early) == [("began_before_the_rules", "1")]


def test_rule_01_what_is_registered_ahead_of_a_new_edition_and_begun_in_it_follows_the_new_one() -> None:
    story = Story(FORMER).starts()
    story.does(BeginCollection, **began(FIRST_DAY))
    assert story.state.edition == NEXT


def test_a2_the_scope_is_asked_again_where_the_edition_of_the_conduct_reads_it_otherwise() -> None:
    story = Story(FORMER).starts(spheres=("health",), objects=(CLINIC, SCHOOL))
    assert story.refused(BeginCollection, **began(FIRST_DAY)) == ("thematic_several_bodies", "11")
    own = NEXT.model_copy(update={"switches": Switches(self_monitoring=Strictness.FORBID)})
    itself = Story(FORMER).starts(DIVISION, objects=(DIVISION,))
    refused = itself.refused(BeginCollection, **began(FIRST_DAY, (FORMER, own)))
    assert refused == ("self_monitoring", "2")


def test_rule_01_what_began_before_this_was_asked_keeps_the_edition_of_its_start() -> None:
    story = registered()
    story.does(BeginCollection, began_on=FIRST_DAY)
    assert (story.state.edition, story.state.stage) == (NEXT, Stage.COLLECTING)
    earlier = {"began_on": NEW_DAY - timedelta(days=1)}
    assert registered().not_admitted(BeginCollection, **earlier) == [("began_before_the_rules", "1")]

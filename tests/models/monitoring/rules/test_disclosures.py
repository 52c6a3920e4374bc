"""A person's data in what will be public is seen by whoever approves, and by whoever publishes."""

import pytest

from models.commands import ApproveReport, PublishReport, SubmitReport
from models.events import Document, ReportApproved, ReportPublished, ReportRendered
from models.vocabulary.procedure import Language
from models.vocabulary.refusal import Refused
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import HASH, HEAD, pinned

UNSEEN = ("disclosures_not_seen", "")
PAGE = "https://authorized.example.kz/reports/1"


def submitted(disclosures: int) -> Story:
    story = Story().starts().conducts()
    story.does(SubmitReport, content=pinned(), disclosures=disclosures)
    document = Document(rendition="filed", language=Language.KK, sha256=HASH, size=1)
    story.happens(ReportRendered(version=1, documents=(document,)))
    return story


def test_rule_19_a_person_s_data_in_a_public_text_is_seen_before_the_approval() -> None:
    story = submitted(2)
    with pytest.raises(Refused) as refused:
        story.does(ApproveReport, HEAD, version=1)
    assert (refused.value.code, refused.value.rule) == UNSEEN
    assert refused.value.params == {"version": "1", "places": "2"}
    (approved, *_) = story.does(ApproveReport, HEAD, version=1, disclosures_seen=True)
    assert isinstance(approved, ReportApproved)
    assert approved.disclosures_seen


def test_rule_19_a_person_s_data_in_a_public_text_is_seen_before_the_publication() -> None:
    story = submitted(1)
    story.does(ApproveReport, HEAD, version=1, disclosures_seen=True)
    assert story.refused(PublishReport, published_on=story.today, address=PAGE) == UNSEEN
    (published,) = story.does(PublishReport, published_on=story.today, address=PAGE, disclosures_seen=True)
    assert isinstance(published, ReportPublished)
    assert published.disclosures_seen


def test_a_report_without_a_person_s_data_asks_for_no_statement_and_records_none() -> None:
    """Reports that were frozen before there was the check name no places."""
    story = submitted(0)
    (approved, *_) = story.does(ApproveReport, HEAD, version=1, disclosures_seen=True)
    (published,) = story.does(PublishReport, published_on=story.today, address=PAGE)
    assert isinstance(approved, ReportApproved)
    assert isinstance(published, ReportPublished)
    assert not approved.disclosures_seen
    assert not published.disclosures_seen

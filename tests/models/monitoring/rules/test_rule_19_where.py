"""Rule 19: the report is placed on the authorized body's official web resource, and nowhere else."""

import pytest

from models.commands import BeginCorrection, CloseMonitoring, PublishReport
from models.duty.notices import duty_notices
from models.monitoring.open_work import OpenKind, open_items, published
from models.monitoring.rules.publication import publication_warnings
from models.vocabulary.procedure import Kind
from models.vocabulary.web import host_of
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import AB, ANALYST, CLINIC, HASH, SCHOOL

HOSTS = ("uo.example.kz", "portal.example.kz")
BLOG = "https://example.com/blog"


@pytest.fixture
def story() -> Story:
    """The authorized body's comprehensive monitoring, sent to whom it is due to."""
    begun = Story().starts(AB, Kind.COMPREHENSIVE, objects=(CLINIC, SCHOOL))
    return begun.has_approved_report().is_dispatched()


def publishes(story: Story, address: str, hosts: tuple[str, ...] | None = HOSTS) -> list[str]:
    """Why rule 19 is not fulfilled by it, if it is not."""
    fields = {"published_on": story.today, "address": address, "official_hosts": hosts}
    story.does(PublishReport, **fields)
    command = PublishReport.model_validate({"id": "c", "actor": ANALYST, **fields})
    return [f"{w.code} ({w.rule})" for w in publication_warnings(story.state, command)]


def still_open(story: Story) -> list[OpenKind]:
    return [item.kind for item in open_items(story.state) if item.rule == "19"]


@pytest.mark.parametrize(
    "address",
    [
        "https://uo.example.kz/reports/1",
        "http://UO.example.kz:8080/",
        "https://www.uo.example.kz/reports?id=1",
        "https://portal.example.kz/uo/1",
    ],
)
def test_rule_19_is_fulfilled_on_any_host_of_the_official_web_resource(story: Story, address: str) -> None:
    assert still_open(story) == [OpenKind.NOT_PUBLISHED]
    assert publishes(story, address) == []
    assert (still_open(story), published(story.state)) == ([], True)
    assert duty_notices(story.state)[0].published is not None


@pytest.mark.parametrize(
    "address",
    [BLOG, "https://uo.example.kz.example.com/1", "https://notuo.example.kz/1", "https://example.kz/uo"],
)
def test_rule_19_is_not_fulfilled_elsewhere_and_it_is_said_why(story: Story, address: str) -> None:
    assert publishes(story, address) == ["published_elsewhere (19)"]
    assert (still_open(story), published(story.state)) == ([OpenKind.PUBLISHED_ELSEWHERE], False)
    assert story.refused(CloseMonitoring) == ("open_published_elsewhere", "19")
    assert duty_notices(story.state)[0].published is None


def test_rule_19_where_no_web_resource_is_registered_that_is_said_and_mended_by_the_same_address(
    story: Story,
) -> None:
    address = "https://uo.example.kz/reports/1"
    assert publishes(story, address, hosts=()) == ["web_resource_not_registered (19)"]
    assert still_open(story) == [OpenKind.PUBLISHED_ELSEWHERE]
    assert publishes(story, address) == []
    again = {"published_on": story.today, "address": address, "official_hosts": HOSTS}
    assert story.refused(PublishReport, **again) == ("published_already", "19")
    assert still_open(story) == []


def test_a12_a_corrected_report_is_placed_there_anew(story: Story) -> None:
    publishes(story, "https://uo.example.kz/reports/1")
    story.does(BeginCorrection, reason=HASH)
    story.submits_report().approves_report()
    story.post_takes_letters()
    assert publishes(story, BLOG) == ["published_elsewhere (19)"]
    assert still_open(story) == [OpenKind.PUBLISHED_ELSEWHERE]


def test_rule_19_asks_nothing_of_a_thematic_report_wherever_it_is_placed() -> None:
    thematic = Story().starts().has_approved_report().is_dispatched()
    assert publishes(thematic, BLOG) == []
    assert publishes(thematic, "https://example.com/2", hosts=()) == []
    assert still_open(thematic) == []


def test_rule_19_what_was_published_before_this_was_asked_counts_as_it_did(story: Story) -> None:
    assert publishes(story, BLOG, hosts=None) == []
    assert (still_open(story), published(story.state)) == ([], True)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://uo.example.kz", "uo.example.kz"),
        ("uo.example.kz/kk", "uo.example.kz"),
        ("  https://WWW.Uo.Example.KZ.  ", "uo.example.kz"),
        ("https://орган.example.kz/1", "xn--80af5abk.example.kz"),
        ("", ""),
        ("https://[::1", ""),
        ("https://" + "a" * 64 + ".kz", ""),
    ],
)
def test_hosts_are_compared_as_names_are(address: str, host: str) -> None:
    assert host_of(address) == host

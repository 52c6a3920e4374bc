"""Rule 7: a source is obtained before it is cited."""

from datetime import timedelta

import pytest

from models.commands import CompleteCollection
from models.report.facts import ContentPin
from tests.models.monitoring.monitorings import Story
from tests.models.monitoring.rules.parts import HASH, facts, source


@pytest.mark.parametrize(("days", "refused"), [(-1, False), (0, False), (1, True)])
def test_rule_07_nothing_is_obtained_before_its_day_comes(days: int, refused: bool) -> None:
    story = Story().starts().begins_collection()
    obtained = story.today + timedelta(days=days)
    content = ContentPin(
        sha256=HASH, facts=facts(sources=(source().model_copy(update={"obtained_on": obtained}),))
    )
    if refused:
        assert story.refused(CompleteCollection, content=content) == ("source_in_future", "7")
    else:
        story.does(CompleteCollection, content=content)

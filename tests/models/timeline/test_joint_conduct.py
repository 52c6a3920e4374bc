"""Who conducts by whose word, as a reader of the journal is told (rule 2)."""

from models.commands import WithdrawCoConductor
from models.timeline.known import Known
from models.timeline.lines import timeline
from models.timeline.pins import PinKind
from models.timeline.sayings import organisation
from models.timeline.told import told
from models.timeline.ways import AnswerWay
from tests.models.monitoring.rules.parts import AKIMAT, HASH, MINISTRY, NGO
from tests.models.monitoring.rules.test_joint_conduct import FILE, confirms, joint, leads_word, people_of


def test_what_became_of_a_naming_stands_under_it() -> None:
    story = leads_word(joint(NGO, MINISTRY, AKIMAT), NGO, MINISTRY)
    confirms(story, MINISTRY, yes=False)
    story.does(WithdrawCoConductor, people_of(NGO), organisation="akimat", reason=HASH)
    lines = timeline(story.entries).lines
    ministry, akimat = [line.seq for line in lines if line.type == "co_conductor_named"]
    followed = {line.type: (line.follows, line.rules) for line in lines}
    assert followed["conduct_confirmed"] == (ministry, ("2",))
    assert followed["conduct_declined"] == (ministry, ("2",))
    assert followed["co_conductor_withdrawn"] == (akimat, ("2",))
    (confirmed,) = [line for line in lines if line.type == "conduct_confirmed"]
    assert [(pin.kind, pin.sha256) for pin in confirmed.pins] == [(PinKind.ACT, FILE)]
    assert confirmed.way is AnswerWay.ON_PAPER
    said = told(lines[1].entry.event, Known(state=story.state))
    assert said["organisation"] == organisation("ministry")

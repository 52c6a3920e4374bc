"""What recipients do behind the links of their letters, page by page."""

from local.demo.letterbox import Letterbox
from local.demo.visitor import Visitor
from local.sample_scenario import (
    SampleConsideration,
    SampleInformationAnswer,
    SampleInvitationAnswer,
    SampleReply,
)
from models.report import Source


class Visits:
    """Visits to links in letters."""

    def __init__(self, visitor: Visitor, letterbox: Letterbox) -> None:
        self._visitor = visitor
        self._letterbox = letterbox

    async def answer_invitation(self, address: str, number: str, answer: SampleInvitationAnswer) -> None:
        raise NotImplementedError

    async def answer_information_request(
        self, address: str, number: str, answer: SampleInformationAnswer, source: Source
    ) -> None:
        raise NotImplementedError

    async def acknowledge(self, address: str, number: str) -> None:
        raise NotImplementedError

    async def answer_report(self, address: str, number: str, reply: SampleReply) -> None:
        raise NotImplementedError

    async def record_consideration(self, address: str, number: str, item: SampleConsideration) -> None:
        raise NotImplementedError

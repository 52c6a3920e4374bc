"""A program of a user of the client: it conducts a monitoring and knows the client alone.

Content comes as plain JSON, as it lies in files of the user's own.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Final

import httpx
from anticorruption_monitoring_client import (
    AuthenticatedClient,
    Batch,
    NotNow,
    Patience,
    Refused,
    every,
    follow,
)
from anticorruption_monitoring_client.api.account import read_me
from anticorruption_monitoring_client.api.attachments import attach_file, download_attachment
from anticorruption_monitoring_client.api.conduct import begin_collection, complete_step
from anticorruption_monitoring_client.api.content import (
    create_finding,
    create_indicator,
    create_source,
    replace_draft,
)
from anticorruption_monitoring_client.api.dispatch import dispatch_report
from anticorruption_monitoring_client.api.events import list_events
from anticorruption_monitoring_client.api.follow_up import list_items
from anticorruption_monitoring_client.api.monitorings import (
    list_monitorings,
    read_journal,
    read_monitoring,
    start_monitoring,
)
from anticorruption_monitoring_client.api.replies import answer_report, list_replies
from anticorruption_monitoring_client.api.report import (
    approve_report,
    download_document,
    list_versions,
    read_version_content,
    submit_report,
)
from anticorruption_monitoring_client.models import (
    AnswerReportBody,
    ApproveReportBody,
    Authority,
    BeginCollectionBody,
    CommandBody,
    CompleteStepBody,
    DispatchReportBody,
    Finding,
    Ground,
    ItemAnswerBody,
    Kind,
    Language,
    NewAddresseeBody,
    Qualitative,
    QuantitativeInput,
    Rendition,
    ReportDraft,
    Response,
    Source,
    StartMonitoringBody,
    Step,
    Title,
)
from anticorruption_monitoring_client.models import AttachFileForm as Form
from anticorruption_monitoring_client.types import File

__all__ = ("NotNow", "Refused", "read_me")
Json = Mapping[str, object]
INDICATORS: Final = {"quantitative": QuantitativeInput, "qualitative": Qualitative}


class Counting(Patience):  # type: ignore[misc]  # made as the tests run, so unknown to mypy
    """Keeps what each try came to."""

    statuses: list[int] = []

    def pause(
        self, request: httpx.Request, came: httpx.Response | httpx.TransportError, tries: int, passed: float
    ) -> float | None:
        if isinstance(came, httpx.Response):
            self.statuses.append(came.status_code)
        asked: float | None = super().pause(request, came, tries, passed)
        return asked


def signed_in(url: str, token: str, seconds: float = 60.0) -> AuthenticatedClient:
    return AuthenticatedClient(url, token, language="ru", patience=Patience(seconds))


def asked(kind: Kind = Kind.THEMATIC) -> StartMonitoringBody:
    return StartMonitoringBody(
        kind=kind,
        title=Title(ru="Проба клиента"),
        spheres=["land-relations"],
        objects=["akimat-zhan"],
        studied_from=date(2026, 1, 1),
        studied_until=date(2026, 6, 30),
    )


def starts(client: AuthenticatedClient, key: str) -> str:
    number: str = start_monitoring.sync(client=client, body=asked(), idempotency_key=key).number
    return number


def collects(
    client: AuthenticatedClient,
    number: str,
    began_on: date,
    sources: Sequence[Json],
    indicators: Sequence[Json],
    findings: Sequence[Json],
    draft: Json,
) -> None:
    begin_collection.sync(number, client=client, body=BeginCollectionBody(began_on=began_on))
    for source in sources:
        create_source.sync(number, client=client, body=Source.from_dict(source))
    for indicator in indicators:
        written = INDICATORS[str(indicator["kind"])].from_dict(indicator)
        kept = create_indicator.sync(number, client=client, body=written)
        assert kept.kind == indicator["kind"]
    for finding in findings:
        create_finding.sync(number, client=client, body=Finding.from_dict(finding))
    replace_draft.sync(number, client=client, body=ReportDraft.from_dict(draft))


def completes(client: AuthenticatedClient, number: str, steps: Sequence[tuple[int, date]]) -> None:
    for step, day in steps:
        complete_step.sync(number, client=client, body=CompleteStepBody(step=Step(step), completed_on=day))


def submits(client: AuthenticatedClient, number: str) -> int:
    """The report of the annex, once it is printed: told by the feed, not asked for again and again."""
    submit_report.sync(number, client=client, body=CommandBody())
    waits_for(client, number, "monitoring.report_rendered")
    return int(list_versions.sync(number, client=client)[-1].number)


def approves(head: AuthenticatedClient, number: str, version: int) -> None:
    approve_report.sync(number, version, client=head, body=ApproveReportBody())


def dispatches(client: AuthenticatedClient, number: str, bodies: Sequence[tuple[str, str]]) -> str:
    """Until everything that is due has left; the stage then."""
    sent = [NewAddresseeBody(organisation=body, ground=Ground(ground)) for body, ground in bodies]
    dispatch_report.sync(number, client=client, body=DispatchReportBody(addressees=sent))
    waits_for(client, number, "monitoring.letter_sent", len(bodies))
    return str(read_monitoring.sync(number, client=client).stage)


def records_reply(client: AuthenticatedClient, number: str, addressee: str, act: str, day: date) -> int:
    """What came on paper: every item accepted. How many there were."""
    items = [each for each in list_items.sync(number, client=client) if each.addressee == addressee]
    body = AnswerReportBody(
        answers=[ItemAnswerBody(item=each.id, response=Response.ACCEPTED) for each in items],
        respondent="Ж. Сыдық",
        on_behalf=Authority(organisation=addressee, act=act, dated=day),
    )
    answer_report.sync(number, addressee, client=client, body=body)
    (reply,) = [each for each in list_replies.sync(number, client=client) if each.organisation == addressee]
    assert reply.answered_on is not None
    return len(items)


def reads(client: AuthenticatedClient, number: str, version: int) -> tuple[bytes, str]:
    """The printed report, and its conclusions as they are written in it."""
    printed = download_document.sync(
        number, version, Rendition.FILED, Language.KK, client=client
    ).payload.read()
    content = read_version_content.sync(number, version, client=client)
    return printed, str(content.draft.conclusions.kk)


def attaches(client: AuthenticatedClient, number: str, name: str, content: bytes) -> bytes:
    """A file, and what comes back of it."""
    kept = attach_file.sync(number, client=client, body=Form(file=File(BytesIO(content), name, "text/csv")))
    assert kept.filename == name
    back: bytes = download_attachment.sync(number, kept.id, client=client).payload.read()
    return back


def waits_for(client: AuthenticatedClient, number: str, kind: str, times: int = 1) -> None:
    """Until the feed has told of so many events of a type."""
    seen = 0
    for batch in follow(list_events.sync_detailed, client=client, mark=number, wait=5):
        seen += sum(event.type_ == kind for event in batch.events)
        if seen >= times:
            return


def feed(
    client: AuthenticatedClient, number: str, cursor: str | None = None
) -> Iterator[Batch[tuple[int, str]]]:
    """The feed as far as it goes, three events at a time: their places and their types."""
    for batch in follow(
        list_events.sync_detailed, client=client, mark=number, limit=3, wait=0, cursor=cursor
    ):
        yield Batch([(event.data.seq, event.type_) for event in batch.events], batch.cursor)


def journal(client: AuthenticatedClient, number: str) -> list[tuple[str, str]]:
    """The type of each entry, and the class that its event was read as."""
    lines = every(read_journal.sync, number=number, client=client, limit=5)
    return [(line.type_, type(line.event).__name__) for line in lines]


async def numbers(client: AuthenticatedClient) -> list[str]:
    """What is listed for the caller, asked without blocking."""
    page = await list_monitorings.asyncio(client=client, limit=200)
    return [line.number for line in page.items]

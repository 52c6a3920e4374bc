"""The head approves a version or gives it back, under the text that was read (rule 15, A10)."""

from collections.abc import Iterable
from typing import Final

from api.commands.filling import to_approve_report, to_return_report
from api.commands.idempotency import RequestKey
from api.pages.desk.coordinating import MonitoringSitting
from api.pages.desk.leading.reading import read_version
from api.pages.desk.leading.unanswered import unanswered_lines
from api.pages.desk.question_form import MonitoringQuestions
from api.pages.desk.questions import Answers, AnyQuestion, BoxQuestion, TextQuestion
from api.pages.forms.form import Line, View
from api.pages.forms.typed import Typed
from models.commands import ApproveReport, ReturnReport
from models.monitoring.state import MonitoringState, Version
from models.vocabulary.procedure import Id

SEEN, REASON = BoxQuestion("disclosures_seen"), TextQuestion("reason")


_DECIDED: Final = ("no_version_awaits", "another_version_awaits", "version_returned", "version_approved")
"""Why a version waits for no head any more."""


class VersionForm(MonitoringQuestions):
    """About the version that waits for the head; of any other one the rules say why not."""

    template = "desk/report_read.html"

    def things(self, state: MonitoringState) -> Iterable[Id]:
        return (str(version.number) for version in state.versions)

    def abouts(self, state: MonitoringState) -> Iterable[Id]:
        return () if state.submitted is None else (str(state.submitted.number),)

    async def view(self, typed: Typed, sitting: MonitoringSitting) -> View:
        return await read_version(sitting, await super().view(typed, sitting), version_about(sitting))


class ApproveReportForm(VersionForm):
    """Rules 5, 15, A10: what was frozen and printed is approved, not what was changed since."""

    command = ApproveReport
    path, key = "versions/{about}/approval", "approve_report"
    questions = (SEEN,)
    closing = frozenset(
        {
            "monitoring_ended",
            *_DECIDED,
            "documents_not_ready",
            "approver_is_author",
        }
    )
    fields_of_refusals = {"disclosures_not_seen": SEEN.name}

    def asked_at(self, sitting: MonitoringSitting) -> tuple[AnyQuestion, ...]:
        version = version_about(sitting)
        return (SEEN,) if version is not None and version.disclosures else ()

    async def about_lines(self, sitting: MonitoringSitting) -> tuple[Line, ...]:
        return await unanswered_lines(sitting)

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> ApproveReport:
        return await to_approve_report(
            sitting.session,
            sitting.by(key),
            sitting.access,
            int(sitting.about),
            sitting.today,
            disclosures_seen=said[SEEN],
        )


class ReturnReportForm(VersionForm):
    """Rule 15: a version is given back to be worked on, and why."""

    command = ReturnReport
    path, key = "versions/{about}/return", "return_report"
    questions = (REASON,)
    closing = frozenset({"monitoring_ended", *_DECIDED})

    async def filled(self, said: Answers, sitting: MonitoringSitting, key: RequestKey) -> ReturnReport:
        return to_return_report(sitting.by(key), int(sitting.about), said[REASON].sha256)


def version_about(sitting: MonitoringSitting) -> Version | None:
    """The version that the address names."""
    return next((each for each in sitting.state.versions if str(each.number) == sitting.about), None)

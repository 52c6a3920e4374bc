"""The bundle: everything about one proceeding in one signed file, for an auditor to take away."""

from datetime import datetime
from http import HTTPStatus
from tempfile import SpooledTemporaryFile
from typing import IO, Annotated, Any, Final

from fastapi import APIRouter, Response
from temporalio.service import RPCError

from activities.encryption.data_converter import codec_of
from activities.proofs.bundle.assemble import Bundler
from activities.proofs.bundle.histories import HistoryLost, ServerNeeded
from activities.proofs.signing import BadKey, Signer
from api.access.auth import AnyCaller
from api.access.consolidation import permit_consolidation
from api.access.duties import permit_duty
from api.access.routing import account_router, monitoring_router, permit
from api.http.deps import Now, Session
from api.http.making import WORK_RESPONSE, Prefer, answered
from api.problems.problem import ProblemCode, conflict, documented, unavailable
from api.routes.timelines import Regarded
from api.services.made import IN_MEMORY_BYTES, Made
from api.services.services import AnyServices, Services
from api.services.temporal import TemporalDown
from models.proceeding.state import Proceeding
from models.vocabulary.access import Action

_RETRY_SECONDS: Final = 5
_ZIP: Final[dict[int | str, dict[str, object]]] = {
    HTTPStatus.OK.value: {
        "description": "A ZIP of histories, journal, content, documents, letters and attachments, "
        "with a signed manifest. `verify` checks it without a server.",
        "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
    }
}


def bundle_route(router: APIRouter, of: str, taking: Any) -> APIRouter:
    """Add the route: a monitoring, a duty and the consolidation have the same; `taking` permits it."""

    @router.get(
        "/bundle",
        name=f"download_{of}bundle",
        response_class=Response,
        responses=_ZIP | WORK_RESPONSE | documented(409, 429, 503),
    )
    async def download_bundle(
        access: Annotated[Regarded, taking],
        caller: AnyCaller,
        session: Session,
        services: AnyServices,
        now: Now,
        prefer: Prefer = None,
    ) -> Response:
        """Everything about it at this moment of its life, to be checked offline by `verify`."""
        await session.commit()  # whoever waits for a turn holds no connection

        async def making() -> Made:
            return await bundle_of(services, access.state, now)

        return await answered(services, caller.account, making, prefer)

    return router


router = bundle_route(monitoring_router("monitorings"), "", permit(Action.READ_BUNDLE))
of_duties = bundle_route(
    account_router("duties", "/duties/{mark}", documented(404)), "duty_", permit_duty(Action.READ_BUNDLE)
)
of_consolidation = bundle_route(
    account_router("consolidation", "/consolidation", documented(404)),
    "consolidation_",
    permit_consolidation(Action.READ_BUNDLE),
)


async def bundle_of(services: Services, about: Proceeding, now: datetime) -> Made:
    """The file. Raises Failed: 503 while a store is away, 409 where it cannot be made."""
    file: IO[bytes] = SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115 (closed when it was sent)
    try:
        await (await _bundler(services)).write(about.workflow_id, file, now)
    except (ServerNeeded, RPCError):
        file.close()
        raise unavailable(ProblemCode.UNAVAILABLE, _RETRY_SECONDS) from None
    except HistoryLost:
        file.close()
        raise conflict(ProblemCode.HISTORY_LOST) from None
    except BaseException:
        file.close()
        raise
    return Made(file, f"{about.mark}.zip", "application/zip")


async def _bundler(services: Services) -> Bundler:
    try:
        signer = Signer(services.settings.signing_key)
    except BadKey:
        raise conflict(ProblemCode.SIGNING_KEY_MISSING) from None
    try:
        client = await services.temporal.client()
    except TemporalDown:
        client = None  # the archive may have all that is asked for
    return Bundler(services.sessions, client, signer, codec_of(services.settings))

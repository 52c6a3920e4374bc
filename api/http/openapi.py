"""What the OpenAPI document says beyond the routes: an introduction, the tags, and how problems look."""

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.http.schemas import with_schemas_for_programs
from api.problems.problem import MEDIA_TYPE, Problem, documented

DESCRIPTION: Final = """
Kazakhstan's Rules for conducting anti-corruption monitoring (order No. 192 of 16 June 2023)
as a durable procedure.

**Sign in** with a bearer token (`Authorize`). **Commands** are `POST`s that make something happen
in a monitoring. They are answered with a receipt once it is on record: the next read shows it.
Send an `Idempotency-Key` of your own with each: the same request with the same key happens once
and gets the same answer. After a 503, send it again.

**Refusals** are problems (RFC 9457) with a `code`, the `rule` they rest on, and a sentence in the
language of `Accept-Language` (kk, ru, en; Kazakh by default). `problems` lists every reason when
there are several.

**Content** (sources, indicators, findings, draft) is edited until approval and during a correction.
What exists is changed with `If-Match` and the `ETag` that was read. Dates are local (Asia/Almaty),
instants are UTC.
"""

TAGS: Final = [
    {"name": "monitorings", "description": "Start, list, read; the journal. Rules 2, 5, 9-11, 14."},
    {"name": "history", "description": "The timeline in words, its exports, its proofs; for auditors."},
    {"name": "conduct", "description": "Collecting, activities, analysis, the four steps. Rules 8, 14."},
    {"name": "content", "description": "Sources, indicators, findings, draft, comments. Rules 6, 7, annex."},
    {"name": "attachments", "description": "Files."},
    {"name": "joint conduct", "description": "Co-conductors: their word, and the lead's. Rules 2, 13, 17."},
    {"name": "working group", "description": "The head's decision, invitations, consents. Rule 12."},
    {"name": "information", "description": "Requests to holders of information. Rules 7, 8."},
    {"name": "report", "description": "Check, submit, return, approve, correct, download. Rules 15, 16."},
    {"name": "dispatch", "description": "Addressees, letters and their proofs. Rules 17, 20."},
    {"name": "replies", "description": "What addressees say, and the time they are given."},
    {
        "name": "follow-up",
        "description": "What becomes of accepted proposals and recommendations: reported, judged, counted. "
        "Beyond the Rules, which set no duty to carry anything out.",
    },
    {"name": "publication", "description": "On the official web resource. Rule 19."},
    {"name": "councils", "description": "Consideration by councils. Rule 21."},
    {"name": "review", "description": "The authorized body's inbox. Rule 18."},
    {"name": "consolidation", "description": "Reports received, considered, reviewed. Rules 17, 18."},
    {"name": "duties", "description": "Who owes monitoring, and what fulfils it. Rule 13."},
    {"name": "handing over", "description": "Who coordinates a monitoring within the body that leads it."},
    {"name": "closing", "description": "Cancelling, closing, the end of the follow-up."},
    {"name": "registries", "description": "Bodies, people, councils, spheres, accounts."},
    {"name": "personal data", "description": "Who has access to it, and who read what."},
    {"name": "settings", "description": "Editions of the Rules, the working calendar."},
    {"name": "account", "description": "The caller, its tokens, and the log of commands."},
    {"name": "deputies", "description": "Who stands in for whom, in which days and by which act."},
    {"name": "events", "description": "What happened, for programs: CloudEvents in order, and webhooks."},
    {
        "name": "registers as files",
        "description": "Made on a schedule by the working calendar, to be fetched.",
    },
    {"name": "history", "description": "Temporal's encrypted histories, for its UI and command line."},
    {"name": "public", "description": "Published reports; no sign-in."},
    {"name": "works", "description": "Files that take a while: how far they are, and to be fetched."},
    {"name": "health", "description": "Whether it runs."},
]


def described(app: FastAPI) -> None:
    """Complete the document: the problem's schema, plain names, no mention of FastAPI's own errors."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
                tags=app.openapi_tags,
            )
            _with_problems(schema)
            with_schemas_for_programs(schema)
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def _with_problems(schema: dict[str, Any]) -> None:
    schemas = schema["components"]["schemas"]
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = problem
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    internal = {
        "description": "An internal error; `instance` names it in the log.",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    too_many = documented(429)[429]
    for path in schema["paths"].values():
        for operation in path.values():
            operation["responses"].setdefault("500", internal)
            operation["responses"].setdefault("429", too_many)
            if "requestBody" in operation:
                _with_problems_of_bodies(operation["responses"])


def _with_problems_of_bodies(responses: dict[str, Any]) -> None:
    """What any body may be answered with: unreadable, too slow, too large (`bodies.py`), not JSON."""
    for status, response in documented(400, 408, 413, 422).items():
        responses.setdefault(str(status), response)

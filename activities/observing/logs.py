"""Logs: one line an event, with the ids by which it is found again, for machines (JSON) or for people.

All that is said passes through here, what libraries say too: of an exception stands its kind and its place,
never its message, which may quote what people typed.
"""

import logging
import re
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Final, TypedDict, Unpack

from pythonjsonlogger.json import JsonFormatter

from activities.observing.codes import SAID, LogCode
from models.settings.observing import LogFormat

_OWN: Final = "observed"
_HUMAN: Final = "%(asctime)s %(levelname)s %(name)s %(message)s"
_QUOTED: Final = re.compile(r"'[^']*'|\"[^\"]*\"")
_ADDRESS: Final = re.compile(r"[^\s<>@,;:()]+@[^\s<>@,;:()]+")
_OPENS: Final = re.compile(r"(/r/|[Bb]earer\s+|[?&][\w.-]+=)[^\s&]+")
_URL: Final = re.compile(r"(\w+://)[^\s/]*(/\S*)?")
_UVICORNS: Final = ("uvicorn", "uvicorn.error", "uvicorn.access")
_LIBRARIES_AT_MOST: Final = {"mail.log": logging.WARNING, "httpx": logging.WARNING}
"""What tells addresses when it is asked for more."""
_TEMPORAL: Final = {"workflow_id": "workflow_id", "task_queue": "task_queue"}


class Ids(TypedDict, total=False):
    """By what a line is found: of a request, a command, a proceeding, a queue."""

    request_id: str
    command_id: str
    workflow_id: str
    task_queue: str


class Fields(Ids, total=False):
    """All that a line may say. Ids, kinds, counts and moments: nothing that people typed."""

    command: str
    outcome: str
    refusal: str  # the code of why a command was refused
    method: str
    route: str
    status: int
    milliseconds: int
    instance: str
    fault: str
    place: str
    reason: str
    expected: str
    claim: str
    letter: str
    mark: str
    answer: str  # the mail server's number, or a word of ours
    seq: int
    due: str
    count: int
    heard: int
    edition: str
    queues: str
    domain: str
    address: str  # where a program of ours listens


_ids: ContextVar[Ids] = ContextVar("ids_of_logs")


def ids() -> Ids:
    """Those of what is being done now."""
    return _ids.get(Ids())


@contextmanager
def about(**known: Unpack[Ids]) -> Iterator[None]:
    """Every line said meanwhile, by whomever, bears these ids besides those it has."""
    together: Ids = {**ids(), **known}
    token = _ids.set(together)
    try:
        yield
    finally:
        _ids.reset(token)


def note(**known: Unpack[Ids]) -> None:
    """The same from here on, until the `about` around it is left: the request's own line has them, too."""
    _ids.get(Ids()).update(known)


class Log:
    """Says what is in the table of codes."""

    def __init__(self, name: str) -> None:
        self._log = logging.getLogger(name)

    def debug(self, code: LogCode, **fields: Unpack[Fields]) -> None:
        self._say(logging.DEBUG, code, fields)

    def info(self, code: LogCode, **fields: Unpack[Fields]) -> None:
        self._say(logging.INFO, code, fields)

    def warning(self, code: LogCode, **fields: Unpack[Fields]) -> None:
        self._say(logging.WARNING, code, fields)

    def error(self, code: LogCode, **fields: Unpack[Fields]) -> None:
        self._say(logging.ERROR, code, fields)

    def critical(self, code: LogCode, **fields: Unpack[Fields]) -> None:
        self._say(logging.CRITICAL, code, fields)

    def _say(self, level: int, code: LogCode, fields: Fields) -> None:
        if self._log.isEnabledFor(level):
            said = SAID[code].format_map(_Given(fields))
            self._log.log(level, "%s", said, extra={_OWN: (code, fields)})


class _Given(dict[str, object]):
    """What is not said leaves a dash, and never takes a line down."""

    def __missing__(self, name: str) -> str:
        return "–"


def set_up_logs(level: str, form: LogFormat, build: str) -> None:
    """For a whole program: every logger's lines go out in this form, on standard error; uvicorn's as well."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter_of(form, build))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _UVICORNS:
        of_uvicorn = logging.getLogger(name)
        of_uvicorn.handlers, of_uvicorn.propagate = [], True
    for name, most in _LIBRARIES_AT_MOST.items():
        logging.getLogger(name).setLevel(most)


def formatter_of(form: LogFormat, build: str) -> logging.Formatter:
    """What makes a line of a record, of anybody's."""
    return _Lines(build) if form is LogFormat.JSON else _Sentences(_HUMAN)


def place_of(fault: BaseException) -> str:
    """The lines of code an exception came by, the last one first."""
    return _place(fault.__traceback__)


def _place(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)
    return " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))


class _Lines(JsonFormatter):
    """A JSON object a line."""

    def __init__(self, build: str) -> None:
        super().__init__(json_ensure_ascii=False)
        self._build = build

    def add_fields(
        self,
        log_data: dict[str, object],
        record: logging.LogRecord,
        message_dict: dict[str, object],
    ) -> None:
        log_data["time"] = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        log_data["level"] = record.levelname.lower()
        log_data.update(_content(record))
        log_data["logger"] = record.name
        log_data["build"] = self._build

    def formatException(self, ei: object) -> str:  # noqa: N802 - the library's name
        return ""  # `_content` says of it what may be said


class _Sentences(logging.Formatter):
    """A line for people."""

    def format(self, record: logging.LogRecord) -> str:
        said = _content(record)
        of_it = " ".join(f"{name}={said[name]}" for name in Ids.__annotations__ if name in said)
        fault = "" if record.exc_info is None or _OWN in record.__dict__ else _told(said)
        line = _HUMAN % {
            "asctime": self.formatTime(record),
            "levelname": record.levelname,
            "name": record.name,
            "message": " ".join(filter(None, (str(said["message"]), fault))),
        }
        return f"{line} [{of_it}]" if of_it else line


def _told(said: Mapping[str, object]) -> str:
    return f"({said.get('fault')} at {said.get('place')})"


def _content(record: logging.LogRecord) -> dict[str, object]:
    own = record.__dict__.get(_OWN)
    if own is not None:
        code, fields = own
        return {"code": str(code), "message": record.getMessage(), **ids(), **fields}
    found: dict[str, object] = {"code": str(LogCode.LIBRARY), "message": scrubbed(record.getMessage())}
    found |= {**ids(), **_of_temporal(record)}
    if record.exc_info and record.exc_info[1] is not None:
        found |= {"fault": type(record.exc_info[1]).__name__, "place": _place(record.exc_info[2])}
    return found


def _of_temporal(record: logging.LogRecord) -> dict[str, object]:
    """The SDK says in fields of its own what it speaks of."""
    for name in ("temporal_activity", "temporal_workflow"):
        known = record.__dict__.get(name)
        if isinstance(known, Mapping):
            return {ours: known[theirs] for ours, theirs in _TEMPORAL.items() if theirs in known}
    return {}


def scrubbed(said: str) -> str:
    """A library's words: the first line, without what it quotes, without addresses and what opens doors."""
    line = said.partition("\n")[0].partition(" ({")[0]
    for pattern, put in ((_URL, r"\1…"), (_OPENS, r"\1…"), (_QUOTED, "'…'"), (_ADDRESS, "…")):
        line = pattern.sub(put, line)
    return line

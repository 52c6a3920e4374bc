"""When the client sends a request again, when it does not, how long it waits: on a clock of the test's."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from io import BytesIO

import httpx
import pytest

from client.written.patience import Patience, Patient, PatientAsync
from client.written.reading_on import cursor_of, every, follow
from client.written.refusals import ApiProblem, NotNow, Refused, raise_problem

LATER = httpx.Response(503, headers={"Retry-After": "7"})
KEYED = {"Idempotency-Key": "k"}


@dataclass
class Ground:
    """A server that answers as it is told, and a clock that goes on while somebody sleeps."""

    answers: list[httpx.Response | httpx.TransportError]
    now: float = 0.0
    slept: list[float] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.bodies.append(request.content)
        came = self.answers.pop(0)
        if isinstance(came, httpx.Response):
            return httpx.Response(came.status_code, headers=came.headers)
        raise came

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def client(self, seconds: float = 120.0) -> httpx.Client:
        transport = Patient(
            httpx.MockTransport(self.answer), Patience(seconds), sleep=self.sleep, clock=lambda: self.now
        )
        return httpx.Client(transport=transport, base_url="https://monitoring.example.kz")


def test_a_request_is_sent_again_when_the_api_says() -> None:
    ground = Ground([LATER, httpx.Response(429, headers={"Retry-After": "2"}), httpx.Response(200)])
    assert ground.client().post("/", json={"a": 1}, headers=KEYED).status_code == 200
    assert ground.slept == [7.0, 2.0]
    assert ground.bodies == [b'{"a":1}'] * 3


def test_a_form_with_a_file_is_sent_whole_each_time() -> None:
    ground = Ground([LATER, httpx.Response(201)])
    ground.client().post("/", files={"file": ("a.csv", BytesIO(b"--+++\r\n"))}, headers=KEYED)
    first, second = ground.bodies
    assert first == second
    assert b"--+++\r\n" in first


def test_a_proxy_may_name_a_date() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    ground = Ground([httpx.Response(503, headers={"Retry-After": soon}), httpx.Response(200)])
    ground.client().get("/")
    assert 25 < ground.slept[0] <= 30


@pytest.mark.parametrize("said", [{}, {"Retry-After": "soon"}, {"Retry-After": "121"}])
def test_without_a_moment_in_time_the_answer_is_the_answer(said: dict[str, str]) -> None:
    ground = Ground([httpx.Response(503, headers=said)])
    assert ground.client().get("/").status_code == 503
    assert ground.slept == []


def test_patience_ends() -> None:
    ground = Ground([LATER] * 10)
    assert ground.client(20.0).get("/").status_code == 503
    assert ground.slept == [7.0, 7.0]


def test_other_answers_are_final() -> None:
    ground = Ground([httpx.Response(409, headers={"Retry-After": "1"})])
    assert ground.client().get("/").status_code == 409


@pytest.mark.parametrize(
    ("method", "headers", "lost"),
    [
        ("GET", {}, httpx.ReadTimeout("")),
        ("POST", KEYED, httpx.ReadError("")),
        ("POST", {}, httpx.ConnectError("")),
    ],
)
def test_a_lost_connection_is_tried_again_where_that_does_no_harm(
    method: str, headers: dict[str, str], lost: httpx.TransportError
) -> None:
    ground = Ground([lost, lost, httpx.Response(200)])
    assert ground.client().request(method, "/", headers=headers).status_code == 200
    assert ground.slept == [0.5, 1.0]


def test_what_may_have_happened_without_a_key_is_not_sent_twice() -> None:
    ground = Ground([httpx.ReadError("broken off")])
    with pytest.raises(httpx.ReadError):
        ground.client().post("/")


async def test_who_awaits_is_as_patient() -> None:
    ground = Ground([LATER, httpx.ConnectError(""), httpx.Response(200)])

    async def sleep(seconds: float) -> None:
        ground.sleep(seconds)
        await asyncio.sleep(0)

    transport = PatientAsync(
        httpx.MockTransport(ground.answer), Patience(), sleep=sleep, clock=lambda: ground.now
    )
    async with httpx.AsyncClient(transport=transport, base_url="https://monitoring.example.kz") as client:
        assert (await client.post("/", content=b"x", headers=KEYED)).status_code == 200
    assert ground.slept == [7.0, 1.0]
    lost = httpx.MockTransport(Ground([httpx.ReadError("")]).answer)
    async with httpx.AsyncClient(transport=PatientAsync(lost, Patience())) as client:
        with pytest.raises(httpx.ReadError):
            await client.post("https://monitoring.example.kz")


@pytest.mark.parametrize(
    ("status", "kind"), [(422, Refused), (503, NotNow), (429, NotNow), (500, ApiProblem)]
)
def test_a_problem_is_raised_by_what_can_be_done_about_it(status: int, kind: type[ApiProblem]) -> None:
    told = {
        "title": "T",
        "code": "c",
        "rule": "12",
        "detail": "D",
        "problems": [{"code": "p", "detail": "d"}],
    }
    answer = httpx.Response(
        status,
        json=told,
        headers={"Content-Type": "application/problem+json"},
        request=httpx.Request("GET", "https://monitoring.example.kz"),
    )
    with pytest.raises(kind) as raised:
        raise_problem(answer)
    assert type(raised.value) is kind
    assert (raised.value.status, raised.value.reasons[0].code) == (status, "p")
    assert "rule 12" in str(raised.value)


def test_what_is_no_problem_is_left_alone() -> None:
    raise_problem(httpx.Response(503, json={"ready": False}))
    raise_problem(httpx.Response(502, text="<html>", headers={"Content-Type": "text/html"}))


@dataclass
class Part:
    items: list[int]
    next_cursor: object


@dataclass
class Told:
    parsed: list[str]
    headers: dict[str, str]


def test_a_list_is_read_to_its_end() -> None:
    def read(cursor: str = "0", limit: int = 2) -> Part:
        first = int(cursor)
        return Part([first, first + 1], str(first + limit) if first < 4 else None)

    assert list(every(read, limit=2)) == [0, 1, 2, 3, 4, 5]


def test_a_feed_is_read_on_at_its_link_after_empty_batches_too() -> None:
    asked = []

    def answers() -> Iterator[list[str]]:
        yield from (["a"], [], ["b"])

    came = answers()

    def read(cursor: str = "", wait: int = 0) -> Told:
        asked.append((cursor, wait))
        at = f"c{len(asked)}"
        return Told(next(came), {"Link": f'</api/v1/events?limit=3&cursor={at}>; rel="next"'})

    feed = follow(read)
    batches = [next(feed) for _ in range(3)]
    assert [(batch.events, batch.cursor) for batch in batches] == [(["a"], "c1"), ([], "c2"), (["b"], "c3")]
    assert asked == [("", 25), ("c1", 25), ("c2", 25)]
    with pytest.raises(KeyError):
        cursor_of({})

"""Who calls the API in a measurement, and what they call, whichever build answers."""

from typing import Final

import httpx

from benchmarks.calling.visits import Recipients
from benchmarks.sides.product import Product
from local.demo.caller import Caller
from local.samples import ScenarioName, load_country, load_scenario
from models.commands.receipt import Receipt

MONITORINGS: Final = "/api/v1/monitorings"


class People:
    """The analyst of scenario B and the administrator, each with a token, and the holder who gets letters."""

    def __init__(self, product: Product) -> None:
        tokens = product.told.tokens
        self.http = product.http
        self._token = tokens[_label("a-sary-analyst")]
        self.analyst = Caller(product.http, self._token)
        self.administrator = Caller(product.http, tokens[_label("a-uo-admin")])
        self._scenario = load_scenario(ScenarioName.B)
        self._recipients = Recipients(product.browser, product.post)

    async def start(self) -> str:
        """Start a monitoring; returns its number."""
        scenario = self._scenario
        body: dict[str, object] = {
            "kind": scenario.kind.value,
            "title": scenario.title.model_dump(),
            "objects": list(scenario.objects),
            "studied_from": scenario.studied_from.isoformat(),
            "studied_until": scenario.studied_until.isoformat(),
        }
        answer = await self.analyst.post(MONITORINGS, body)
        return Receipt.model_validate_json(answer.content).number

    async def begin_collection(self, number: str) -> None:
        began_on = self._scenario.began_on.isoformat()
        await self.analyst.post(f"{path_of(number)}/collection", {"began_on": began_on})

    async def begun(self) -> str:
        """A monitoring that takes commands."""
        number = await self.start()
        await self.begin_collection(number)
        return number

    async def ask_for_information(self, number: str) -> None:
        """A command with its letter. By the edition's service term: working days, counted by the calendar."""
        request = self._scenario.information_requests[0]
        body: dict[str, object] = {
            "holder": request.holder,
            "source_kind": request.source_kind.value,
            "question": "Деректерді ұсынуыңызды сұраймыз.",
        }
        await self.analyst.post(f"{path_of(number)}/information-requests", body)

    async def answer_information_request(self, number: str) -> None:
        """By the link in the letter, as the holder."""
        holder = self._scenario.information_requests[0].holder
        address = load_country().version(holder, self._scenario.began_on).email
        await self._recipients.answer_information_request(address, number)

    async def record_activity(self, number: str) -> None:
        """A command without a letter."""
        done_on = self._scenario.began_on.isoformat()
        body: dict[str, object] = {"activity": "collect", "done_on": done_on, "note": "қорытынды"}
        await self.analyst.post(f"{path_of(number)}/activities", body)

    async def is_refused(self, number: str) -> None:
        """A command that comes too early: nothing can be closed while it is collected."""
        headers = {"Authorization": f"Bearer {self._token}"}
        answer = await self.http.post(f"{path_of(number)}/closing", json={}, headers=headers)
        assert answer.status_code in {httpx.codes.CONFLICT, httpx.codes.UNPROCESSABLE_ENTITY}, answer.text

    async def read(self, number: str) -> None:
        await self.analyst.ask(path_of(number))

    async def list(self) -> None:
        await self.analyst.ask(MONITORINGS)


def path_of(number: str) -> str:
    return f"{MONITORINGS}/{number}"


def _label(account: str) -> str:
    return load_country().account(account).label

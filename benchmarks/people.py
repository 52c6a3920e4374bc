"""Who calls the API in a measurement, and what they call."""

from collections.abc import Mapping

import httpx

from local.demo.caller import Caller
from local.samples import ScenarioName, load_country, load_scenario
from models.commands.receipt import Receipt


class People:
    """The analyst of scenario B and the administrator, each with a token."""

    def __init__(self, client: httpx.AsyncClient, tokens: Mapping[str, str]) -> None:
        self.analyst = Caller(client, tokens[_label("a-sary-analyst")])
        self.administrator = Caller(client, tokens[_label("a-uo-admin")])
        self._scenario = load_scenario(ScenarioName.B)

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
        answer = await self.analyst.post("/api/v1/monitorings", body)
        return Receipt.model_validate_json(answer.content).number

    async def begin_collection(self, number: str) -> None:
        began_on = self._scenario.began_on.isoformat()
        await self.analyst.post(f"{path_of(number)}/collection", {"began_on": began_on})

    async def ask_for_information(self, number: str) -> None:
        """By the edition's service term: working days, counted by the calendar."""
        request = self._scenario.information_requests[0]
        body: dict[str, object] = {
            "holder": request.holder,
            "source_kind": request.source_kind.value,
            "question": "Деректерді ұсынуыңызды сұраймыз.",
        }
        await self.analyst.post(f"{path_of(number)}/information-requests", body)

    async def record_activity(self, number: str) -> None:
        done_on = self._scenario.began_on.isoformat()
        body: dict[str, object] = {"activity": "collect", "done_on": done_on, "note": "қорытынды"}
        await self.analyst.post(f"{path_of(number)}/activities", body)


def path_of(number: str) -> str:
    return f"/api/v1/monitorings/{number}"


def _label(account: str) -> str:
    return load_country().account(account).label

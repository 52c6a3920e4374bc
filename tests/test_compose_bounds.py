"""What docker-compose.yml bounds, whom it lets reach what, and which secret each container sees."""

import re
from pathlib import Path

import pytest
import yaml

from activities.database.sessions import OVERFLOW, POOL
from local.cluster.compose import COMPOSE, read

ROOT = Path(__file__).parent.parent
FILE = read(None)
SERVICES = FILE.services
OWN = {name: service for name, service in SERVICES.items() if "DATABASE_URL" in service.environment}
_ROLES_OF_TEMPORAL = 4  # frontend, history, matching, worker: each has pools of its own
_OPERATORS = 12  # the doctor, a copy, a figure, one who looks
_FOR_SUPERUSERS = 3

HISTORIES = frozenset({"monitoring_db_password", "payload_keys"})
LINKS = frozenset({"monitoring_db_password", "link_secret", "former_link_secrets"})
SEES = {
    "postgres": {
        "postgres_password",
        "monitoring_owner_db_password",
        "monitoring_db_password",
        "temporal_db_password",
    },
    "temporal-schema": {"temporal_db_password"},
    "temporal": {"temporal_db_password"},
    "migrate": {"monitoring_owner_db_password"},
    "api": {*HISTORIES, *LINKS, "signing_key", "oidc_client_secret", "smtp_url"},
    "proxy": {"tls_certificate", "tls_key"},
    "worker-procedure": HISTORIES,
    "worker-documents": HISTORIES,
    "worker-webhooks": HISTORIES,
    "worker-mail": {*HISTORIES, *LINKS, "smtp_url"},
    "mail-door": LINKS,
}


@pytest.mark.parametrize("name", SERVICES)
def test_memory_processors_processes_temporary_files_and_logs_are_bounded(name: str) -> None:
    service = SERVICES[name]
    assert service.deploy, "memory, processors and processes"
    assert service.logging, "a log that nobody bounds fills the disk"
    assert {"max-size", "max-file"} <= service.logging.options.keys()
    if name not in {"postgres", "temporal-schema", "temporal-namespace"}:  # they leave nothing in /tmp
        assert any(re.fullmatch(r"/tmp:size=\d+m", each) for each in service.tmpfs)


@pytest.mark.parametrize("name", [*OWN, "proxy"])
def test_what_faces_people_writes_nothing_and_may_do_nothing(name: str) -> None:
    service = SERVICES[name]
    assert service.read_only
    assert service.cap_drop == ["ALL"]
    assert service.security_opt == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", SERVICES)
def test_each_container_sees_its_own_secrets_and_no_other(name: str) -> None:
    assert {secret.source for secret in SERVICES[name].secrets} == SEES.get(name, set())


def test_every_secret_is_a_file_of_one_folder_and_somebodys() -> None:
    assert {name: secret.file for name, secret in FILE.secrets.items()} == {
        name: f"${{SECRETS:-./secrets}}/{name}" for name in set().union(*SEES.values())
    }


def test_no_secret_stands_in_an_environment() -> None:
    for name, service in SERVICES.items():
        for key, value in service.environment.items():
            if re.search(r"PASSWORD|PWD|SECRET|_KEYS?$", key):
                assert value.startswith("/run/secrets/") or key == "FORMER_PUBLIC_KEYS", f"{name}: {key}"
            assert not re.search(r"://[^/@]*:[^/@]*@", value), f"{name}: {key} has a password in it"


def test_the_script_makes_every_secret_but_the_mail_servers_address() -> None:
    script = (ROOT / "docker" / "secrets.sh").read_text()
    assert [name for name in FILE.secrets if name not in script] == []
    assert 'test -s "$folder/smtp_url"' in script, "it is asked for, and has no default"


def test_no_letter_goes_to_the_mail_catcher_unless_somebody_asks_for_it() -> None:
    assert SERVICES["mail"].profiles == ["mail"]
    assert "SMTP_URL" not in {key for service in OWN.values() for key in service.environment}


def test_all_pools_at_once_fit_into_the_database() -> None:
    ours = sum(service.replicas for name, service in OWN.items() if name != "migrate") * (POOL + OVERFLOW)
    temporal = SERVICES["temporal"]
    of_a_role = sum(int(temporal.environment[key]) for key in ("SQL_MAX_CONNS", "SQL_VIS_MAX_CONNS"))
    theirs = temporal.replicas * _ROLES_OF_TEMPORAL * of_a_role
    asked = re.search(r"max_connections=(\d+)", " ".join(SERVICES["postgres"].command))
    assert asked
    assert ours + theirs + _OPERATORS + _FOR_SUPERUSERS <= int(asked[1])


def test_the_outside_reaches_only_what_people_open_and_only_through_loopback_unless_told() -> None:
    published = {name: service.ports for name, service in SERVICES.items() if service.ports}
    assert published.keys() == {"proxy", "temporal-ui", "mail", "mail-door", "grafana"}
    assert published.pop("proxy") == ["${PROXY_ADDRESS:-127.0.0.1}:${PROXY_PORT:-8443}:8443"]
    assert all(port.startswith("127.0.0.1:") for ports in published.values() for port in ports)
    assert {name for name, network in FILE.networks.items() if network.internal} == {"inside", "front"}
    assert {name for name, service in SERVICES.items() if "outside" in service.networks} == {
        *published,
        "proxy",
        "api",
        "worker-mail",
        "worker-webhooks",
    }


def test_the_api_believes_the_proxys_network_and_nobody_else_is_in_it() -> None:
    assert {name for name, service in SERVICES.items() if "front" in service.networks} == {"proxy", "api"}
    subnet = FILE.networks["front"].ipam["config"][0]["subnet"]
    assert SERVICES["api"].environment["FORWARDED_ALLOW_IPS"] == f"${{FORWARDED_ALLOW_IPS:-{subnet}}}"


def test_every_variable_that_is_needed_says_where_to_look() -> None:
    asked = re.findall(r"\$\{[A-Z_]+:\?([^}]*)\}", COMPOSE.read_text())
    assert set(asked) == {"see .env.example"}


def test_figures_are_fetched_from_each_of_a_kind() -> None:
    jobs = yaml.safe_load((ROOT / "docker" / "prometheus" / "prometheus.yml").read_text())["scrape_configs"]
    asked = {job["job_name"]: set(job["dns_sd_configs"][0]["names"]) for job in jobs}
    workers = {name for name, service in OWN.items() if "WORKER_QUEUES" in service.environment}
    assert asked == {
        "api": {"api"},
        "worker": workers,
        "mail-door": {"mail-door"},
        "temporal-sdk": workers,
        "temporal-server": {"temporal"},
    }

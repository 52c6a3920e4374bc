"""What a container engine lays into files is a setting like one of the environment."""

from pathlib import Path

import pytest

from models.settings.environment import Settings

WORD = "a-secret-of-these-tests-and-no-other"


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "DATABASE_PASSWORD", "LINK_SECRET", "FORMER_LINK_SECRETS"):
        monkeypatch.delenv(name, raising=False)


def test_a_file_by_the_settings_name_holds_its_value(tmp_path: Path) -> None:
    (tmp_path / "link_secret").write_text(f"{WORD}\n")
    assert Settings(_secrets_dir=tmp_path).link_secret.get_secret_value() == WORD


def test_the_environment_goes_before_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "link_secret").write_text("another-secret-of-these-tests-and-no-other")
    monkeypatch.setenv("LINK_SECRET", WORD)
    assert Settings(_secrets_dir=tmp_path).link_secret.get_secret_value() == WORD


def test_an_empty_file_is_as_if_nothing_were_set(tmp_path: Path) -> None:
    (tmp_path / "former_link_secrets").write_text("")
    (tmp_path / "oidc_client_secret").write_text("")
    given = Settings(_secrets_dir=tmp_path)
    assert given.link_secrets()[1:] == ()
    assert given.oidc_client_secret.get_secret_value() == ""


def test_the_databases_address_gets_the_password_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "database_password").write_text("of the/database@night")
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://monitoring@postgres:5432/monitoring")
    whole = "postgresql+psycopg://monitoring:of%20the%2Fdatabase%40night@postgres:5432/monitoring"
    assert Settings(_secrets_dir=tmp_path).database_url == whole


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://monitoring:its-own@postgres:5432/monitoring",
        "postgresql+psycopg://localhost/monitoring",
    ],
    ids=["one that has its own", "one that names nobody"],
)
def test_another_address_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    (tmp_path / "database_password").write_text("of-the-file")
    monkeypatch.setenv("DATABASE_URL", address)
    assert Settings(_secrets_dir=tmp_path).database_url == address

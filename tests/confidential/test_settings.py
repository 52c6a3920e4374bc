"""Nothing starts unprotected by oversight: no keys, no start, unless somebody says that nothing is secret."""

import subprocess
import sys
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from activities.encryption.data_converter import data_converter_of
from models.settings.environment import Settings, settings
from models.settings.payload_keys import KEY_BYTES, BadPayloadKeys, PayloadEncryption, payload_keys
from tests.confidential.keys import NEW, OLD, settings_with
from tests.confidential.starting import SIGNING_KEY, without_payload_settings
from worker import keys_of

ROOT = Path(__file__).parents[2]
SECRET = b64encode(b"a key that nobody may see in log").decode()


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("PAYLOAD_ENCRYPTION", raising=False)
    monkeypatch.setenv("LINK_SECRET", "a-secret-of-these-tests-and-no-other")
    monkeypatch.setenv("SIGNING_KEY", SIGNING_KEY)
    settings.cache_clear()
    yield
    settings.cache_clear()


def test_encryption_is_on_unless_somebody_says_off(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().payload_encryption is PayloadEncryption.ON
    with pytest.raises(BadPayloadKeys, match=r"openssl rand -base64 32.*PAYLOAD_ENCRYPTION=off"):
        settings()
    monkeypatch.setenv("PAYLOAD_ENCRYPTION", "off")
    assert settings().keys_of_payloads() == ()


@pytest.mark.parametrize("word", ["no", "false", "OFF", "0"])
def test_only_one_word_turns_it_off(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("PAYLOAD_ENCRYPTION", word)
    with pytest.raises(ValidationError, match="'on' or 'off'"):
        settings()


def test_an_empty_word_turns_nothing_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAYLOAD_ENCRYPTION", "")
    assert Settings().payload_encryption is PayloadEncryption.ON


def test_with_a_key_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAYLOAD_KEYS", f"{NEW}, {OLD}")
    assert [key.id for key in settings().keys_of_payloads()] == ["2027a", "2026a"]


def test_a_program_starts_without_the_keys_that_it_signs_nothing_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PAYLOAD_KEYS", NEW)
    monkeypatch.delenv("SIGNING_KEY")
    assert settings(keys_of("mail,documents")).link_secret.get_secret_value()
    with pytest.raises(ValueError, match="SIGNING_KEY is not set"):
        settings()
    monkeypatch.delenv("LINK_SECRET")
    settings.cache_clear()
    assert settings(keys_of("procedure,documents,webhooks")).keys_of_payloads()
    with pytest.raises(ValueError, match="LINK_SECRET is not set"):
        settings(keys_of("mail"))
    monkeypatch.delenv("PAYLOAD_KEYS")
    settings.cache_clear()
    with pytest.raises(BadPayloadKeys):
        settings(keys_of("procedure"))


def test_no_client_can_be_made_without_keys_either() -> None:
    with pytest.raises(BadPayloadKeys):
        data_converter_of(settings_with(""))


@pytest.mark.parametrize("program", [["worker.py"], ["-c", "import api.app; api.app.create_app()"]])
def test_worker_and_api_refuse_to_start_and_say_what_to_do(program: list[str]) -> None:
    started = subprocess.run(
        [sys.executable, *program],
        cwd=ROOT,
        env=without_payload_settings(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert started.returncode != 0
    assert "PAYLOAD_KEYS is not set" in started.stderr
    assert "openssl rand -base64 32" in started.stderr


@pytest.mark.parametrize(
    "written",
    [
        SECRET,
        f":{SECRET}",
        f"a key:{SECRET}",
        f"k:{SECRET}!",
        f"k:{SECRET[:-8]}",
        f"k:{SECRET}{SECRET}",
        f"{OLD},,k:{SECRET}",
        f"k:{SECRET},k:{SECRET}",
        f"k:{SECRET},",
    ],
)
def test_a_malformed_key_is_refused_by_its_place_and_never_repeated(written: str) -> None:
    with pytest.raises(BadPayloadKeys, match="PAYLOAD_KEYS") as refused:
        payload_keys(written)
    assert SECRET[:12] not in str(refused.value)


def test_a_key_is_not_shown_with_its_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAYLOAD_KEYS", f"k:{SECRET}")
    given = settings()
    shown = f"{given!r} {given.keys_of_payloads()!r} {given.keys_of_payloads()}"
    assert SECRET not in shown
    assert "nobody may see" not in shown


def test_base64_may_be_written_in_each_usual_way() -> None:
    key = bytes([0xFB, 0xEF, 0xFF]) * 10 + b"\xfb\xff"
    assert len(key) == KEY_BYTES
    for written in (b64encode(key), urlsafe_b64encode(key), urlsafe_b64encode(key).rstrip(b"=")):
        assert payload_keys(f"k:{written.decode()}")[0].secret == key


@pytest.mark.parametrize("secret", ["short", "x" * 31])
def test_a_link_secret_that_can_be_guessed_is_refused(monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    monkeypatch.setenv("PAYLOAD_ENCRYPTION", "off")
    monkeypatch.setenv("LINK_SECRET", secret)
    with pytest.raises(ValueError, match=r"fewer than 32 characters.*openssl rand -hex 32"):
        settings()
    monkeypatch.setenv("LINK_SECRET", "x" * 32)
    assert settings().link_secrets() == ("x" * 32,)


def test_a_former_link_secret_is_as_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAYLOAD_ENCRYPTION", "off")
    monkeypatch.setenv("FORMER_LINK_SECRETS", "x" * 32 + ", short")
    with pytest.raises(ValueError, match="FORMER_LINK_SECRETS"):
        settings()
    monkeypatch.setenv("FORMER_LINK_SECRETS", f"{'x' * 32}, {'y' * 32},")
    assert settings().link_secrets()[1:] == ("x" * 32, "y" * 32)

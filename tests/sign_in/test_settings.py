"""The provider's settings go together, or nothing starts; no secret is quoted."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from models.settings.environment import Settings
from models.settings.provider import BadProvider
from models.vocabulary.procedure import Role

ISSUER = "https://sso.example.kz/realms/staff"


def test_without_an_issuer_there_is_no_such_way() -> None:
    assert Settings(oidc_client_id="monitoring").provider() is None


def test_a_provider_is_read_from_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("s3cret\n", encoding="utf-8")
    given = Settings(
        oidc_issuer=ISSUER,
        oidc_client_id="monitoring",
        oidc_client_secret_file=str(file),
        oidc_scopes="email  groups",
        oidc_roles="CN=heads,OU=staff=head; analysts=analyst;",
    ).provider()
    assert given is not None
    assert given.secret.get_secret_value() == "s3cret"
    assert given.scopes == "openid email groups"
    assert given.roles == (("CN=heads,OU=staff", Role.HEAD), ("analysts", Role.ANALYST))
    assert given.roles_of(("analysts", "others")) == frozenset({Role.ANALYST})
    assert given.roles_of(()) == frozenset()
    assert "s3cret" not in repr(given)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"oidc_client_id": ""}, "OIDC_CLIENT_ID"),
        ({"oidc_issuer": "http://sso.example.kz"}, "https"),
        ({"oidc_issuer": "sso.example.kz"}, "https"),
        ({"oidc_client_secret_file": "/nowhere/s3cret"}, "cannot be read"),
        ({"oidc_client_secret": SecretStr("s3cret"), "oidc_client_secret_file": "/x"}, "one is meant"),
        ({"oidc_roles": "heads"}, "entry 1"),
        ({"oidc_roles": "heads=head; s3cret=king"}, "entry 2"),
        ({"oidc_roles": "=head"}, "entry 1"),
        ({"oidc_roles": "members=system"}, "entry 1"),
    ],
)
def test_what_does_not_go_together_is_told(changes: dict[str, object], said: str) -> None:
    whole = {"oidc_issuer": ISSUER, "oidc_client_id": "monitoring", **changes}
    with pytest.raises(BadProvider, match=said) as told:
        Settings.model_validate(whole).provider()
    assert "s3cret" not in str(told.value)


def test_a_provider_on_this_machine_needs_no_tls() -> None:
    assert Settings(oidc_issuer="http://127.0.0.1:9000", oidc_client_id="x").provider() is not None

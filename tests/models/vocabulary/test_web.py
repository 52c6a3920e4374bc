"""Hosts of addresses as they are compared."""

import pytest

from models.vocabulary.web import host_named, host_of


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://www.example.kz/a", "example.kz"),
        ("EXAMPLE.kz.", "example.kz"),
        ("https://мысал.example.kz", "xn--80awbu3c.example.kz"),
        ("", ""),
        ("https://[::1", ""),
    ],
)
def test_a_host_is_compared_without_its_case_and_its_www(address: str, host: str) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize(
    ("given", "host"), [(" Records.Example.KZ. ", "records.example.kz"), ("[2001:db8::1]", "2001:db8::1")]
)
def test_a_host_by_itself_has_no_brackets(given: str, host: str) -> None:
    assert host_named(given) == host

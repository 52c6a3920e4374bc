"""Whom a delivery may reach: nothing inside, however it is named, but for hosts that the operator lists."""

import ipaddress

import pytest

from activities.webhooks.addresses import (
    NoSuchHost,
    NotPermitted,
    UnusableAddress,
    is_of_the_world,
    resolved,
    target_of,
)
from activities.webhooks.posting import post
from models.settings.webhook_hosts import hosts_written
from models.vocabulary.webhooks import Reception
from tests.webhooks.receiver import receiver

NOBODY: frozenset[str] = frozenset()
INSIDE = (
    *("127.0.0.1", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
    *("224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
    *("::1", "::", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"),
    *("2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2"),
)


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_none_of_the_world(address: str) -> None:
    assert not is_of_the_world(ipaddress.ip_address(address))
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(NotPermitted):
        target_of(f"https://{host}/hook", NOBODY)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_an_address_of_the_world_is(address: str) -> None:
    assert is_of_the_world(ipaddress.ip_address(address))


async def test_a_name_that_stands_for_an_address_inside_leads_nowhere() -> None:
    async with receiver() as system:
        url = f"https://localhost:{system.port}/hooks/monitoring"
        with pytest.raises(NotPermitted):
            await resolved(target_of(url, NOBODY))
        answer = await post(url, b"{}", {}, NOBODY)
        assert (answer.reception, answer.status) == (Reception.NOT_PERMITTED, None)
        assert system.received == []


async def test_a_host_that_the_operator_lists_is_reached_by_http_too() -> None:
    async with receiver() as system:
        url = f"http://localhost:{system.port}/hooks/monitoring?of=records"
        answer = await post(url, b"{}", {"webhook-id": "m"}, hosts_written("records.example.kz, LocalHost."))
        assert answer.reception is Reception.TAKEN
        assert system.received[0].headers["host"] == f"localhost:{system.port}"


async def test_a_name_that_nobody_knows_and_a_port_where_nobody_listens_take_nothing() -> None:
    with pytest.raises(NoSuchHost):
        await resolved(target_of("https://nobody.invalid/", NOBODY))
    answer = await post("http://127.0.0.1:9/", b"{}", {}, frozenset({"127.0.0.1"}))
    assert (answer.reception, answer.status) == (Reception.UNREACHABLE, None)


@pytest.mark.parametrize(
    "url",
    ["", "records.example.kz", "ftp://records.example.kz/", "https://records.example.kz:x/", "https://a b/",
     "https://records.example.kz/#part", "https://records.example.kz/\r\nX: y", "https://[::1", "//x"],
)  # fmt: skip
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(UnusableAddress):
        target_of(url, NOBODY)

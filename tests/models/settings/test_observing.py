"""Where figures are listened for: a host and a port, or nothing; anything else stops the start."""

import pytest

from models.settings.observing import BadAddress, ListenAddress, listen_address


def test_nothing_written_is_nowhere() -> None:
    assert listen_address("METRICS_ADDRESS", "") is None


def test_a_host_and_a_port_are_read() -> None:
    assert listen_address("METRICS_ADDRESS", "127.0.0.1:9464") == ListenAddress(host="127.0.0.1", port=9464)
    assert str(ListenAddress(host="0.0.0.0", port=9465)) == "0.0.0.0:9465"


@pytest.mark.parametrize("written", ["9464", ":9464", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:70000", "a:0"])
def test_what_is_no_address_names_its_setting(written: str) -> None:
    with pytest.raises(BadAddress, match="METRICS_ADDRESS"):
        listen_address("METRICS_ADDRESS", written)

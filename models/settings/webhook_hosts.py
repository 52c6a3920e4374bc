"""Hosts inside an installation's own network that events may be delivered to."""

from models.vocabulary.web import host_named


def hosts_written(written: str) -> frozenset[str]:
    """Names or addresses, separated by commas, as they are compared."""
    return frozenset(host_named(each) for each in written.split(",") if each.strip())

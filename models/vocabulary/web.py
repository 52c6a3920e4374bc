"""Where something stands on the web: the host of an address."""

from urllib.parse import urlsplit


def host_of(address: str) -> str:
    """The host of an address as names are compared: lower case, in ASCII (RFC 5890), without `www.`.

    Empty where the address has none. A registered resource may be written without its scheme.
    """
    try:
        host = urlsplit(address.strip() if "//" in address else f"//{address.strip()}").hostname or ""
        return host.rstrip(".").encode("idna").decode("ascii").removeprefix("www.")
    except ValueError:  # no address at all, or a name that cannot be one
        return ""


def host_named(host: str) -> str:
    """A host by itself as names are compared: lower case, in ASCII; an address without its brackets."""
    plain = host.strip().strip("[]").rstrip(".").lower()
    try:
        return plain.encode("idna").decode("ascii")
    except UnicodeError:
        return plain

"""A connection to the API: who asks, in which language refusals are told, and how patiently."""

import ssl
from typing import Final, Self

import httpx

from client.written.patience import Patience, Patient, PatientAsync
from client.written.refusals import raise_problem, raise_problem_async

SECONDS: Final = 60.0
"""How long an answer is waited for; a command is decided much sooner, or answered with a 503."""


class Client:
    """Opens what needs no account: published reports and health. Made once, it is used for many requests.

    `proxy` and `verify` are those of httpx. Used by `with`, its connections are closed at the end.
    """

    raise_on_unexpected_status: Final = True

    def __init__(
        self,
        base_url: str,
        *,
        language: str = "kk",
        patience: Patience | None = None,
        timeout: float = SECONDS,
        verify: ssl.SSLContext | bool = True,
        proxy: str | None = None,
    ) -> None:
        self._base_url, self._timeout = base_url, timeout
        self._patience = patience or Patience()
        self._verify, self._proxy = verify, proxy
        self._headers = {"Accept-Language": language}
        self._client: httpx.Client | None = None
        self._async_client: httpx.AsyncClient | None = None

    def get_httpx_client(self) -> httpx.Client:
        """What requests are sent by."""
        if self._client is None:
            self._client = httpx.Client(
                base_url=self._base_url,
                headers=self._headers,
                timeout=self._timeout,
                transport=Patient(
                    httpx.HTTPTransport(verify=self._verify, proxy=self._proxy), self._patience
                ),
                event_hooks={"response": [raise_problem]},
            )
        return self._client

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        """What requests that are awaited are sent by."""
        if self._async_client is None:
            self._async_client = httpx.AsyncClient(
                base_url=self._base_url,
                headers=self._headers,
                timeout=self._timeout,
                transport=PatientAsync(
                    httpx.AsyncHTTPTransport(verify=self._verify, proxy=self._proxy), self._patience
                ),
                event_hooks={"response": [raise_problem_async]},
            )
        return self._async_client

    def close(self) -> None:
        """Close the connections of requests."""
        if self._client is not None:
            self._client.close()
            self._client = None

    async def aclose(self) -> None:
        """Close those of requests that are awaited."""
        if self._async_client is not None:
            await self._async_client.aclose()
            self._async_client = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failed: object) -> None:
        self.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *failed: object) -> None:
        await self.aclose()


class AuthenticatedClient(Client):
    """Opens what an account may see and do, by its token."""

    def __init__(
        self,
        base_url: str,
        token: str,
        *,
        language: str = "kk",
        patience: Patience | None = None,
        timeout: float = SECONDS,
        verify: ssl.SSLContext | bool = True,
        proxy: str | None = None,
    ) -> None:
        super().__init__(
            base_url, language=language, patience=patience, timeout=timeout, verify=verify, proxy=proxy
        )
        self._headers["Authorization"] = f"Bearer {token}"

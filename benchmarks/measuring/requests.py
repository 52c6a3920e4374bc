"""Requests that reached Temporal, from the metrics it publishes when it was told a port for them."""

import re
from typing import Final

import httpx

from local.ports import LOOPBACK
from local.temporal import NAMESPACE

SAMPLE: Final = re.compile(
    r"^service_requests(?:_total)?\{(?P<labels>[^}]*)\} (?P<count>[0-9.e+]+)$", re.MULTILINE
)
LABEL: Final = re.compile(r'(\w+)="([^"]*)"')
FRONTEND: Final = "frontend"
BY_THE_CLOCK: Final = ("Poll", "Describe", "RecordWorkerHeartbeat")


async def requests(port: int) -> int:
    """So far."""
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"http://{LOOPBACK}:{port}/metrics")
    return counted(answer.text)


def counted(metrics: str) -> int:
    """What was asked of the frontend for the product's namespace; not what is asked by the clock."""
    total = 0.0
    for sample in SAMPLE.finditer(metrics):
        labels = dict(LABEL.findall(sample["labels"]))
        asked = labels.get("service_name") == FRONTEND and labels.get("namespace") == NAMESPACE
        if asked and not labels["operation"].startswith(BY_THE_CLOCK):
            total += float(sample["count"])
    return round(total)

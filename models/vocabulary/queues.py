"""The task queues: the procedure itself, letters, documents (CPU), events to other systems (the world)."""

from enum import StrEnum


class Queue(StrEnum):
    PROCEDURE = "procedure"
    MAIL = "mail"
    DOCUMENTS = "documents"
    WEBHOOKS = "webhooks"

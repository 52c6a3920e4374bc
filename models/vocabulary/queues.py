"""The task queues: the procedure itself, letters, documents (CPU)."""

from enum import StrEnum


class Queue(StrEnum):
    PROCEDURE = "procedure"
    MAIL = "mail"
    DOCUMENTS = "documents"

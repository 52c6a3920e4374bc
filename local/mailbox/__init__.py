"""A mail server for development: takes every letter, delivers none, shows them all."""

from local.mailbox.faults import Faults
from local.mailbox.server import Mailbox
from local.mailbox.store import Attachment, Letter, LetterStore, Summary

__all__ = ["Attachment", "Faults", "Letter", "LetterStore", "Mailbox", "Summary"]

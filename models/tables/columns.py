"""Columns that many tables have."""

from datetime import datetime

from sqlalchemy import Column, DateTime

Json = dict[str, object]


def instant(*, nullable: bool = False, index: bool = False) -> Column[datetime]:
    """A UTC instant (`timestamptz`)."""
    return Column(DateTime(timezone=True), nullable=nullable, index=index)

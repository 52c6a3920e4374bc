"""The register as files: a workbook of all its tables, one table of all entries, JSON for programs."""

from api.register.columns import entries_of, tables_of
from api.register.views import RegisterView
from api.services.made import Made, making
from api.sheets import csv, workbook
from locales.catalogue import text


def file_name(view: RegisterView, ending: str) -> str:
    """Which register it is: the year where one was asked for, and the day it was computed."""
    year = f"-{view.filters.year}" if view.filters.year else ""
    return f"register{year}-{view.computed_at:%Y%m%d}.{ending}"


def as_json(view: RegisterView, public_url: str) -> Made:
    """The whole register for programs, with all its rows."""
    with making(file_name(view, "json"), "application/json") as made:
        made.file.write(view.model_dump_json(indent=2).encode())
    return made


def as_workbook(view: RegisterView, public_url: str) -> Made:
    """All tables of the register."""
    title = text(view.language, "register.title")
    with making(file_name(view, "xlsx"), workbook.MEDIA_TYPE) as made:
        workbook.write_workbook(tables_of(view), title, view.computed_at, public_url, made.file)
    return made


def as_csv(view: RegisterView, public_url: str) -> Made:
    """One row per element; headings, words and separators of the reader's language."""
    with making(file_name(view, "csv"), csv.MEDIA_TYPE) as made:
        csv.write_csv(entries_of(view, public_url), view.language, made.file)
    return made

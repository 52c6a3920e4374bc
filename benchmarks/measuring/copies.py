"""Many rows like one, made in SQL: what would take days to be lived is there in seconds.

Columns are asked of the database, so that any build's table will do.
"""

from collections.abc import Mapping
from typing import Final

from benchmarks.sides.product import Product

COLUMNS: Final = (
    "SELECT column_name FROM information_schema.columns "
    "WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' AND is_identity = 'NO' "
    "ORDER BY ordinal_position"
)


async def copy_rows(product: Product, table: str, where: str, changed: Mapping[str, str], count: int) -> None:
    """Insert `count` rows like the one that `where` finds; changed columns are SQL of `n`, 1 to `count`."""
    known = [str(name) for (name,) in await product.rows(COLUMNS, table)]
    assert known, f"there is a table {table}"
    assert set(changed) <= set(known), f"{table} has {sorted(changed)}"
    values = ", ".join(changed.get(name, f"row.{name}") for name in known)
    await product.rows(
        f"INSERT INTO {table} ({', '.join(known)}) SELECT {values} "
        f"FROM (SELECT * FROM {table} WHERE {where} LIMIT 1) AS row, generate_series(1, {count}) AS n"
    )
    await product.rows(f"VACUUM ANALYZE {table}")  # as the server itself does soon after


async def copy_monitorings(product: Product, number: str, count: int) -> None:
    """Open ones, under numbers `2026-COPY-…`; no workflow stands behind them."""
    named = "'2026-COPY-' || lpad(n::text, 6, '0')"
    changed = {
        "number": named,
        "workflow_id": f"replace(row.workflow_id, '{number}', {named})",
        "state": f"replace(row.state::text, '{number}', {named})::json",
    }
    await copy_rows(product, "monitorings", f"number = '{number}'", changed, count)


async def has_table(product: Product, table: str) -> bool:
    """Whether this build keeps such rows."""
    return bool(await product.rows(COLUMNS, table))

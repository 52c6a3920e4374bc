"""An inbox of many reports, however a build keeps it: as rows of their own, or listed in the projection."""

import json
from typing import Final

from benchmarks.measuring.copies import copy_rows, has_table
from benchmarks.sides.product import Product

ROWS: Final = "received_reports"
READ: Final = "SELECT workflow_id, state FROM consolidations"
WRITE: Final = "UPDATE consolidations SET state = %s::json WHERE workflow_id = %s"
COUNT: Final = f"SELECT count(*) FROM {ROWS}"


async def fill_inbox(product: Product, count: int) -> None:
    """Have it hold so many, by copies of one that was received."""
    if await has_table(product, ROWS):
        missing = count - await product.number(COUNT)
        changed = {"report": f"'P-2025-{count}-' || n"}
        await copy_rows(product, ROWS, "true", changed, missing)
        return
    ((workflow_id, state),) = await product.rows(READ)
    assert isinstance(state, dict), "the projection is an object"
    inbox = state["inbox"]
    assert isinstance(inbox, dict), "reports by their ids"
    one = next(iter(inbox.values()))
    copies = {f"P-2025-{n:06}": {**one, "id": f"P-2025-{n:06}"} for n in range(count - len(inbox))}
    filled = json.dumps({**state, "inbox": {**inbox, **copies}}, ensure_ascii=False)
    await product.rows(WRITE, filled, workflow_id)

"""From when on a running workflow goes a new way (docs/changing-workflows.md)."""

from temporalio import workflow


def goes_new_way(change: str, passage: int) -> bool:
    """Whether the line passed now is passed the new way. `passage` is the journal's number at this moment.

    `patched` remembers its first answer for the whole run: one that had passed the line before the change
    would go the old way to its end. Such a run is asked anew at each passage, under a name of that passage;
    all others are marked once.
    """
    return workflow.patched(change) or workflow.patched(f"{change}/{passage}")

"""A history as it can be read and replayed without any secret: the one place that decodes one."""


async def plain(history_json: str) -> str:
    """The history with readable payloads (JSON as the server gives it). Nothing is encoded today."""
    return history_json

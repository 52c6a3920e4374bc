"""`python -m activities.mail`: the door for mail that comes back, a process of its own."""

import asyncio
import logging
import signal

from activities.database.sessions import engine_for, sessions_for
from activities.mail.door import door_address, open_door
from activities.mail.keeping import ReceivedMail
from models.settings.environment import Settings, settings

log = logging.getLogger("mail")


async def run(given: Settings) -> None:
    """Take mail until SIGTERM or SIGINT. Raises ValueError where no domain is received."""
    if not given.mail_reply_domain:
        raise ValueError("MAIL_REPLY_DOMAIN is not set: there is no mail to receive")
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    engine = engine_for(given.database_url)
    mail = ReceivedMail(sessions_for(engine), given.link_secrets())
    server = await open_door(
        mail, given.mail_reply_domain, door_address(given.mail_door), given.mail_limit_bytes
    )
    log.info("taking mail for %s at %s", given.mail_reply_domain, given.mail_door)
    await stop.wait()
    server.close()
    await engine.dispose()


def main() -> None:
    given = settings()
    logging.basicConfig(level=given.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    asyncio.run(run(given))


if __name__ == "__main__":
    main()

"""`python -m activities.mail`: the door for mail that comes back, a process of its own."""

import asyncio
import signal

from activities.database.sessions import engine_for, sessions_for
from activities.mail.door import door_address, open_door
from activities.mail.keeping import ReceivedMail
from activities.observing.codes import LogCode
from activities.observing.exposing import build_of, expose
from activities.observing.logs import Log, set_up_logs
from activities.proofs.code_version import code_version
from models.settings.environment import Key, Settings, settings

log = Log("mail")


async def run(given: Settings) -> None:
    """Take mail until SIGTERM or SIGINT. Raises ValueError where no domain is received."""
    if not given.mail_reply_domain:
        raise ValueError("MAIL_REPLY_DOMAIN is not set: there is no mail to receive")
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    engine = engine_for(given.database_url)
    expose(given, engine, code_version())
    mail = ReceivedMail(sessions_for(engine), given.link_secrets(), most_bytes=given.upload_limit_bytes)
    server = await open_door(
        mail, given.mail_reply_domain, door_address(given.mail_door), given.mail_limit_bytes
    )
    log.info(LogCode.TAKING_MAIL, domain=given.mail_reply_domain, address=given.mail_door)
    await stop.wait()
    server.close()
    await engine.dispose()


def main() -> None:
    given = settings(frozenset({Key.LINKS}))
    set_up_logs(given.log_level, given.log_format, build_of(code_version()))
    asyncio.run(run(given))


if __name__ == "__main__":
    main()

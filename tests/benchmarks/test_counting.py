"""Statements, transactions and requests are counted from what the servers say of themselves."""

from pathlib import Path
from typing import Final

import psycopg

from benchmarks.measuring.counts import Counted, each
from benchmarks.measuring.requests import counted
from benchmarks.measuring.statements import SETTINGS, StatementLog, Statements
from local.postgres import Postgres

METRICS: Final = """\
# TYPE service_requests counter
service_requests{namespace="default",operation="UpdateWorkflowExecution",service_name="frontend"} 14
service_requests{namespace="default",operation="UpdateWorkflowExecution",service_name="history"} 14
service_requests{namespace="default",operation="RespondWorkflowTaskCompleted",service_name="frontend"} 1.2e+02
service_requests{namespace="default",operation="PollWorkflowTaskQueue",service_name="frontend"} 500
service_requests{namespace="default",operation="DescribeTaskQueue",service_name="frontend"} 900
service_requests{namespace="temporal_system",operation="StartWorkflowExecution",service_name="frontend"} 2
service_requests_other{namespace="default",operation="UpdateWorkflowExecution",service_name="frontend"} 7
"""


async def test_a_real_server_tells_every_statement_and_in_which_transaction_it_was(tmp_path: Path) -> None:
    postgres = Postgres(tmp_path, fast=True)
    await postgres.start()
    try:
        maintenance = postgres.url("postgres").replace("+psycopg", "", 1)
        async with await psycopg.AsyncConnection.connect(maintenance, autocommit=True) as server:
            for setting in SETTINGS:
                await server.execute(setting.encode())
            dsn = postgres.url().replace("+psycopg", "", 1)
            async with await psycopg.AsyncConnection.connect(dsn) as connection:
                await connection.execute("CREATE TABLE kept (words text)")
                await connection.commit()
                log = StatementLog(tmp_path / "log" / "postgres.log", "monitoring")
                await connection.execute("INSERT INTO kept VALUES (%s)", ("two\nlines; statement: SELECT 2",))
                await connection.execute("SELECT words FROM kept")
                await connection.commit()
                await connection.execute("SELECT words FROM kept")
                await connection.rollback()
                assert log.counted() == Statements(sent=7, idle=4, transactions=2)
            async with await psycopg.AsyncConnection.connect(dsn, autocommit=True) as alone:
                await alone.execute("INSERT INTO kept VALUES ('x')")
                await alone.execute(";")
                async with alone.pipeline():
                    await alone.execute("INSERT INTO kept VALUES (%s)", ("y",))
                    await alone.execute("INSERT INTO kept VALUES (%s)", ("z",))
            await server.execute("SELECT count(*) FROM pg_database")  # another database: not the product's
            assert (log.counted() - Statements(7, 4, 2)).sent == 4
            assert log.counted().idle == 5, "a ping carries nothing"
    finally:
        await postgres.stop()


def test_requests_are_those_of_the_products_namespace_that_the_clock_did_not_ask_for() -> None:
    assert counted(METRICS) == 14 + 120


def test_what_the_clock_asks_for_is_left_out() -> None:
    def so_far(at: float, sent: int, wal: float, asked: float, events: int) -> Counted:
        return Counted(at, Statements(sent, sent // 2, sent // 4), wal, asked, events)

    quiet = so_far(10.0, 40, 5_000.0, 10.0, 0)
    work = so_far(5.0, 120, 22_500.0, 25.0, 30)
    one = each(work, quiet, 10)
    assert (one.statements, one.idle_statements, one.transactions) == (10.0, 5.0, 2.5)
    assert (one.wal_kilobytes, one.requests, one.events) == (2.0, 2.0, 3.0)

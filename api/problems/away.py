"""How a database that is away shows: the caller is told to come again, nothing is half done.

The driver's own exceptions are among them: what fails outside of a statement, when a connection is made
ready, is not put into the words of SQLAlchemy.
"""

from typing import Final

import psycopg
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

AWAY: Final = (
    OperationalError,
    InterfaceError,
    PoolTimeout,
    OSError,
    psycopg.OperationalError,
    psycopg.InterfaceError,
)

"""The PostgreSQL tables, a file each: columns only, no logic. Every file here is a part of the schema.

Three families. *Journal and projection* are written by `record` alone. *Content* and *reference data* are the
truth of what they hold and keep every revision. *Service* tables carry tokens, idempotency and proof of
delivery. Instants are UTC (`timestamptz`), dates are local (Asia/Almaty).
"""

import importlib
import pkgutil

for _file in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_file.name}")

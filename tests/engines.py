"""Where a test runs: on both engines, unless it says that no engine can change what it proves."""

from __future__ import annotations

import pytest

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""On SQLite alone."""

on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
"""On PostgreSQL alone: SQLite has one lock for all rows, and nobody can wait in a ring."""

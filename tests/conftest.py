"""Fixtures for all tests: the real parts of `tests/fixtures/`."""

pytest_plugins = ["tests.fixtures.stack"]

from tests.workflows.fixtures import theatre

__all__ = ["theatre"]

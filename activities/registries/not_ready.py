"""What is said when a registry that the procedure stands on has nothing in it for a day."""


class RegistryNotReady(LookupError):
    """`registry` is `authorized_body`, `calendar` or `edition`."""

    def __init__(self, registry: str) -> None:
        super().__init__(registry)
        self.registry = registry

"""The base of every message, event and value of the procedure."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A frozen value.

    Unknown fields are ignored here, so that an older worker can read what a newer one wrote; what
    comes from people is parsed by `api.http.requests.RequestBody`, which refuses them.
    """

    model_config = ConfigDict(frozen=True)

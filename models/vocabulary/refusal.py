"""A refusal is an answer: a code, the rule it rests on, and what a sentence about it needs."""

from pydantic import Field

from models.vocabulary.base import Model


class Refusal(Model):
    """Why something may not be done.

    `code` names the sentence in the catalogues (`refused.<code>`); `rule` cites the paragraph
    (`"10"`, `"14.1"`, `"annex.II"`, `"A7"`), empty where no rule is behind it (a design default).
    """

    code: str
    rule: str = ""
    params: dict[str, str] = Field(default_factory=dict)


class Refused(Exception):
    """Raised by a check. Carries every reason found, the first one first."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__("; ".join(f"{r.code} (rule {r.rule})" if r.rule else r.code for r in refusals))
        self.refusals = refusals

    @property
    def code(self) -> str:
        return self.refusals[0].code

    @property
    def rule(self) -> str:
        return self.refusals[0].rule

    @property
    def params(self) -> dict[str, str]:
        return self.refusals[0].params


def refuse(code: str, rule: str = "", **params: str) -> None:
    """Raise one refusal."""
    raise Refused(Refusal(code=code, rule=rule, params=params))


def refuse_if(condition: bool, code: str, rule: str = "", **params: str) -> None:
    """Raise the refusal when its condition holds: a rule reads as one line."""
    if condition:
        refuse(code, rule, **params)


def refuse_all(refusals: tuple[Refusal, ...]) -> None:
    """Raise every shortcoming at once, so that a person mends them in one go."""
    if refusals:
        raise Refused(*refusals)

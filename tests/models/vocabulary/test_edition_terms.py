"""Two editions are compared term by term: readings, times, ladders of reminders."""

from models.vocabulary.edition_terms import differences, terms_of
from models.vocabulary.editions import ORDER_192, ReplyTerm
from models.vocabulary.ladders import RUNGS, Ladders


def test_an_edition_says_every_term_of_its_model_once() -> None:
    terms = terms_of(ORDER_192)
    assert terms["switches-follow_up_of_recommendations"] is True
    assert terms["times-invitation"] == ORDER_192.times.invitation
    assert terms["times-appc_76-from_receipt"] is True
    ladders = [name for name in terms if name.startswith("ladders-")]
    assert len(ladders) == sum(map(len, RUNGS.values()))


def test_an_edition_differs_in_nothing_from_itself() -> None:
    assert differences(ORDER_192, ORDER_192) == ()


def test_each_term_that_a_later_edition_sets_otherwise_is_told_with_what_it_was() -> None:
    times = ORDER_192.times.model_copy(
        update={"invitation": 7, "appc_76": ReplyTerm(working_days=20, from_receipt=True)}
    )
    ladders = Ladders.model_validate(ORDER_192.ladders.model_dump() | {"reply": ()})
    later = ORDER_192.model_copy(update={"times": times, "ladders": ladders})
    told = {each.name: (each.before, each.after) for each in differences(ORDER_192, later)}
    assert told["times-invitation"] == (5, 7)
    assert told["times-appc_76-working_days"] == (15, 20)
    gone = {name: after for name, (_, after) in told.items() if name.startswith("ladders-reply-")}
    assert gone
    assert set(gone.values()) == {None}, "a rung that is not there has no day"

"""The timelines of monitorings, of duties (rule 13), of the consolidation (rules 17, 18)."""

from api.access.consolidation import permit_consolidation
from api.access.duties import permit_duty
from api.access.policy import EVERYTHING
from api.access.routing import account_router, monitoring_router, permit
from api.problems.problem import documented
from api.routes.timelines import timeline_routes
from models.vocabulary.access import Action

router = monitoring_router("history")
timeline_routes(router, "", permit(*EVERYTHING), permit(Action.READ_ALL))

of_duties = account_router("history", "/duties/{mark}", documented(404))
timeline_routes(of_duties, "duty_", permit_duty(Action.READ_REGISTRIES), permit_duty(Action.READ_ALL))

of_consolidation = account_router("history", "/consolidation", documented(404))
timeline_routes(
    of_consolidation,
    "consolidation_",
    permit_consolidation(Action.READ_CONSOLIDATION),
    permit_consolidation(Action.READ_ALL),
)

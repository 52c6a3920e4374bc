"""The pages of timelines: of monitorings, of duties (rule 13), of the consolidation (rules 17, 18)."""

from api.pages.history.pages import timeline_pages
from api.pages.history.readers import reads_consolidation, reads_duty, reads_monitoring
from api.pages.site.routing import page_router

router = page_router()
timeline_pages(
    router,
    "",
    "/monitorings/{number}/history",
    reads_monitoring(proving=False),
    reads_monitoring(proving=True),
)
timeline_pages(router, "duty_", "/duties/{mark}/history", reads_duty(proving=False), reads_duty(proving=True))
timeline_pages(
    router,
    "consolidation_",
    "/staff/consolidation/history",
    reads_consolidation(proving=False),
    reads_consolidation(proving=True),
)

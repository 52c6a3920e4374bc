"""One event on its way to one address: tried over days, then given up. No proceeding knows of it."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from models.vocabulary.webhooks import PAUSES, WebhookOrder, WebhookTried, WebhookTry
    from workflows.calling import GIVING_UP, HANDING_OUT


@workflow.defn
class WebhookDeliveryWorkflow:
    @workflow.run
    async def run(self, order: WebhookOrder) -> WebhookTried:
        """Ends when it was taken, is not wanted any more, or was tried as often as is worth it."""
        for attempt, pause in enumerate(PAUSES, start=1):
            if pause:
                await workflow.sleep(pause)
            tried = await HANDING_OUT(
                WebhookTry(order=order, attempt=attempt), WebhookTried, f"{attempt} / {len(PAUSES)}"
            )
            if tried.over:
                return tried
        return await GIVING_UP(order, WebhookTried, order.webhook)

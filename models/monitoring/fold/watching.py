"""What whoever coordinates was told of the monitoring. Beyond the Rules."""

from models.events import Entry, MonitoringRested, NewsGathered
from models.monitoring.fold.registry import folds
from models.monitoring.state import MonitoringState
from models.proceeding.registry import changed


@folds(NewsGathered)
def news_gathered(state: MonitoringState, event: NewsGathered, _: Entry) -> MonitoringState:
    told = {news.seq for news in event.news}
    return changed(state, news=tuple(news for news in state.news if news.seq not in told))


@folds(MonitoringRested)
def monitoring_rested(state: MonitoringState, event: MonitoringRested, _: Entry) -> MonitoringState:
    return changed(state, rest_reminders=event.reminder)

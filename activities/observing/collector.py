"""Where spans go: an OpenTelemetry collector, by HTTP."""

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from activities.observing.tracing import export_to
from models.settings.environment import Settings


def set_up_tracing(given: Settings, program: str, build: str) -> None:
    """For a whole program, where OTEL_EXPORTER_OTLP_ENDPOINT is set; a collector that is away is not felt."""
    endpoint = given.otel_exporter_otlp_endpoint.rstrip("/")
    if endpoint:
        export_to(BatchSpanProcessor(OTLPSpanExporter(endpoint=f"{endpoint}/v1/traces")), program, build)

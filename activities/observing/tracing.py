"""One trace from a request to the letter it causes (OpenTelemetry), where settings say whereto.

What follows from a command is found by the command: its row holds where its request's trace stood, and each
line of a journal names its command. So nothing of it enters a workflow, a history, or a decision.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.trace import Link, Span, SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_PARENT: Final = "traceparent"
_W3C: Final = TraceContextTextMapPropagator()
_NAME: Final = "monitoring"
_provider: TracerProvider | None = None


def export_to(processor: SpanProcessor, program: str, build: str) -> None:
    """Trace from now on, and hand spans to it."""
    global _provider  # noqa: PLW0603 - as there is one environment, there is one way out of a program
    about = {"service.name": f"{_NAME}-{program}", "service.version": build}
    _provider = TracerProvider(resource=Resource.create(about))
    _provider.add_span_processor(processor)


def stop_tracing() -> None:
    """Hand over what is left, and trace no more."""
    global _provider  # noqa: PLW0603
    if _provider is not None:
        _provider.shutdown()
        _provider = None


def is_traced() -> bool:
    """Whether anybody wants to know."""
    return _provider is not None


@contextmanager
def span(
    name: str,
    kind: SpanKind = SpanKind.INTERNAL,
    *,
    parent: str = "",
    others: Sequence[str] = (),
    **attributes: str | int,
) -> Iterator[Span]:
    """What happens meanwhile, under the `parent` that is written down, else under what is under way.

    Attributes are ids and words of ours. Of an exception its kind is kept, not what it says.
    """
    if _provider is None:
        yield trace.INVALID_SPAN
        return
    tracer = _provider.get_tracer(_NAME)
    links = [Link(trace.get_current_span(_context(each)).get_span_context()) for each in others]
    with tracer.start_as_current_span(
        name,
        _context(parent),
        kind,
        {f"{_NAME}.{key}": value for key, value in attributes.items()},
        links,
        record_exception=False,
        set_status_on_exception=False,
    ) as begun:
        try:
            yield begun
        except BaseException as fault:
            begun.set_status(Status(StatusCode.ERROR, type(fault).__name__))
            raise


def traceparent() -> str:
    """Where the trace under way stands (W3C Trace Context), to be written down; empty where there is none."""
    carrier: dict[str, str] = {}
    _W3C.inject(carrier)
    return carrier.get(_PARENT, "")


def _context(parent: str) -> Context | None:
    return _W3C.extract({_PARENT: parent}) if parent else None

"""Structured logs without personal data: a line a request with the route's name, never its address, user or query."""

from __future__ import annotations

import logging.config
import time
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase

log = structlog.get_logger("byfolk.request")


def configure(options: dict[str, Any]) -> None:
    """Set up logging: JSON lines on standard error. Called by Django with the setting LOGGING."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "json": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        structlog.processors.JSONRenderer(ensure_ascii=False),
                    ],
                    "foreign_pre_chain": shared,
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
            "root": {"handlers": ["stderr"], "level": options.get("level", "INFO")},
            # Django's own lines hold the address of the page, and an address can hold a person's number.
            "loggers": {
                "django.request": {"level": "CRITICAL"},
                "django.server": {"level": "CRITICAL"},
                "django.security": {"level": "ERROR"},
                "procrastinate": {"level": "WARNING"},
                "pgtrigger": {"level": "WARNING"},
            },
        }
    )


class RequestLogMiddleware:
    """Writes one line a request and gives each an id that an error page can show. Under `settings.WITHOUT_TRACE` it
    writes only what failed, which kept nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.id = uuid.uuid4().hex[:12]  # type: ignore[attr-defined]
        started = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        if not request.path_info.startswith(("/static/", *settings.WITHOUT_TRACE)):
            log.info(
                "request",
                id=request.id,  # type: ignore[attr-defined]
                route=match.view_name if match else None,
                method=request.method,
                status=response.status_code,
                ms=round((time.perf_counter() - started) * 1000, 1),
            )
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Log where it went wrong, without the message: a database error quotes the row. Not found is no failure."""
        if isinstance(exception, Http404):
            return
        last = exception.__traceback__
        while last and last.tb_next:
            last = last.tb_next
        where = f"{last.tb_frame.f_code.co_filename}:{last.tb_lineno}" if last else ""
        log.error("failed", id=request.id, error=type(exception).__name__, where=where)  # type: ignore[attr-defined]

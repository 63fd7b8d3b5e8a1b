"""Log lines: one JSON object each, on standard error; the supervisor names the process and keeps them in var/log.

A line says what happened and to which id, never what somebody told about himself: no query, no form, no body.
"""

import json
import logging
from datetime import UTC, datetime
from typing import Any


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        message = record.getMessage()
        if message.startswith("{"):
            line |= json.loads(message)
        else:
            line["says"] = message
        if hasattr(record, "reference"):
            line["reference"] = record.reference
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": JsonLines}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["lines"], "level": "INFO"},
    "loggers": {
        "django.server": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        "django.request": {"level": "ERROR"},
        "procrastinate": {"level": "WARNING"},
        "uvicorn": {"level": "WARNING"},
        "gunicorn.error": {"level": "WARNING"},
        "aiohttp": {"level": "ERROR"},
    },
}

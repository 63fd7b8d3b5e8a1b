"""Figures of all processes for Prometheus; each process writes its own into a common folder."""

import os
from pathlib import Path

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

CONTENT_TYPE = CONTENT_TYPE_LATEST
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

REQUESTS = Counter("shouwang_requests", "Requests by door and status class.", ["door", "status"])
SECONDS = Histogram("shouwang_request_seconds", "Time to the end of the answer.", ["door"], buckets=BUCKETS)
SHED = Counter("shouwang_requests_shed", "Requests turned away because there were too many.", ["kind"])
STREAMS = Gauge("shouwang_live_streams", "Open live streams.", multiprocess_mode="livesum")


def count(door: str, status: int, seconds: float) -> None:
    name = door.rstrip("/") or "portal"
    REQUESTS.labels(name, f"{status // 100}xx").inc()
    SECONDS.labels(name).observe(seconds)


def written() -> bytes:
    folder = os.environ.get("PROMETHEUS_MULTIPROC_DIR")
    if not folder or not Path(folder).is_dir():
        return generate_latest()
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)

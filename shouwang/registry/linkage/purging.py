"""A judgement is remembered for three years, or as long as it is new to somebody."""

from __future__ import annotations

from shouwang.core.retention import purge
from shouwang.registry.linkage.models import Pair

purge("access", Pair._meta.label, overdue=lambda before: Pair.objects.filter(found_at__lt=before))

"""What was told is forgotten after five months (MSG-01)."""

from shouwang.core.retention import purge
from shouwang.notices.models import Notice

purge("outbox", "notices.Notice", overdue=lambda before: Notice.objects.filter(queued_at__lt=before))

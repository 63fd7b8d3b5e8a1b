"""What a caller answered afterwards is forgotten two years later; clock times name nobody and stay as figures."""

from shouwang.core.retention import purge
from shouwang.kinds.incident.models import Answer

purge("ticket", "incident.Answer", overdue=lambda before: Answer.objects.filter(at__lt=before))

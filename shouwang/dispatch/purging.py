"""Cards live as long as the calls they became."""

from shouwang.core.retention import purge
from shouwang.dispatch.models import Card

purge("ticket", "dispatch.Card", overdue=lambda before: Card.objects.filter(received_at__lt=before))

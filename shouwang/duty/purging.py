"""Messages live as long as the calls they are about."""

from shouwang.core.retention import purge
from shouwang.duty.models import Message

purge("ticket", "duty.Message", overdue=lambda before: Message.objects.filter(sent_at__lt=before))

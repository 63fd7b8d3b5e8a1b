"""Messages live as long as the calls they are about; records of uploads six months, unless they are kept for good."""

from shouwang.core.retention import purge
from shouwang.duty.models import Kept, Message, Upload, UploadView

purge("ticket", "duty.Message", overdue=lambda before: Message.objects.filter(sent_at__lt=before))
purge(
    "bwc", "duty.Upload", overdue=lambda before: Upload.objects.filter(uploaded_at__lt=before, kept=Kept.ORDINARY)
)  # BWC-02
purge("access", "duty.UploadView", overdue=lambda before: UploadView.objects.filter(at__lt=before))

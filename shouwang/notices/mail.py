"""Mail over SMTP to the configured server."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import unquote, urlsplit

from django.conf import settings

from shouwang.core.problem import Unavailable
from shouwang.notices.channels import Letter, Receipt, Refused, outlet
from shouwang.notices.models import Channel

PATIENCE_S = 5


def send(letter: Letter) -> Receipt:
    """Raises  Unavailable, Refused"""
    url = urlsplit(settings.ENVIRONMENT.mail_url)
    secure = ssl.create_default_context()
    try:
        host, port = url.hostname or "127.0.0.1", url.port or (465 if url.scheme == "smtps" else 587)
        if url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=PATIENCE_S, context=secure)
        else:
            server = smtplib.SMTP(host, port, timeout=PATIENCE_S)
        with server:
            server.ehlo()
            if url.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls(context=secure)
            if url.username:
                server.login(unquote(url.username), unquote(url.password or ""))
            server.send_message(_message(letter))
    except smtplib.SMTPRecipientsRefused as refusal:
        ((code, _text),) = refusal.recipients.values()
        if code >= 500:
            raise Refused("mail_refused") from None
        raise Unavailable("mail", retry_after_s=60) from None
    except smtplib.SMTPResponseException as answer:
        if answer.smtp_code in (550, 551, 552, 553, 554):
            raise Refused("mail_refused") from None
        raise Unavailable("mail", retry_after_s=60) from None
    except (OSError, smtplib.SMTPException) as fault:
        raise Unavailable("mail", retry_after_s=60) from fault
    return Receipt()


def _message(letter: Letter) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings.ENVIRONMENT.mail_from
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{letter.id}@{settings.ENVIRONMENT.mail_from.rpartition('@')[2] or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message


outlet(
    Channel.MAIL,
    send=send,
    is_set_up=lambda: bool(settings.ENVIRONMENT.mail_url and settings.ENVIRONMENT.mail_from),
)

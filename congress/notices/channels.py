"""The ways out of the house: e-mail, SMS, and whatever a county plugs in, such as WeCom (渠道).

`NOTICE_CHANNELS` names the classes of this installation. A channel raises whatever goes wrong; the message is
then tried again later. It must pass `message_id` on where the other side can recognise a second copy.
"""

import logging
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from congress.accounts.sms import channel as sms_channel
from congress.kit.personal import masked_phone
from congress.notices.models import Wish

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Message:
    """What leaves the house."""

    message_id: str
    to: str
    subject: str
    body: str


class Channel:
    """One way out."""

    code = ""
    label = ""
    default = Wish.URGENT

    def address_of(self, user):
        """Where this person is reached; empty: not by this way."""
        raise NotImplementedError

    def send(self, message):
        raise NotImplementedError


class Email(Channel):
    code = "email"
    label = _("电子邮件")
    default = Wish.DIGEST

    def address_of(self, user):
        return user.email

    def send(self, message):
        host = urlsplit(settings.PORTAL_URL).hostname
        headers = {"Message-ID": f"<{message.message_id}@{host}>"}
        EmailMessage(message.subject, message.body, to=[message.to], headers=headers).send()


class Sms(Channel):
    """Short messages through the gateway named in SMS_CHANNEL; without one the log shows what they would say."""

    code = "sms"
    label = _("短信")

    def address_of(self, user):
        return user.phone

    def send(self, message):
        gateway = sms_channel()
        if gateway is None:
            log.info("sms %s to %s: %s", message.message_id, masked_phone(message.to), message.subject)
        else:
            gateway.send(message.to, message.subject)


@cache
def channels():
    """{code: channel} of this installation, in the order of the setting."""
    built = [import_string(name)() for name in settings.NOTICE_CHANNELS]
    return {channel.code: channel for channel in built}

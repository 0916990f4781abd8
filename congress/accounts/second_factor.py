"""The second factor: a time-based code of an authenticator app, on the tables of allauth (动态口令)."""

from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, validate_totp_code
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from congress.accounts.signed_in import read_with_user
from congress.kit.personal import decrypt, encrypt

_TYPES = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)

new_secret = generate_totp_secret
is_right = validate_totp_code


class Adapter(DefaultMFAAdapter):
    """Secrets rest encrypted like other personal data; the app shows the portal's name and the login name."""

    def encrypt(self, text):
        return encrypt(text)

    def decrypt(self, encrypted_text):
        return decrypt(encrypted_text)

    def get_totp_issuer(self):
        return _("代表履职与建议督办平台")

    def get_totp_label(self, user):
        return user.username


def is_enrolled(user):
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


@read_with_user("has_second_factor")
def _enrolled():
    return Exists(Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP))


def address(user, secret):
    """What the QR code holds; an authenticator app reads it."""
    return get_adapter().build_totp_url(user, secret)


@transaction.atomic
def enrol(user, secret):
    """Bind the secret, of which the user has just shown a right code; returns his recovery codes, once."""
    drop(user)
    TOTP.activate(user, secret)
    return RecoveryCodes.activate(user).generate_codes()


def proves(user, code):
    """Whether this is a code of the user's app, or one of his recovery codes; each counts once."""
    code = "".join(code.split())
    for authenticator in Authenticator.objects.filter(user=user, type__in=_TYPES).order_by("-type"):
        if authenticator.wrap().validate_code(code):
            authenticator.record_usage()
            return True
    return False


def drop(user):
    Authenticator.objects.filter(user=user).delete()

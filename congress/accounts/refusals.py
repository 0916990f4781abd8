"""What whoever is not let in is told, at every door in the same words (拒绝登录)."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _


def locked_words(until):
    return _("连续 %(failures)s 次不正确，已锁定。请在 %(time)s 后再试，或者请代表工作机构解锁。") % {
        "failures": settings.LOCKOUT_FAILURES,
        "time": timezone.localtime(until).strftime("%H:%M"),
    }


def refused_words():
    """Never tells whether the name exists."""
    return _("登录名（手机号）或密码不正确。连续 %(failures)s 次不正确，将锁定 %(minutes)s 分钟。") % {
        "failures": settings.LOCKOUT_FAILURES,
        "minutes": settings.LOCKOUT_MINUTES,
    }


def too_often_words():
    return _("这个网络地址的失败次数过多，请过几分钟再试。")


def second_factor_words():
    return _("动态口令不正确，或者刚刚用过。请等应用里换出下一个再填。")

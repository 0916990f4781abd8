"""The people who sign in, and one robot (账号)."""

import re

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rules.permissions import ObjectPermissionBackend

from congress.kit.personal import EncryptedField, blind_index, masked_phone

ROBOT = "robot"
_PERMISSIONS = ObjectPermissionBackend()


class UserManager(BaseUserManager):
    def known_as(self, login):
        """The active person who signs in under this login name or phone, however the phone is spaced."""
        login = (login or "").strip()
        phone = re.sub(r"[\s-]", "", login)
        either = models.Q(username=login)
        if phone:
            either |= models.Q(phone_index=blind_index(phone))
        # A login name wins over a phone of the same digits.
        return (
            self.filter(either, is_active=True, is_robot=False)
            .order_by(models.Case(models.When(username=login, then=0), default=1))
            .first()
        )

    def robot(self):
        """The account in whose name the system itself acts: reminders, surveys, closing windows."""
        return self.get_or_create(username=ROBOT, defaults={"name": "系统", "is_robot": True, "password": "!"})[0]


class User(AbstractBaseUser):
    """Somebody who signs in (用户). What he may do follows from his memberships, never from the account."""

    username = models.CharField(_("登录名"), max_length=60, unique=True, validators=[UnicodeUsernameValidator()])
    name = models.CharField(_("姓名"), max_length=60)
    phone = EncryptedField(_("手机号"), blank=True, default="")
    phone_index = models.CharField(_("手机号索引"), max_length=64, blank=True, default="", editable=False)
    email = models.EmailField(_("电子邮箱"), blank=True, default="")
    is_active = models.BooleanField(_("启用"), default=True)
    is_robot = models.BooleanField(_("系统账号"), default=False, editable=False)
    must_change_password = models.BooleanField(_("首次登录须改密码"), default=False)
    failed_attempts = models.PositiveSmallIntegerField(_("连续登录失败次数"), default=0, editable=False)
    locked_until = models.DateTimeField(_("锁定至"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("开户时间"), default=timezone.now, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("用户")
        verbose_name_plural = _("用户")
        constraints = [
            models.UniqueConstraint(
                fields=["phone_index"],
                condition=~models.Q(phone_index=""),
                name="accounts_one_user_per_phone",
                violation_error_message=_("这个手机号已有账号。"),
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.phone_index = blind_index(self.phone)
        super().save(*args, **kwargs)

    def is_locked(self, *, at):
        return self.locked_until is not None and self.locked_until > at

    @property
    def is_activated(self):
        """Whether he has chosen a password of his own; until then only an activation slip lets him in."""
        return self.has_usable_password()

    @property
    def masked_phone(self):
        return masked_phone(self.phone)

    def has_perm(self, perm, obj=None):
        """Asked of `rules`; there is no superuser to short-circuit it."""
        return self.is_active and _PERMISSIONS.has_perm(self, perm, obj)

    def has_perms(self, perms, obj=None):
        return all(self.has_perm(perm, obj) for perm in perms)

    def has_module_perms(self, app_label):
        return self.is_active and _PERMISSIONS.has_module_perms(self, app_label)


class Activation(models.Model):
    """A one-time code on a printed slip (激活码), kept as a keyed hash: it can be checked, never read again."""

    user = models.ForeignKey(User, models.CASCADE, related_name="activations", verbose_name=_("用户"))
    code_hash = models.CharField(max_length=64, editable=False)
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("签发人"))
    issued_at = models.DateTimeField(_("签发时间"))
    expires_at = models.DateTimeField(_("失效时间"))
    used_at = models.DateTimeField(_("使用时间"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("激活码")
        verbose_name_plural = _("激活码")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(used_at__isnull=True), name="accounts_one_open_code_per_user"
            )
        ]

    def __str__(self):
        return str(self.user)


class TokenQuerySet(models.QuerySet):
    def open(self, *, at):
        """The tokens that still let somebody in."""
        return self.filter(expires_at__gt=at, user__is_active=True)


class Token(models.Model):
    """What a mini-program shows instead of a session (令牌); only a keyed hash of it is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens", verbose_name=_("用户"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    device = models.CharField(_("设备"), max_length=60, blank=True, default="")
    issued_at = models.DateTimeField(_("签发时间"))
    expires_at = models.DateTimeField(_("失效时间"))
    last_used_at = models.DateTimeField(_("最近使用"), null=True, blank=True, editable=False)

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("令牌")
        verbose_name_plural = _("令牌")
        ordering = ["-id"]

    def __str__(self):
        return f"{self.user} {self.device}"

"""What was told to whom, and by which ways it left the house (通知、发送)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class NoticeQuerySet(models.QuerySet):
    def of(self, user):
        """One person's inbox; nobody reads another's."""
        return self.filter(recipient=user)

    def unread(self):
        return self.filter(read_at__isnull=True)

    def urgent(self):
        """What is urgent and still unread; once read it is like any other."""
        return self.unread().filter(is_urgent=True)

    def shown(self, choice):
        """What a view of the inbox shows: all, unread or urgent."""
        return {"unread": self.unread, "urgent": self.urgent}.get(choice, self.all)()

    def counts(self):
        """How many rows each view of the inbox has, in one query."""
        is_unread = Q(read_at__isnull=True)
        return self.aggregate(
            all=models.Count("pk"),
            unread=models.Count("pk", filter=is_unread),
            urgent=models.Count("pk", filter=is_unread & Q(is_urgent=True)),
        )

    def inbox_order(self):
        """What is urgent and unread first, then the rest of the unread, each with the newest on top."""
        is_unread = Q(read_at__isnull=True)
        urgent, unread = models.When(is_unread & Q(is_urgent=True), then=0), models.When(is_unread, then=1)
        return self.order_by(models.Case(urgent, unread, default=2), "-id")


class Notice(models.Model):
    """One thing told to one person (通知)."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("接收人")
    )
    key = models.CharField(_("标识"), max_length=60)
    verb = models.CharField(_("事项"), max_length=60)
    entry = models.ForeignKey(
        "procedure.Entry", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("日志条目")
    )
    reminder = models.ForeignKey(
        "deadlines.Reminder", models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("提醒")
    )
    case_kind = models.CharField(_("案件类型"), max_length=60, blank=True, default="")
    case_id = models.BigIntegerField(_("案件"), null=True, blank=True)
    title = models.CharField(_("标题"), max_length=200)
    body = models.TextField(_("内容"), blank=True, default="")
    url = models.CharField(_("地址"), max_length=300, blank=True, default="")
    is_urgent = models.BooleanField(_("紧急"), default=False)
    waits_for_digest = models.BooleanField(_("等待汇总"), default=False)
    created_at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("通知")
        verbose_name_plural = _("通知")
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notices_of_reader"),
            models.Index(fields=["recipient"], condition=Q(read_at__isnull=True), name="notices_unread"),
            models.Index(fields=["recipient"], condition=Q(waits_for_digest=True), name="notices_for_digest"),
        ]
        constraints = [models.UniqueConstraint(fields=["recipient", "key"], name="notices_told_once")]

    def __str__(self):
        return self.title

    @property
    def is_unread(self):
        return self.read_at is None


class Mark(models.Model):
    """Up to which journal entry everything is told for certain; above it `HeardEntry` says what is (进度标记)."""

    floor = models.BigIntegerField(_("已处理到"), default=0)

    class Meta:
        verbose_name = _("进度标记")
        verbose_name_plural = _("进度标记")

    def __str__(self):
        return str(self.floor)


class HeardEntry(models.Model):
    """A journal entry whose letters are written; its row is the claim that makes them exactly once (已处理条目)."""

    entry = models.OneToOneField(
        "procedure.Entry", models.PROTECT, primary_key=True, related_name="+", verbose_name=_("日志条目")
    )

    class Meta:
        verbose_name = _("已处理条目")
        verbose_name_plural = _("已处理条目")

    def __str__(self):
        return str(self.entry_id)


class Wish(models.TextChoices):
    """What a person wants of one channel (接收方式)."""

    EACH = "each", _("逐条发送")
    DIGEST = "digest", _("每日汇总，紧急的立即发送")
    URGENT = "urgent", _("只发紧急的")
    NONE = "none", _("不发送")


class Preference(models.Model):
    """What a person chose for a channel; without a row the channel's own default holds (接收设置)."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preferences", verbose_name=_("用户")
    )
    channel = models.CharField(_("渠道"), max_length=20)
    wish = models.CharField(_("接收方式"), max_length=20, choices=Wish)

    class Meta:
        verbose_name = _("接收设置")
        verbose_name_plural = _("接收设置")
        constraints = [models.UniqueConstraint(fields=["user", "channel"], name="notices_one_wish_per_channel")]

    def __str__(self):
        return f"{self.channel} {self.get_wish_display()}"


class DeliveryQuerySet(models.QuerySet):
    def undelivered(self):
        return self.filter(state__in=[Delivery.State.WAITING, Delivery.State.CLAIMED])


class Delivery(models.Model):
    """One message to one person by one channel outside the house (发送): claimed, sent, marked."""

    class State(models.TextChoices):
        WAITING = "waiting", _("待发送")
        CLAIMED = "claimed", _("发送中")
        SENT = "sent", _("已发送")
        FAILED = "failed", _("发送失败")

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("接收人"))
    channel = models.CharField(_("渠道"), max_length=20)
    key = models.CharField(_("标识"), max_length=60)
    notices = models.ManyToManyField(Notice, related_name="deliveries", verbose_name=_("通知"))
    digest_on = models.DateField(_("汇总日期"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=20, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    created_at = models.DateTimeField(_("建立时间"))
    not_before = models.DateTimeField(_("不早于"))
    claimed_at = models.DateTimeField(_("领取时间"), null=True, blank=True)
    sent_at = models.DateTimeField(_("发送时间"), null=True, blank=True)
    error = models.CharField(_("错误"), max_length=300, blank=True, default="")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("发送")
        verbose_name_plural = _("发送")
        indexes = [
            models.Index(
                fields=["not_before"], condition=Q(state__in=["waiting", "claimed"]), name="notices_to_deliver"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "channel", "key"], name="notices_one_message_per_channel")
        ]

    def __str__(self):
        return f"{self.channel} {self.key}"

    @property
    def message_id(self):
        """The same for every attempt, so that a receiving system can drop a second copy."""
        return f"{self.channel}.{self.recipient_id}.{self.key}"

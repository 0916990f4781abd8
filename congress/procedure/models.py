"""The journal (日志): who did what to which case, when; timeline and audit trail in one."""

import hashlib
import json

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Proceeding(models.Model):
    """Anything that moves by lawful steps: its version guards against stale pages, `stepped_on` against going back."""

    version = models.PositiveIntegerField(default=0, editable=False)
    stepped_on = models.DateField(_("上一步日期"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class Chain(models.Model):
    """The end of one case's journal; its row serialises the writers of that case and of no other."""

    kind = models.CharField(_("案件类型"), max_length=60)
    case_id = models.BigIntegerField(_("案件"))
    last_seq = models.PositiveIntegerField(_("末条序号"), default=0)
    last_hash = models.CharField(_("末条校验值"), max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("日志链")
        verbose_name_plural = _("日志链")
        constraints = [models.UniqueConstraint(fields=["kind", "case_id"], name="procedure_one_chain_per_case")]

    def __str__(self):
        return f"{self.kind} {self.case_id} #{self.last_seq}"


class EntryQuerySet(models.QuerySet):
    def of(self, case):
        """The journal of one case, oldest first."""
        kind, case_id, _congress = case_key(case)
        return self.filter(kind=kind, case_id=case_id).order_by("seq")


class Entry(models.Model):
    """One sentence of the journal (日志条目); written once, never changed."""

    kind = models.CharField(_("案件类型"), max_length=60)
    case_id = models.BigIntegerField(_("案件"))
    congress = models.ForeignKey("organs.Congress", models.PROTECT, null=True, related_name="+", verbose_name=_("人大"))
    seq = models.PositiveIntegerField(_("序号"))
    verb = models.CharField(_("事项"), max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("办理人"))
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("代何人录入")
    )
    on = models.DateField(_("日期"))
    at = models.DateTimeField(_("记录时间"))
    facts = models.JSONField(_("事实"), default=dict)
    request_key = models.CharField(_("请求标识"), max_length=64, blank=True, default="")
    previous_hash = models.CharField(_("前条校验值"), max_length=64, blank=True, default="")
    hash = models.CharField(_("校验值"), max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("日志条目")
        verbose_name_plural = _("日志条目")
        indexes = [
            models.Index(fields=["congress", "-id"], name="procedure_recent_entries"),
            models.Index(fields=["verb", "-id"], name="procedure_entries_by_verb"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "case_id", "seq"], name="procedure_one_entry_per_seq"),
            models.UniqueConstraint(
                fields=["kind", "case_id", "request_key"],
                condition=~Q(request_key=""),
                name="procedure_one_entry_per_request",
            ),
        ]

    def __str__(self):
        return f"{self.on} {self.verb} {self.by_id}"

    def digest(self):
        """The hash that this entry must carry, over its content and the entry before."""
        content = [
            self.previous_hash, self.kind, self.case_id, self.congress_id, self.seq, self.verb, self.by_id,
            self.on_behalf_of_id, self.on.isoformat(), self.at.isoformat(), self.facts, self.request_key,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    def follows(self, number, previous):
        """Whether it is, unaltered, the entry of this number after one of that hash."""
        return self.seq == number and self.previous_hash == previous and self.hash == self.digest()


def case_key(case):
    """(kind, id, congress id) of the case whose journal speaks of this; a part names its whole by `journal_case`."""
    whole = getattr(case, "journal_case", case)
    return whole._meta.label_lower, whole.pk, getattr(whole, "congress_id", None)


class Sent(models.Model):
    """A request that makes something (已收请求): sent again, it finds what it made; its row lets one at a time work."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("提交人"))
    noun = models.CharField(_("事项"), max_length=20)
    key = models.CharField(_("请求标识"), max_length=64)
    made = models.BigIntegerField(_("所成记录"), null=True)
    at = models.DateTimeField(_("收到时间"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("已收请求")
        verbose_name_plural = _("已收请求")
        constraints = [models.UniqueConstraint(fields=["by", "noun", "key"], name="procedure_one_row_per_request_sent")]

    def __str__(self):
        return f"{self.noun} {self.made}"

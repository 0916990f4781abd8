"""Writing the rules: schemes, drafts of their versions, and the day from which one is in force (积分规则)."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from congress.kit.dates import said
from congress.organs.models import Term
from congress.procedure import journal
from congress.procedure.workflow import StepNotOpen
from deputies.scores.boards import in_force
from deputies.scores.models import DeputyKind, Item, KindOfDeputy, PeriodClose, Scheme, Version
from deputies.scores.presets import items_of, presets
from deputies.scores.windows import window_at
from deputies.scores.workflow import RULES, SCHEME

FIELDS = ("period", "base", "cap", "prorates", "bands", "source", "note")


def _record(scheme, verb, *, by, on, **facts):
    journal.record(scheme, verb, by=by, on=on, facts={"name": scheme.name, **facts})


@transaction.atomic
def create_scheme(*, congress, name, on, by, preset="", subject=Scheme.Subject.DEPUTY):
    """Open a scheme with a first draft, from a sample or empty (建立积分办法)."""
    if Scheme.objects.filter(congress=congress, name=name).exists():
        raise ValidationError({"name": _("已经有这个名称的积分办法。")})
    sample = presets()[preset] if preset else None
    scheme = Scheme.objects.create(congress=congress, name=name, subject=sample.subject if sample else subject)
    version = Version(scheme=scheme, number=1)
    items = _copy_sample(version, preset) if sample else []
    version.save()
    _write_items(version, items)
    _record(scheme, "scheme.create", by=by, on=on, preset=preset)
    return scheme


def _copy_sample(version, code):
    """Take over what a sample says of itself; its items are returned, not yet written."""
    sample = presets()[code]
    version.preset = code
    for name in ("period", "base", "cap", "bands", "source", "note"):
        setattr(version, name, getattr(sample, name))
    return items_of(sample)


@transaction.atomic
def change_scheme(scheme, *, name, shown, on, by):
    """Change the name of a scheme, or who reads its ranking (亮分范围)."""
    if Scheme.objects.filter(congress=scheme.congress_id, name=name).exclude(pk=scheme.pk).exists():
        raise ValidationError({"name": _("已经有这个名称的积分办法。")})
    scheme.name, scheme.shown = name, shown
    scheme.save(update_fields=["name", "shown"])
    _record(scheme, "scheme.change", by=by, on=on, shown=shown)


@transaction.atomic
def draft(scheme, *, on, by, preset=""):
    """Begin a new version as a copy of the last one, or from a sample; what was adopted is never touched (起草新版)."""
    scheme = Scheme.objects.select_for_update().get(pk=scheme.pk)
    if scheme.is_stopped:
        raise ValidationError(_("这一办法已经停用，不能再起草新版。"))
    last = scheme.versions.order_by("-number").first()
    if last.is_draft:
        raise ValidationError(_("已经有一份草稿，请先改完或者删除。"))
    if preset and presets()[preset].subject != scheme.subject:
        raise ValidationError({"preset": _("这个样本不是给%s计分的。") % scheme.get_subject_display()})
    version = Version(scheme=scheme, number=last.number + 1, preset=last.preset)
    for name in FIELDS:
        setattr(version, name, getattr(last, name))
    items = _copy_sample(version, preset) if preset else list(last.items.all())
    version.save()
    _write_items(version, items)
    _record(scheme, "scheme.draft", by=by, on=on, number=version.number)
    return version


def _only_draft(version):
    """The row of a draft, locked; what is in force is refused."""
    fresh = Version.objects.select_for_update().get(pk=version.pk)
    if not fresh.is_draft:
        raise ValidationError(_("这一版已经施行，不能再改；请起草新版。"))
    return fresh


def _touch(version):
    """A draft that says something else has another number: nobody adopts what he has not seen."""
    version.version += 1
    version.save(update_fields=["version"])


@transaction.atomic
def write(version, *, values, on, by):
    """Write what a draft says of itself: period, base, cap, bands, where it comes from (改写草稿)."""
    fresh = _only_draft(version)
    for name in FIELDS:
        setattr(fresh, name, values[name])
    fresh.save(update_fields=FIELDS)
    _touch(fresh)
    _record(fresh.scheme, "scheme.write", by=by, on=on, number=fresh.number)
    return fresh


@transaction.atomic
def put_item(version, item, *, on, by):
    """Add an item to a draft, or write one anew (计分项目)."""
    fresh = _only_draft(version)
    item.version = fresh
    if not item.code:
        taken = set(fresh.items.values_list("code", flat=True))
        item.code = next(f"{number}" for number in range(1, 1000) if f"{number}" not in taken)
    item.full_clean()
    item.save()
    _touch(fresh)
    _record(fresh.scheme, "scheme.item", by=by, on=on, number=fresh.number, text=item.text)
    return item


@transaction.atomic
def remove_item(item, *, on, by):
    """Take an item out of a draft."""
    fresh = _only_draft(item.version)
    item.delete()
    _touch(fresh)
    _record(fresh.scheme, "scheme.item", by=by, on=on, number=fresh.number, text=item.text)


def _write_items(version, items):
    Item.objects.bulk_create(
        Item(version=version, **{name: getattr(item, name) for name in Item.COPIED}) for item in items
    )


@transaction.atomic
def drop(version, *, on, by):
    """Throw a draft away; a scheme that has nothing else goes with it (删除草稿)."""
    fresh = _only_draft(version)
    scheme = fresh.scheme
    _record(scheme, "scheme.drop", by=by, on=on, number=fresh.number)
    fresh.delete()
    if not scheme.versions.exists():
        scheme.delete()


def adopt(version, *, effective_from, on, by, version_number=None):
    """Put a draft in force from the first day of a period; the version before it ends the day before (施行)."""
    scheme = version.scheme
    _check_whole(version)
    _check_day(version, effective_from)
    facts = {"name": scheme.name, "number": version.number, "from": said(effective_from)}
    with RULES.taking(
        "adopt", version, by=by, on=on, version=version_number, facts=facts, effective_from=effective_from
    ):
        before = scheme.versions.filter(state=Version.State.ADOPTED, effective_to__isnull=True).exclude(pk=version.pk)
        before.update(effective_to=effective_from - timedelta(days=1))
    return version


def _check_whole(version):
    """A version that gives nobody a point, or says what no rule may say, is not adopted."""
    items = list(version.items.all())
    if not any((item.points or item.per_extra) and not item.is_off for item in items):
        raise ValidationError(_("还没有一个项目有分值，请先填写。"))
    for item in items:
        try:
            item.clean()
        except ValidationError as error:
            raise ValidationError(
                _("第 %(code)s 项“%(text)s”：%(why)s")
                % {"code": item.code, "text": item.text, "why": " ".join(error.messages)}
            ) from None


def _check_day(version, day):
    scheme = version.scheme
    window = window_at(version.period, day, terms=Term.objects.filter(congress=scheme.congress_id))
    if window is None or window.first != day:
        raise ValidationError(
            {"effective_from": _("要从一个计分周期的第一天起施行（%s），中途不换规则。") % version.get_period_display()}
        )
    ends = in_force(scheme, on=day)
    if ends is not None and ends.effective_from < day:
        old = window_at(ends.period, day, terms=Term.objects.filter(congress=scheme.congress_id))
        if old is None or old.first != day:
            raise ValidationError(
                {
                    "effective_from": _("现行版本按%s计分，新版要从它的一个周期的第一天起施行。")
                    % ends.get_period_display()
                }
            )
    later = scheme.versions.filter(state=Version.State.ADOPTED, effective_from__gte=day).first()
    if later:
        raise ValidationError({"effective_from": _("要晚于现行版本的施行日期（%s）。") % said(later.effective_from)})
    closed = PeriodClose.objects.filter(scheme=scheme, last__gte=day).first()
    if closed:
        raise ValidationError({"effective_from": _("%s 已经结转，新版不能从那时起施行。") % closed.label})


def running_window(scheme, *, on):
    """The period that a scheme counts on a day; None before the first day of its first version."""
    version = in_force(scheme, on=on)
    if version is None or version.effective_from > on:
        return None
    return window_at(version.period, on, terms=Term.objects.filter(congress=scheme.congress_id))


@transaction.atomic
def stop(scheme, *, drops_running, why, on, by, version=None, request_key=""):
    """Count no further (停用): the running period is finished or dropped, as is said; what was closed stands."""
    fresh = Scheme.objects.select_for_update().get(pk=scheme.pk)
    if fresh.is_stopped:
        raise StepNotOpen(SCHEME["stop"], fresh)
    if not why.strip():
        raise ValidationError({"why": _("请写明原因。")})
    adopted = fresh.versions.filter(state=Version.State.ADOPTED)
    if fresh.versions.filter(state=Version.State.DRAFT).exists():
        raise ValidationError(_("还有一份草稿没有施行，请先删除草稿，再停用。"))
    window = running_window(fresh, on=on)
    ends_on = _last_day(adopted, window, drops_running=drops_running)
    closed = fresh.closes.filter(last__gt=ends_on).order_by("-last").first()
    if closed:
        raise ValidationError({"on": _("%s 已经结转，停用不能早于那时。") % closed.label})
    words = ""
    if window:
        words = (_("，%s不再计分") if drops_running else _("，%s计完为止")) % window.label
    facts = {"name": fresh.name, "until": said(ends_on), "running": words, "why": why.strip()}
    with SCHEME.taking(
        "stop", scheme, by=by, on=on, version=version, facts=facts, request_key=request_key, ends_on=ends_on,
        why_stopped=why.strip(),
    ):  # fmt: skip
        adopted.filter(Q(effective_to=None) | Q(effective_to__gt=ends_on)).update(effective_to=ends_on)
    return scheme


def _last_day(adopted, window, *, drops_running):
    """The last day that counts: of the running period, or of the one before; before the first day, none at all."""
    if window:
        return window.first - timedelta(days=1) if drops_running else window.last
    return adopted.order_by("effective_from").first().effective_from - timedelta(days=1)


@transaction.atomic
def place_kinds(congress, kinds, *, on, by):
    """Say of deputies of what kind they are; ordinary ones have no row (代表类别). Returns how many changed."""
    standing = dict(
        KindOfDeputy.objects.filter(mandate__congress=congress, mandate__in=kinds).values_list("mandate_id", "kind")
    )
    ordinary = DeputyKind.ORDINARY
    changed = {pk: kind for pk, kind in kinds.items() if standing.get(pk, ordinary) != kind}
    KindOfDeputy.objects.filter(mandate__in=changed).delete()
    KindOfDeputy.objects.bulk_create(
        KindOfDeputy(mandate_id=pk, kind=kind) for pk, kind in changed.items() if kind != ordinary
    )
    if changed:
        facts = {"count": len(changed), "kinds": {f"{pk}": kind for pk, kind in changed.items()}}
        journal.record(congress, "scores.kinds", by=by, on=on, facts=facts, congress=congress)
    return len(changed)

"""Small words for templates: icons, dates as an official writes them, and how far away a date is."""

from datetime import date, datetime
from functools import cache, lru_cache
from urllib.parse import parse_qsl, urlencode

from django import template
from django.conf import settings
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from lucide.templatetags.lucide import lucide as lucide_svg

from congress.kit.dates import said, said_short, today
from congress.kit.languages import language
from congress.kit.remembered import forgettable

register = template.Library()
register.simple_tag(static, name="asset")

_WEEKDAYS = "一二三四五六日"
KEPT = 4096  # fragments a process remembers, of about a kilobyte each
KEPT_WHOLE = 128  # and of those that are the better part of a page
LONGEST = 300  # characters of a value: nobody may fill the memory with addresses of his own


def _kept(template, values, _day, _language):
    return render_to_string(template, dict(values))


def _keeping(most):
    remembered = forgettable(lru_cache(maxsize=most)(_kept))

    def kept(template, **values):
        """A fragment that equal values make equal: rendered once a day and process, and shown again from memory.

        Nothing but the values reaches it, so it can tell nobody what another was shown. Values must not change any
        more.
        """
        if settings.DEBUG or any(len(each) > LONGEST for each in values.values() if isinstance(each, str)):
            return render_to_string(template, values)
        return remembered(template, tuple(values.items()), today(), language())

    return kept


class _Marked:
    """A fragment known by a mark of all that it follows from; its values are let go once it is drawn."""

    def __init__(self, mark, template, values):
        self.key, self.template, self.values = (mark, template, today(), language()), template, values

    def __hash__(self):
        return hash(self.key)

    def __eq__(self, other):
        return self.key == other.key

    def draw(self):
        values, self.values = self.values, None
        return render_to_string(self.template, values)


@forgettable
@lru_cache(maxsize=KEPT_WHOLE)
def _drawn(marked):
    return marked.draw()


@register.simple_tag
def kept_by(mark, template, **values):
    """The same for values that are made only where they are shown, such as a case: the mark says what they follow from.

    An empty mark keeps nothing.
    """
    if settings.DEBUG or not mark:
        return render_to_string(template, values)
    return _drawn(_Marked(mark, template, values))


register.simple_tag(_keeping(KEPT), name="kept")
register.simple_tag(_keeping(KEPT_WHOLE), name="kept_whole")


@register.simple_tag
@cache
def icon(name):
    """An inline icon of the set; it is decoration, the word beside it speaks."""
    return lucide_svg(name, size=None, **{"class": "i", "aria-hidden": "true"})


@register.simple_tag
@cache
def fixed_url(name):
    """The address of a page without arguments, looked up once; for pages where each tenth of a millisecond counts."""
    return reverse(name)


@register.filter
def plain(value):
    """A value as the text by which fragments are kept; of nothing, none."""
    return str(value) if value else ""


@register.filter
def seal(congress):
    """The character in the seal: the first of the congress's short name; where nobody's is known, 代 for deputies."""
    return plain(congress)[:1] or "代"


@register.simple_tag
def control(field):
    """The control of a form field with the class of its kind."""
    widget = field.field.widget
    kind = getattr(widget, "input_type", "")
    attrs = {}
    if kind in {"checkbox", "radio"}:
        attrs["class"] = "form-check-input"
    else:
        attrs["class"] = "form-select" if kind == "select" else "form-control"
    given = widget.attrs.get("class", "")
    if given:
        attrs["class"] = f"{attrs['class']} {given}"
    if field.errors:
        attrs["class"] += " is-invalid"
    if kind == "date":
        attrs["class"] += " num"
    return field.as_widget(attrs=attrs)


@register.simple_tag
def options(field):
    """The choices of a group of boxes or circles, to be shown one a line with its label."""
    choices = list(field)
    for choice in choices:
        choice.data["attrs"]["class"] = "form-check-input"
    return choices


def _as_date(value):
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@register.filter
def cn_date(value):
    """6月18日; with the year when it is not this one."""
    day = _as_date(value)
    if not isinstance(day, date):
        return ""
    return said_short(day) if day.year == timezone.localdate().year else said(day)


@register.filter
def cn_date_full(value):
    """2026年6月18日."""
    day = _as_date(value)
    return said(day) if isinstance(day, date) else ""


@register.filter
def weekday(value):
    """周四."""
    day = _as_date(value)
    return f"周{_WEEKDAYS[day.weekday()]}" if isinstance(day, date) else ""


@register.filter
def days_left(value):
    """余 3 天, 明天, 今天, 超 2 天."""
    day = _as_date(value)
    if not isinstance(day, date):
        return ""
    left = (day - timezone.localdate()).days
    if left < 0:
        return _("超 %s 天") % -left
    if left < 2:
        return _("明天") if left else _("今天")
    return _("余 %s 天") % left


@register.filter
def nearness(value):
    """The class that colours a date: late, soon (three days and less), or none."""
    day = _as_date(value)
    if not isinstance(day, date):
        return ""
    left = (day - timezone.localdate()).days
    return "late" if left < 0 else "soon" if left <= 3 else ""


@register.simple_tag
def when(value):
    """A date with its distance, coloured when near: 6月18日 余 2 天."""
    if not value:
        return ""
    return format_html(
        '<time datetime="{}" class="num {}">{} {}</time>',
        _as_date(value).isoformat(),
        nearness(value),
        cn_date(value),
        days_left(value),
    )


@register.filter
def chinese_order(number):
    """1 → 一, as asks are numbered."""
    digits = "〇一二三四五六七八九十"
    if number <= 10:
        return digits[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


@register.simple_tag(takes_context=True)
def address_with(context, **changes):
    """The present address with some of its query changed; None removes a key."""
    return address_in(context["request"].GET.urlencode(), **changes)


@register.simple_tag
def address_in(query, **changes):
    """The same where the query was handed on."""
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name not in changes]
    return f"?{urlencode(kept + [(name, value) for name, value in changes.items() if value is not None])}"


@register.filter
def rows_px(count):
    """The height of a drawing of so many 32 px rows."""
    return count * 32


@register.simple_tag
def pages(number, count, size):
    """The page of this number of so many rows."""
    return Paginator(range(count), size).page(number)


@register.simple_tag
def page_numbers(page):
    """The page numbers worth offering: ends and neighbours; None stands for a gap."""
    last = page.paginator.num_pages
    near = sorted({1, last, *(n for n in range(page.number - 1, page.number + 2) if 1 <= n <= last)})
    numbers = []
    for number in near:
        if numbers and number - numbers[-1] > 1:
            numbers.append(None)
        numbers.append(number)
    return numbers

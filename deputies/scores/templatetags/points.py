"""How points are written: halves as they are, whole ones without a tail (分值的写法)."""

from decimal import Decimal

from django import template

register = template.Library()


@register.filter
def points(value):
    """118.50 → 118.5, 3.00 → 3."""
    return "" if value is None else f"{_plain(value):f}"


@register.filter
def signed(value):
    """The same with its sign: +3, -1.5, 0."""
    if value is None:
        return ""
    plain = _plain(value)
    return f"{plain:+f}" if plain else "0"


def _plain(value):
    """Two places at most, without a tail and without a negative zero."""
    return Decimal(value).quantize(Decimal("0.01")).normalize() + 0

"""How points are written: halves as they are, whole ones without a tail (分值的写法)."""

from decimal import Decimal

from django import template

register = template.Library()


@register.filter
def points(value):
    """118.50 → 118.5, 3.00 → 3."""
    return "" if value is None else f"{Decimal(value).quantize(Decimal('0.01')).normalize():f}"


@register.filter
def signed(value):
    """The same with its sign: +3, -1.5."""
    return "" if value is None else f"{Decimal(value).quantize(Decimal('0.01')).normalize():+f}"

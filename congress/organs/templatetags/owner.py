"""Whose portal this is, for the pages that nobody has signed in to yet."""

from django import template

from congress.organs.models import Congress

register = template.Library()


@register.simple_tag
def portal_owner():
    """The congress at the top of this installation, or None before one is founded."""
    return Congress.objects.filter(parent__isnull=True).order_by("position", "pk").first()

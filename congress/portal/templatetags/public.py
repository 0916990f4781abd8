"""Addresses of public pages that stay with the congress for which this page speaks; words as everybody reads them."""

from django import template
from django.urls import reverse

from congress.portal.masking import masked

register = template.Library()
register.filter("masked", masked)


@register.simple_tag(takes_context=True)
def public_url(context, name, *args):
    """A township's visitor stays in his township; the pages of the highest congress need not name it."""
    address = reverse(f"portal:{name}", args=args)
    code = code_kept(context)
    return f"{address}?at={code}" if code else address


@register.simple_tag(takes_context=True)
def code_kept(context):
    """The code of the congress that an address on this page has to name; "" of the highest one."""
    congress = context["congress"]
    is_named = congress is not None and (congress.parent_id or "at" in context["request"].GET)
    return congress.code if is_named else ""

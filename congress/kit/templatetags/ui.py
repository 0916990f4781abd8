"""Small words for templates: icons and dates as an official writes them."""

from django import template

register = template.Library()

"""Every door of the house: the named pages and, apart, the views of the REST interface."""

from dataclasses import dataclass

from django.urls import get_resolver
from rest_framework.views import APIView


@dataclass(frozen=True)
class Door:
    """One URL name with what stands behind it."""

    name: str
    view: object
    has_parameters: bool

    @property
    def is_api(self):
        return issubclass(getattr(self.view, "cls", object), APIView)

    @property
    def asks_for_sign_in(self):
        return getattr(self.view, "login_required", True)


def doors(resolver=None, namespace="", parameters=False):
    """All doors, in the order in which Django tries them; a URL without a name gets its pattern."""
    found = []
    for each in (resolver or get_resolver()).url_patterns:
        here = parameters or bool(each.pattern.regex.groups)
        if hasattr(each, "url_patterns"):
            inside = f"{namespace}{each.namespace}:" if each.namespace else namespace
            found += doors(each, inside, here)
        else:
            found.append(Door(f"{namespace}{each.name or each.pattern}", each.callback, here))
    return found


def pages():
    return [door for door in doors() if not door.is_api]


def api_doors():
    return [door for door in doors() if door.is_api]

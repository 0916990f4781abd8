"""Building the demonstration county, once; its dates hang on the day it was built."""

from django.db import transaction

from congress.accounts.models import User
from congress.demo.cases import Docket
from congress.demo.people import ACCOUNTS, PASSWORD, County
from congress.organs.models import Congress
from congress.organs.roles import Role

CODE = "qinghe"


def exists():
    return Congress.objects.filter(code=CODE).exists()


@transaction.atomic
def build(*, on):
    """Write the whole county in one transaction: it stands complete or not at all."""
    county = County(on)
    Docket(county).write_all()
    return county


def accounts():
    """[(login, name, role, what it shows)] of the demonstration, with the password they share."""
    standing = set(User.objects.values_list("username", flat=True))
    return PASSWORD, [
        (login, name, Role(role).label, shows) for login, name, role, _place, shows in ACCOUNTS if login in standing
    ]

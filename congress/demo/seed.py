"""Building the demonstration county, once; its dates hang on the day it was built."""

from datetime import timedelta

from django.db import transaction

from congress.accounts.models import User
from congress.demo.assessing import Assessing
from congress.demo.cases import Docket
from congress.demo.newcomers import Newcomers
from congress.demo.people import ACCOUNTS, PASSWORD, County
from congress.demo.pledging import Pledging
from congress.demo.promising import Promising
from congress.demo.reaching import Reaching
from congress.demo.reporting import Reporting
from congress.demo.residents import Residents
from congress.demo.safeguarding import Safeguarding
from congress.demo.schooling import Schooling
from congress.demo.scoring import Scoring
from congress.demo.telling import Telling
from congress.demo.townships import Townships
from congress.demo.year import Year
from congress.notices.writing import hushed, pass_over
from congress.organs.models import Congress
from congress.organs.roles import Role
from congress.rulebook.book import books_at_hand
from suggestions.docket.tallies import counting_later

CODE = "qinghe"


def exists():
    return Congress.objects.filter(code=CODE).exists()


TOLD_DAYS = 2
"""What happened in these last days still comes as letters, so that the inboxes have something in them."""


def build(*, on):
    """Write the whole county in one transaction: it stands complete or not at all. Old cases write no letters."""
    with hushed(), books_at_hand(), transaction.atomic(), counting_later():
        county = County(on)
        Docket(county).write_all()
        Year(county).write_all()
        Townships(county).write_all()
        Schooling(county).write_all()
        Newcomers(county).write_all()
        Residents(county).write_all()
        Promising(county).write_all()
        Reaching(county).write_all()
        Reporting(county).write_all()
        Scoring(county).write_all()
        Assessing(county).write_all()
        Pledging(county).write_all()
        Safeguarding(county).write_all()
        Telling(county).write_all()
        pass_over(before=on - timedelta(days=TOLD_DAYS))
    return county


def accounts():
    """[(login, name, role, what it shows)] of the demonstration, with the password they share."""
    standing = set(User.objects.values_list("username", flat=True))
    return PASSWORD, [
        (login, name, Role(role).label, shows) for login, name, role, _place, shows in ACCOUNTS if login in standing
    ]

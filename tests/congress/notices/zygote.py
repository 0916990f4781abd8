"""A process that has loaded the portal and forks a real worker process for every order it reads.

An order names a database, a directory for mail and what to do; several orders on one line run at the same time.
A worker may be told the point at which it kills itself with SIGKILL, as a power cut would.
"""

import json
import os
import signal
import sys
import traceback
from datetime import datetime, timedelta

import django

django.setup()

# ruff: noqa: E402  Django must be set up before its models are imported
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from congress.accounts.models import User
from congress.celery import app
from congress.deadlines import reminding
from congress.deadlines.models import Clock, Reminder
from congress.notices import actions, delivering, letters, recipients, tasks, writing
from congress.notices.models import Delivery, Notice
from congress.procedure import journal
from congress.procedure.duework import all_due_work, carry_out
from congress.procedure.models import Entry
from suggestions.docket.models import Suggestion
from tests.factories.docket import SuggestionFactory, clerk_of, head_of, officer_of, seat
from tests.factories.organs import CongressFactory, DepartmentFactory

VERB = "suggestion.nod"


@letters.on(VERB)
class Nod(letters.Letter):
    title = "点头%(times)s次"

    def recipients(self):
        return recipients.department(self.case.current_round.assignments.get().organ_id)


# What a worker does


def plant():
    """One case in the hands of a department, whose officer wants each letter and whose head the digest."""
    call_command("migrate", verbosity=0)
    county = CongressFactory(name="青禾县人民代表大会", short_name="青禾县人大")
    roads = DepartmentFactory(congress=county, short_name="交通局")
    people = officer_of(roads), head_of(roads), clerk_of(county)
    with writing.hushed():
        case = SuggestionFactory(
            congress=county, accepted=True, department=roads, lead=seat(county, is_re_elected=True)
        )
    writing.pass_over()
    Clock.objects.on_case(case).exclude(rule="reply").delete()
    for user in people:
        user.email, user.phone = f"{user.username}@example.invalid", ""
        user.save()
    actions.choose(people[0], channel="email", wish="each")
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def day_after_due():
    due_on = Clock.objects.get(rule="reply").due_on
    return timezone.make_aware(datetime(due_on.year, due_on.month, due_on.day, 9)) + timedelta(days=1)


def nod(times):
    """So many journal entries that have a letter to officer and head."""
    case, by = Suggestion.objects.get(), User.objects.get(name="林代工")
    for number in range(times):
        journal.record(case, VERB, by=by, facts={"times": number + 1})


def nod_unheard(times):
    """The same, while nobody listens: as if the process had died after each commit."""
    with writing.hushed():
        nod(times)


def work(minutes):
    """Once what beat would do, so many minutes after the morning of the first overdue day."""
    return carry_out(at=day_after_due() + timedelta(minutes=minutes))


def enqueue(broker):
    """What beat does: put every periodic job into the broker; returns how many lie there."""
    app.conf.broker_url = broker
    for each in all_due_work():
        app.send_task(each.name)
    with app.connection_for_read() as open_broker:
        return open_broker.default_channel.client.llen("celery")


def chain():
    """[sound, its length] of the journal of the case."""
    case = Suggestion.objects.get()
    return [journal.broken_link(case) is None, Entry.objects.of(case).filter(verb=VERB).count()]


def state():
    return {
        "notices": sorted(Notice.objects.values_list("recipient__name", "title")),
        "reminders": sorted(Reminder.objects.values_list("stage", flat=True)),
        "deliveries": sorted(Delivery.objects.values_list("recipient__name", "channel", "state")),
        "unheard": writing.unheard().count(),
        "untold": Reminder.objects.untold().count(),
    }


# Where a worker dies


def _die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def _then_die(function):
    def wrapped(*args, **kwargs):
        if function(*args, **kwargs) != 0:  # an INSERT that found nothing new isn't the one to die after
            _die()
        return 0

    return wrapped


POINTS = {
    "committed, no letter begun": lambda: _put(writing, "hear", _die),
    "entry claimed, no notice written": lambda: _put(writing, "_letters_of", _die),
    "notices written, not committed": lambda: _put(writing, "post", _then_die(writing.post)),
    "reminders written, not committed": lambda: _put(reminding, "_write", _then_die(reminding._write)),
    "reminders taken, no notice written": lambda: _put(writing.reminders, "notices_of", _die),
    "digest opened, still empty": lambda: _put(delivering, "enclose", _die),
    "message claimed, not sent": lambda: _put(delivering, "_send", _die),
    "message sent, not marked": lambda: _put(delivering, "_send", _then_die(delivering._send)),
}


def _put(module, name, function):
    setattr(module, name, function)


# The loop


def _in_child(order):
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid:
        os.close(write_end)
        return pid, read_end
    code = 1
    try:
        settings.EMAIL_FILE_PATH = order["mail"]
        connection.settings_dict["NAME"] = order["database"]
        if order.get("die_at"):
            POINTS[order["die_at"]]()
        results = [globals()[name](*arguments) for name, *arguments in order["do"]]
        connection.close()
        with os.fdopen(write_end, "w") as answer:
            json.dump(results[-1], answer)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _outcome(pid, read_end):
    with os.fdopen(read_end) as answer:
        text = answer.read()
    _pid, status = os.waitpid(pid, 0)
    return {"status": os.waitstatus_to_exitcode(status), "result": json.loads(text) if text else None}


def main():
    assert tasks.hear_at_once  # the receiver listens
    for line in sys.stdin:
        children = [_in_child(order) for order in json.loads(line)]
        print(json.dumps([_outcome(*child) for child in children]), flush=True)


if __name__ == "__main__":
    main()

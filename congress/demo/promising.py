"""What became of the promises of the demonstration county: kept in time, late, partly, put off, overdue (承诺)."""

import io
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from congress.organs.roles import Role
from congress.portal import actions as portal
from suggestions.promises import actions
from suggestions.promises.models import LookBack, Promise, Word

# What becomes of one promise after the other whose day has passed; most are kept.
FATES = ("kept", "kept", "late", "kept", "partly", "kept", "overdue", "kept", "waiting", "kept", "late", "extended")
AHEAD = ("reported", "asked", "open", "open", "open")
DONE = (
    "承诺的事项已全部办完，群众已经用上，以后由谁管护也定了下来。",
    "已按承诺办结，村民代表在确认单上签了字。",
    "已经办成，一个月来没有再接到反映。",
)
SEEN = ("到现场看过，与报告一致，问了附近几户群众，都说好用。", "同代表一起到现场看过，已经办好。")
WITH_PHOTOS = 9  # how many reports show a picture; the others are words


class Promising:
    """Carries the promises that stand in the ledger to where they are by today."""

    def __init__(self, county):
        self.county = county
        self.clerk = county.accounts["clerk"]
        self.pictures = 0

    def write_all(self):
        today = self.county.today
        rows = Promise.objects.filter(congress=self.county.congress).select_related("organ", "congress", "suggestion")
        past = list(rows.owed().filter(due_on__lt=today).order_by("due_on", "pk"))
        for number, promise in enumerate(past):
            getattr(self, f"_{FATES[number % len(FATES)]}")(promise, number)
        ahead = rows.owed().filter(due_on__gte=today, made_on__lt=today - timedelta(days=1)).order_by("due_on", "pk")
        for number, promise in enumerate(ahead):
            getattr(self, f"_{AHEAD[number % len(AHEAD)]}")(promise, number)
        actions.call_due(on=today, by=self.county.robot)
        self._public()

    def _officer(self, promise):
        return self.county.member(promise.organ, Role.CASE_OFFICER)

    def _bounded(self, day):
        return min(day, self.county.today)

    def _report(self, promise, number, *, done_on):
        on = self._bounded(done_on + timedelta(days=3))
        actions.report(
            promise, words=DONE[number % len(DONE)], done_on=done_on, photos=self._photos(), on=on,
            by=self._officer(promise),
        )  # fmt: skip
        return on

    def _photos(self):
        if self.pictures >= WITH_PHOTOS:
            return []
        self.pictures += 1
        return [picture(self.pictures)]

    def _look(self, promise, outcome, number, *, on, **more):
        actions.look_back(
            promise, outcome=outcome, words=more.pop("words", SEEN[number % len(SEEN)]), on=self._bounded(on),
            by=self.clerk, **more,
        )  # fmt: skip

    def _kept(self, promise, number):
        on = self._report(promise, number, done_on=promise.due_on - timedelta(days=6 + number % 20))
        self._look(promise, LookBack.Outcome.KEPT, number, on=on + timedelta(days=7))
        if number % 4 == 0 and promise.suggestion.lead.deputy.user:
            actions.speak(
                promise, mandate=promise.suggestion.lead, said=Word.Said.SEEN, text="问过村里人，确实办好了。",
                on=promise.stepped_on, by=promise.suggestion.lead.deputy.user,
            )  # fmt: skip

    def _late(self, promise, number):
        on = self._report(promise, number, done_on=self._bounded(promise.due_on + timedelta(days=12)))
        self._look(promise, LookBack.Outcome.KEPT, number, on=on + timedelta(days=5))

    def _partly(self, promise, number):
        on = self._report(promise, number, done_on=promise.due_on - timedelta(days=2))
        words = "主要的已经办了，管护单位和经费还没有定下来。"
        later = self.county.today + timedelta(days=45)
        self._look(promise, LookBack.Outcome.PARTLY, number, on=on + timedelta(days=9), words=words, new_due_on=later)

    def _overdue(self, promise, number):
        """Silence: red for everybody."""

    def _waiting(self, promise, number):
        self._report(promise, number, done_on=self._bounded(promise.due_on - timedelta(days=1)))

    def _extended(self, promise, number):
        self._asked(promise, number, on=promise.due_on - timedelta(days=10))
        actions.grant(promise, words="只延这一次。", on=promise.stepped_on + timedelta(days=3), by=self.clerk)

    def _open(self, promise, number):
        """Its day is still to come."""

    def _reported(self, promise, number):
        self._report(promise, number, done_on=self.county.today - timedelta(days=1))

    def _asked(self, promise, number, *, on=None):
        on = max(on or self.county.today, promise.stepped_on)
        until = max(promise.due_on, self.county.today) + timedelta(days=90)
        actions.ask_extension(
            promise,
            until=until,
            reason="前期手续多用了四十天，剩下的部分需要重新招标。",
            on=on,
            by=self._officer(promise),
        )

    def _public(self):
        """The office makes most of what was kept public, after looking at it."""
        today = self.county.today
        for look_back in list(portal.kept_to_check([self.county.congress.pk]).order_by("pk"))[:-3]:
            portal.publish_kept(look_back, on=today, by=self.clerk)


def picture(number):
    """A plain drawing of a road, a lamp and a field, as evidence of the demonstration; nobody's photo."""
    image = Image.new("RGB", (640, 480), (196, 214, 226))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 250, 640, 480), fill=(150 - number * 4, 172, 120))
    draw.polygon([(260, 250), (380, 250), (600, 480), (40, 480)], fill=(120, 122, 126))
    for step in range(4):
        top = 275 + step * 55
        draw.rectangle((314 - step * 2, top, 326 + step * 2, top + 28), fill=(236, 236, 230))
    for side in (110 + number * 6, 520):
        draw.rectangle((side, 120, side + 8, 360), fill=(70, 74, 80))
        draw.rectangle((side - 22, 112, side + 30, 124), fill=(240, 214, 120))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=85)
    return SimpleUploadedFile(f"现场照片{number}.jpg", buffer.getvalue(), content_type="image/jpeg")

"""Somebody in front of a screen: signs in, looks at pages, works by mouse or by keyboard alone."""

import re
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories.accounts import PASSWORD

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
MOST_TABS = 250
AXE = Axe()

# The page tells its own violations where the watcher hears them.
TELL_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


class Watcher:
    """Writes down whatever no page may do, on all pages of one browser context."""

    def __init__(self, context, address):
        self.host = urlsplit(address).netloc
        self.wrongs = []
        context.add_init_script(TELL_VIOLATIONS)
        context.on("request", self._request)
        context.on("response", self._response)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.wrongs.append(f"script error: {error.error}"))

    def _request(self, request):
        asked = urlsplit(request.url)
        if asked.scheme in ("http", "https", "ws", "wss") and asked.netloc != self.host:
            self.wrongs.append(f"request to another host: {request.url}")

    def _response(self, response):
        if response.status >= 500:
            self.wrongs.append(f"{response.status} {response.request.method} {response.url}")
        elif response.status == 404 and not response.request.is_navigation_request():
            self.wrongs.append(f"missing: {response.url}")

    def _console(self, message):
        # A refused form (422) or a step taken by somebody else (409) is the page's answer, not an error of it.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.wrongs.append(f"console: {message.text}")


class Screen:
    """One browser window of one person."""

    def __init__(self, page, address, size, watcher):
        self.page, self.address, self.size, self.watcher = page, address, size, watcher

    def open(self, path):
        answer = self.page.goto(f"{self.address}{path}")
        if not answer.ok:
            self.watcher.wrongs.append(f"{answer.status} instead of the page {path}")
        return self

    def sign_in(self, user):
        self.open("/accounts/sign-in/")
        self.page.get_by_label("登录名或手机号").fill(user.username)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录", exact=True).click()
        return self.is_in(user)

    def is_in(self, user):
        expect(self.page).not_to_have_url(re.compile("sign-in"))
        expect(self.page.locator("a[href='/accounts/me/']").first).to_contain_text(user.name)
        return self

    # ---- by mouse or finger

    def follow(self, name):
        with self.page.expect_navigation():
            link_named(self.page, name).click()
        return self

    def press(self, name):
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name).first.click()
        return self

    def step(self, label):
        """Go to a step from the page of its case; the rarer ones lie folded under 更多."""
        doors = self.page.locator(".turn a", has_text=label)
        if not doors.first.is_visible():
            self.page.locator(".turn summary").click()
        with self.page.expect_navigation():
            doors.first.click()
        return self

    def from_paper(self, on, whom=None):
        """Fill in the quiet part of a step: its day, why it is put down late, and for whom."""
        part = self.page.locator("details.paper-part", has=self.page.locator("[name=on]"))
        if not part.evaluate("part => part.open"):
            part.locator("summary").click()
        self.fill(on=f"{on:%Y-%m-%d}", late_reason="会议期间纸质办理。")
        return self.fill(on_behalf_of={"label": whom}) if whom else self

    def fill(self, **fields):
        """Fill fields by their names; a bool ticks, a choice is made by its words or value."""
        for name, value in fields.items():
            field = self.page.locator(f"[name='{name}']:not([type=hidden])")
            kind = field.first.evaluate("field => field.type")
            if kind in ("radio", "checkbox") and not isinstance(value, bool):
                self._tap(self.page.locator(f"[name='{name}'][value='{value}']"))
            elif kind == "checkbox":
                field.set_checked(value)
            elif kind == "select-one":
                field.select_option(**value) if isinstance(value, dict) else field.select_option(value)
            else:
                field.first.fill(value)
        return self

    def _tap(self, choice):
        """Choose by its label, as a finger does; a choice may lie unseen beneath it."""
        label = self.page.locator(f"label[for='{choice.get_attribute('id')}']")
        (label if label.count() else choice).click()
        expect(choice).to_be_checked()

    def says(self, words):
        """These words can be read on the page."""
        expect(self.page.get_by_text(words).first).to_be_visible()
        return self

    # ---- accessibility

    def look(self):
        """Look the page over with axe, on the desk and on the phone; what it finds fails the test at its end."""
        for size in (self.size, DESK if self.size == PHONE else PHONE):
            self.page.set_viewport_size(size)
            self.watcher.wrongs += barriers(self.page, size["width"])
        self.page.set_viewport_size(self.size)
        return self


def link_named(page, name):
    """The link of just this name; where there is none, the first whose name holds it."""
    exact = page.get_by_role("link", name=name, exact=True)
    return (exact if exact.count() else page.get_by_role("link", name=name)).first


def barriers(page, width):
    """What axe finds on the page, one line per place."""
    return [
        f"{width} px {page.url}: {rule['id']} at {node['target']} {node['html'][:160]} {node['failureSummary'][:400]}"
        for rule in violations(page)
        for node in rule["nodes"]
    ]


def violations(page):
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    return page.evaluate("axe.run({resultTypes: ['violations']}).then((results) => results.violations)")


class Keyboard:
    """The same window without a mouse: Tab, arrows, Space, Enter and letters."""

    def __init__(self, screen):
        self.screen, self.page, self.keys = screen, screen.page, screen.page.keyboard

    def reach(self, target):
        """Tab until the focus stands on `target`, and see that the focus can be seen."""
        expect(target).to_be_attached()
        for _step in range(MOST_TABS):
            if target.evaluate("field => field === document.activeElement"):
                assert target.evaluate(FOCUS_IS_SEEN), f"focus is invisible on {target}"
                return self
            self.keys.press("Tab")
        raise AssertionError(f"{target} cannot be reached by Tab")

    def open(self, path):
        self.screen.open(path)
        return self

    def looks(self):
        self.screen.look()
        return self

    def says(self, words):
        self.screen.says(words)
        return self

    def types(self, text):
        self.keys.insert_text(text)
        return self

    def named(self, name):
        return self.page.locator(f"[name='{name}']:not([type=hidden])").first

    def write(self, name, text):
        """Type into the field of this name, over what stood there."""
        field = self.named(name)
        self.reach(field)
        self.keys.press("ControlOrMeta+A")
        self.keys.insert_text(text)
        expect(field).to_have_value(text)
        return self

    def choose(self, name, words):
        """Walk through a list with the arrows until `words` stands there."""
        field = self.named(name)
        self.reach(field)
        for _step in range(field.locator("option").count()):
            if field.evaluate("field => field.selectedOptions[0].textContent").strip() == words:
                return self
            self.keys.press("ArrowDown")
        raise AssertionError(f"{words} is not offered by {name}")

    def pick(self, name, value):
        """Choose one of several radio buttons with Space and the arrows."""
        wanted = self.page.locator(f"[name='{name}'][value='{value}']")
        group = self.page.locator(f"[name='{name}']")
        chosen = self.page.locator(f"[name='{name}']:checked")
        self.reach(chosen if chosen.count() else group.first)
        if not chosen.count():
            self.keys.press("Space")
        for _step in range(group.count()):
            if wanted.is_checked():
                return self
            self.keys.press("ArrowDown")
        raise AssertionError(f"{value} of {name} cannot be chosen by arrows")

    def tick(self, box):
        self.reach(box)
        self.keys.press("Space")
        expect(box).to_be_checked()
        return self

    def enter(self, target):
        """Go to a link or a button and press Enter, which opens a page."""
        self.reach(target)
        with self.page.expect_navigation():
            self.keys.press("Enter")
        return self

    def sign_in(self, user):
        self.screen.open("/accounts/sign-in/")
        self.write("login", user.username).write("password", PASSWORD).button("登录")
        self.screen.is_in(user)
        return self

    def button(self, name):
        return self.enter(self.page.get_by_role("button", name=name).first)

    def link(self, name):
        return self.enter(link_named(self.page, name))

    def fold(self, words):
        self.reach(self.page.locator("summary", has_text=words).first)
        self.keys.press("Enter")
        return self


FOCUS_IS_SEEN = """field => {
  const seen = [field, field.parentElement, ...(field.labels ?? [])].filter(Boolean);
  return seen.some((each) => {
    const style = getComputedStyle(each);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  });
}"""

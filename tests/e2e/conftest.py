"""The journeys: real people in a real browser before a small county, watched for whatever no page may do."""

import traceback
from pathlib import Path
from wsgiref.handlers import BaseHandler

import pytest
from django.core.signals import got_request_exception

from congress.rulebook.models import RuleProfile
from suggestions.docket.models import Category
from tests.e2e.screen import DESK, PHONE, Keyboard, Screen, Watcher
from tests.factories.organs import DepartmentFactory
from tests.factories.rulebook import plant

CHROMIUM = "/usr/bin/chromium"
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session", autouse=True)
def _database_beside_a_loop():
    """Playwright keeps an event loop in the thread of the test, where Django would refuse to ask the database."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(scope="session")
def base_url():
    """Nobody's: each journey asks the live server. The plugin's own fixture warns, and warnings are errors."""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    assert Path(CHROMIUM).exists(), f"{CHROMIUM} is missing; `make e2e` installs it"
    quiet = ["--disable-background-networking", "--no-first-run", "--disable-component-update"]
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ["--no-sandbox", *quiet]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai", "reduced_motion": "reduce"}


@pytest.fixture
def window(live_server, new_context, monkeypatch):
    """window(PHONE) → a Screen of its own; whatever a page did wrong fails the test at its end."""
    watchers, broken = [], []
    # An undefined template variable fails the server's thread past Django's own handlers.
    monkeypatch.setattr(BaseHandler, "log_exception", lambda self, error: broken.append(f"{error[1]!r}"))

    def remember(sender, **kwargs):
        broken.append(traceback.format_exc())

    def opened(size=DESK):
        context = new_context(viewport=size, has_touch=size == PHONE)
        context.set_default_timeout(15_000)
        watchers.append(Watcher(context, live_server.url))
        return Screen(context.new_page(), live_server.url, size, watchers[-1])

    got_request_exception.connect(remember)
    yield opened
    got_request_exception.disconnect(remember)
    wrongs = [wrong for watcher in watchers for wrong in watcher.wrongs] + broken
    assert not wrongs, "\n".join(wrongs)


@pytest.fixture
def at(window):
    """at(user, PHONE) → the user's window, signed in."""
    return lambda user, size=DESK: window(size).sign_in(user)


@pytest.fixture
def keys(window):
    """keys(user, PHONE) → the user's keyboard, signed in without a mouse."""
    return lambda user, size=DESK: Keyboard(window(size)).sign_in(user)


@pytest.fixture
def county(transactional_db, county):
    """The county with its rulebook (journeys empty the tables behind them) and two categories."""
    if not RuleProfile.objects.exists():
        plant()
    for position, name in enumerate(("农林水利", "交通建设"), start=1):
        Category.objects.create(congress=county, name=name, position=position)
    return county


@pytest.fixture
def water(county):
    return DepartmentFactory(congress=county, name="县水利局", short_name="水利局")


@pytest.fixture
def roads(county):
    return DepartmentFactory(congress=county, name="县交通运输局", short_name="交通局")

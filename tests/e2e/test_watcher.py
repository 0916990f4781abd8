"""The watcher of the journeys sees what it is there to see."""

import pytest
from playwright.sync_api import Error

from tests.e2e.screen import barriers

INLINE = "document.head.append(Object.assign(document.createElement('script'), {textContent: 'window.x = 1'}))"
NAMELESS = "document.querySelector('main').append(document.createElement('input'))"


@pytest.fixture
def screen(county, window):
    screen = window().open("/accounts/sign-in/")
    assert screen.watcher.wrongs == []
    yield screen
    screen.watcher.wrongs.clear()


def test_a_script_against_the_policy_is_seen(screen):
    with screen.page.expect_console_message():
        screen.page.evaluate(INLINE)
    screen.page.wait_for_timeout(200)
    assert any("script-src" in wrong or "default-src" in wrong for wrong in screen.watcher.wrongs)


def test_a_request_to_another_host_is_seen(screen):
    with pytest.raises(Error):
        screen.page.goto("http://127.0.0.1:9/")
    assert screen.watcher.wrongs == ["request to another host: http://127.0.0.1:9/"]


def test_a_script_error_is_seen(screen):
    with screen.page.expect_event("pageerror"):
        screen.page.evaluate("setTimeout(() => { throw new Error('broken') })")
    screen.page.wait_for_timeout(200)
    assert any("broken" in wrong for wrong in screen.watcher.wrongs)


def test_a_field_without_a_name_is_a_barrier(screen):
    screen.page.evaluate(NAMELESS)
    assert any("label" in wrong for wrong in barriers(screen.page, 1440))

"""Fixtures that every room's tests share, and guards that hold for all of them.

An unknown variable in a template fails the test that renders it (`FAIL_INVALID_TEMPLATE_VARS`), and so does any
warning (`filterwarnings`); both stand in `pyproject.toml`.
"""

import uuid

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from congress.kit.remembered import forget

pytest_plugins = ["tests.people", "tests.at_once"]

# A machine that is busy with something else is no fault of what is tested.
hypothesis.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("house")


@pytest.fixture(autouse=True)
def _own_cache(settings, monkeypatch):
    """Each test starts with an empty cache and memory, without flushing a Redis that others may use.

    What is remembered for a minute stays so for the whole test: if the minute could end between two of its pages,
    the number of statements would depend on when it runs.
    """
    forget()
    monkeypatch.setattr("congress.kit.remembered.clock", lambda: 0.0)
    name = uuid.uuid4().hex
    default = {**settings.CACHES["default"], "KEY_PREFIX": name}
    if "locmem" in default["BACKEND"]:
        default["LOCATION"] = name
    settings.CACHES = {"default": default}

"""docker-compose.yml says what the portal needs, and nothing in it points to what is not there."""

import re

import pytest
from django.conf import settings

from scripts import compose

FILE = compose.read()
SERVICES = FILE["services"]
OURS = ("migrate", *compose.OURS)


def test_the_services_of_the_portal_are_all_there():
    assert set(SERVICES) == {"migrate", "web", "worker", "beat", "postgres", "redis"}


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_whatever_stays_up_says_how_it_is(name):
    assert compose.health_of(SERVICES[name])
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_services_wait_for_services_that_exist_and_say_when_they_are_ready(name):
    for other, how in SERVICES[name].get("depends_on", {}).items():
        wanted = how["condition"]
        assert wanted == "service_completed_successfully" or "healthcheck" in SERVICES[other]


def test_every_volume_is_declared_and_used():
    used = {volume.partition(":")[0] for service in SERVICES.values() for volume in service.get("volumes", ())}
    assert used == set(FILE["volumes"])


@pytest.mark.parametrize("name", OURS)
def test_every_variable_that_is_set_is_read(name):
    read = (settings.BASE_DIR / "congress" / "settings.py").read_text()
    for variable in SERVICES[name]["environment"]:
        assert f'"{variable}"' in read or f'{variable}"' in read, variable


VALUES = [value for service in SERVICES.values() for value in service.get("environment", {}).values()]
GIVEN = {"ALLOWED_HOSTS": "portal", "POSTGRES_PASSWORD": "p", "SECRET_KEY": "s", "PERSONAL_DATA_KEYS": "k"}
GIVEN |= {"PORTAL_URL": "https://portal"}


@pytest.mark.parametrize("missing", sorted(GIVEN))
def test_what_must_be_given_has_no_default(missing):
    rest = {name: value for name, value in GIVEN.items() if name != missing}
    wants_it = next(value for value in VALUES if f"${{{missing}:?" in str(value))
    with pytest.raises(KeyError, match=missing):
        compose.filled(wants_it, rest)
    assert all(compose.filled(value, GIVEN) is not None for value in VALUES)


def test_the_image_serves_with_the_servers_that_are_installed():
    command, env = compose.image()
    assert command[:2] == ["gunicorn", "congress.wsgi"]
    assert env["COLLECTED_STATIC"] == "1"
    assert "--workers=2" in command
    assert re.search(r":(\d+)", " ".join(command))[1] in SERVICES["web"]["ports"][0]


def test_only_one_beat_and_no_pidfile_that_a_restart_would_trip_over():
    words = compose.command_of(SERVICES["beat"], [])
    assert "--pidfile=" in words
    assert "deploy" not in SERVICES["beat"]


def test_every_variable_of_the_settings_is_told_to_who_runs_the_portal():
    """DEBUG and what a library reads are no settings of a county."""
    read = (settings.BASE_DIR / "congress" / "settings.py").read_text()
    told = (settings.BASE_DIR / "docs" / "deploy.md").read_text()
    names = set(re.findall(r'\benv(?:\.\w+)?\(\s*"([A-Z_]+)"', read)) - {"DEBUG"}
    assert sorted(name for name in names if f"`{name}`" not in told) == []

"""The floors as pyproject.toml states them, for the tests of the house."""

import tomllib

from django.conf import settings

PYPROJECT = settings.BASE_DIR / "pyproject.toml"
WINGS = ("congress", "deputies", "suggestions", "liaison")


def contracts():
    """The import contracts by their id."""
    linter = tomllib.loads(PYPROJECT.read_text())["tool"]["importlinter"]
    return {contract["id"]: contract for contract in linter["contracts"]}


def floor_of_rooms():
    """{room: its floor}; the higher the number, the higher the floor."""
    floors = reversed(contracts()["floors"]["layers"])
    return {room.strip(" ()"): height for height, floor in enumerate(floors) for room in floor.split("|")}


def our_rooms():
    """The rooms that are built: the installed apps of our wings."""
    return [app for app in settings.INSTALLED_APPS if app.split(".")[0] in WINGS]


def is_ours(app_config):
    return app_config.name.split(".")[0] in WINGS

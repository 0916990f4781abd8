from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from congress.kit.finders import VendorFinder


@pytest.mark.parametrize("file", settings.VENDOR_FILES)
def test_each_file_that_the_pages_take_from_npm_is_served_under_its_own_name(file):
    assert finders.find(f"vendor/{Path(file).name}") == str(settings.VENDOR_ROOT / file)
    assert (settings.VENDOR_ROOT / file).stat().st_size > 1000


@pytest.mark.parametrize("path", ["vendor/package.json", "vendor/../manage.py", "htmx.min.js", "vendor/"])
def test_nothing_else_of_the_packages_is_served(path):
    assert VendorFinder().find(path) == []


def test_collecting_sees_the_same_files():
    listed = {storage.path(name) for name, storage in VendorFinder().list([])}
    assert listed == {str(settings.VENDOR_ROOT / file) for file in settings.VENDOR_FILES}

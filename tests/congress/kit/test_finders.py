import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from congress.kit.finders import VendorFinder


@pytest.mark.parametrize("pattern", settings.VENDOR_FILES)
def test_each_file_that_the_pages_take_from_npm_is_served(pattern):
    assert finders.find(f"vendor/{pattern.rstrip('*')}")


@pytest.mark.parametrize("path", ["vendor/bootstrap/package.json", "vendor/../manage.py", "htmx.org/dist/htmx.min.js"])
def test_nothing_else_of_the_packages_is_served(path):
    assert VendorFinder().find(path) == []


def test_collecting_sees_the_same_files():
    listed = {path for path, _ in VendorFinder().list([])}
    assert "bootstrap/dist/css/bootstrap.min.css" in listed
    assert all(path.split("/")[1] == "dist" for path in listed)

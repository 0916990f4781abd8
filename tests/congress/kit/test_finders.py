import os
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation

from congress.kit.finders import BundleFinder, VendorFinder


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


def test_a_bundle_holds_its_files_in_order_and_follows_their_changes(settings, tmp_path):
    settings.DATA_DIR, settings.BASE_DIR = tmp_path / "data", tmp_path
    settings.BUNDLES = {"css/portal.css": ["css/first.css", "css/second.css"]}
    place = tmp_path / "congress" / "static" / "css"
    place.mkdir(parents=True)
    for name in ("first", "second"):
        (place / f"{name}.css").write_text(f".{name} {{}}")
    finder = BundleFinder()
    bundle = Path(finder.find("css/portal.css"))
    assert bundle.read_text() == ".first {}\n.second {}"
    (place / "first.css").write_text(".changed {}")
    os.utime(place / "first.css", (4e9, 4e9))
    assert Path(finder.find("css/portal.css")).read_text() == ".changed {}\n.second {}"
    assert [storage.path(name) for name, storage in finder.list([])] == [str(bundle)]


def test_only_the_named_bundles_are_served():
    assert BundleFinder().find("css/other.css") == []
    with pytest.raises(SuspiciousFileOperation):
        BundleFinder().storage.path("../settings.py")

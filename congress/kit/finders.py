"""Static files that come from npm packages."""

from pathlib import PurePosixPath

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import FileSystemStorage


class VendorStorage(FileSystemStorage):
    """Knows the files that `VENDOR_FILES` allows, by their last name, and nothing else of node_modules."""

    prefix = "vendor"

    def __init__(self):
        super().__init__(location=settings.VENDOR_ROOT)
        self.files = {PurePosixPath(file).name: settings.VENDOR_ROOT / file for file in settings.VENDOR_FILES}

    def path(self, name):
        if name not in self.files:
            raise SuspiciousFileOperation(name)
        return str(self.files[name])


class VendorFinder(BaseFinder):
    """Serves them as vendor/<name>."""

    def __init__(self, *args, **kwargs):
        self.storage = VendorStorage()

    def find(self, path, find_all=False):
        prefix, _, name = path.partition("/")
        if prefix != self.storage.prefix or name not in self.storage.files:
            return []
        found = self.storage.path(name)
        return [found] if find_all else found

    def list(self, ignore_patterns):
        for name in self.storage.files:
            yield name, self.storage

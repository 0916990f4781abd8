"""Static files that come from npm packages."""

from fnmatch import fnmatch

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage


class VendorFinder(BaseFinder):
    """Serves what `VENDOR_FILES` allows out of node_modules under vendor/, and nothing else of it."""

    def __init__(self, *args, **kwargs):
        self.storage = FileSystemStorage(location=settings.VENDOR_ROOT)
        self.storage.prefix = "vendor"

    def find(self, path, find_all=False):
        prefix, _, name = path.partition("/")
        allowed = prefix == "vendor" and any(fnmatch(name, pattern) for pattern in settings.VENDOR_FILES)
        if not allowed or not self.storage.exists(name):
            return []
        return [self.storage.path(name)] if find_all else self.storage.path(name)

    def list(self, ignore_patterns):
        for pattern in settings.VENDOR_FILES:
            for found in sorted(settings.VENDOR_ROOT.glob(pattern)):
                yield found.relative_to(settings.VENDOR_ROOT).as_posix(), self.storage

"""Static files that lie in no app: those of npm packages, and several of ours in one."""

import os
from pathlib import Path, PurePosixPath

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


class BundleStorage(FileSystemStorage):
    """Joins the files that `BUNDLES` names, anew whenever one of them has changed."""

    def __init__(self):
        super().__init__(location=settings.DATA_DIR / "bundles")

    def path(self, name):
        if name not in settings.BUNDLES:
            raise SuspiciousFileOperation(name)
        bundle = Path(self.location) / name
        parts = [settings.BASE_DIR / "congress" / "static" / part for part in settings.BUNDLES[name]]
        newest = max(part.stat().st_mtime for part in parts)
        if not bundle.exists() or bundle.stat().st_mtime < newest:
            bundle.parent.mkdir(parents=True, exist_ok=True)
            fresh = bundle.with_name(f"{bundle.name}.{os.getpid()}")
            fresh.write_text("\n".join(part.read_text() for part in parts))
            fresh.replace(bundle)
        return str(bundle)


class BundleFinder(BaseFinder):
    """Serves them under the names that `BUNDLES` gives."""

    def __init__(self, *args, **kwargs):
        self.storage = BundleStorage()

    def find(self, path, find_all=False):
        if path not in settings.BUNDLES:
            return []
        found = self.storage.path(path)
        return [found] if find_all else found

    def list(self, ignore_patterns):
        for name in settings.BUNDLES:
            yield name, self.storage

"""Where the collected static files lie."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedStorage(CompressedManifestStaticFilesStorage):
    """Files named by their content, whose addresses stay what they are while a process lives: worked out once."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.urls = {}

    def url(self, name, force=False):
        if name not in self.urls:
            self.urls[name] = super().url(name, force)
        return self.urls[name]

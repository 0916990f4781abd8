"""Keeping the scan or record that comes with a step (存档)."""

from congress.files import actions as files


class PaperStepMixin:
    """For a step's page: the scan, and what the step itself attaches, are stored with the case."""

    def keep_scan(self, upload):
        return self.keep(upload) if upload else None

    def keep(self, upload):
        return files.store(upload, case=self.suggestion, congress=self.congress, by=self.request.user)

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        form.keep = self.keep
        return form

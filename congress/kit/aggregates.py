"""Aggregates that Django has for one database only (聚合)."""

from django.db.models import Aggregate, CharField


class Listed(Aggregate):
    """Values with commas between them: 2,6,10."""

    function = "GROUP_CONCAT"
    output_field = CharField()

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template="STRING_AGG((%(expressions)s)::text, ',')", **context)

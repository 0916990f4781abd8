"""What the REST interface shares without knowing any room: rows by their number, in pages (接口)."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property
from rest_framework.pagination import PageNumberPagination
from rest_framework.serializers import IntegerField
from rest_framework.viewsets import GenericViewSet

from congress.kit.numbers import LARGEST
from congress.kit.paging import COUNTED, PAGE_SIZE


class RowNumber(IntegerField):
    """A row as a request names it."""

    def __init__(self, **kwargs):
        super().__init__(min_value=1, max_value=LARGEST, **kwargs)


class BoundedPaginator(Paginator):
    """Counts no further than is worth reading, as the pages do."""

    @cached_property
    def count(self):
        return self.object_list.order_by().values("pk")[:COUNTED].count()


class Pages(PageNumberPagination):
    """`?page=2&size=50`."""

    page_size = PAGE_SIZE
    page_size_query_param = "size"
    max_page_size = 100
    django_paginator_class = BoundedPaginator


class Rows(GenericViewSet):
    """Rows found by their number; how a list is narrowed, each says itself."""

    lookup_value_converter = "int"
    filter_backends = ()
    pagination_class = Pages

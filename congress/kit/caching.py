"""The shared cache as Django has it, with one client for all that is asked of it (缓存)."""

from functools import cached_property

from django.core.cache.backends.redis import RedisCache, RedisCacheClient


class _OneClient(RedisCacheClient):
    """Django makes a client for each question, which takes longer than the answer."""

    def get_client(self, key=None, *, write=False):
        return self._writing if write else self._reading

    @cached_property
    def _writing(self):
        return super().get_client(write=True)

    @cached_property
    def _reading(self):
        return super().get_client()


class Cache(RedisCache):
    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = _OneClient

"""Accounts for tests (账号)."""

import factory
from django.contrib.auth.hashers import make_password

from congress.accounts.models import User

PASSWORD = "青禾-Right-7413"


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody who may sign in with PASSWORD; he holds no membership yet."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"user{n:04d}")
    name = factory.Sequence(lambda n: f"周一{n:03d}")
    phone = factory.Sequence(lambda n: f"1390000{n:04d}")
    password = factory.LazyFunction(lambda: make_password(PASSWORD))

    class Params:
        fresh = factory.Trait(must_change_password=True)
        inactive = factory.Trait(is_active=False)

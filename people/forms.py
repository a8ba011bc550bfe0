"""Forms of the admin for accounts."""

from django.contrib.auth.forms import UserCreationForm

from people.models import User


class AccountCreationForm(UserCreationForm):  # type: ignore[type-arg]  # Not subscriptable at run time.
    """A new account: what it is called, whose it is, and its first password."""

    class Meta(UserCreationForm.Meta):
        model = User
        fields = ("username", "name")

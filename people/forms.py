"""Forms of signing in and of the admin for accounts."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm, UserCreationForm
from django.core.validators import MaxLengthValidator

from people.models import User


class SignInForm(AuthenticationForm):
    """Username and password. Django tells the browser how long a name may be but never checks it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["username"]
        name.validators.append(MaxLengthValidator(name.max_length))  # type: ignore[attr-defined]


class AccountCreationForm(UserCreationForm):  # type: ignore[type-arg]  # Not subscriptable at run time.
    """A new account: what it is called, whose it is, and its first password."""

    class Meta(UserCreationForm.Meta):
        model = User
        fields = ("username", "name")

"""What is raised where no app is concerned."""

from django.core.exceptions import BadRequest, ImproperlyConfigured


class AddressRefused(BadRequest):
    """An address asks for something that makes no sense. The message says in Japanese what is expected (page 400)."""


class SettingRefused(ImproperlyConfigured):
    """A setting does not fit what the database holds.

    The message says in Japanese what is set, what there is and what to do: on the command line, in the system check and
    on the page (503).
    """

"""What is raised where no app is concerned."""

from django.core.exceptions import BadRequest


class AddressRefused(BadRequest):
    """An address asks for something that makes no sense. The message says in Japanese what is expected (page 400)."""

"""The page of the story of a text, as its reader has it."""

import re

from django.test import Client


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def plain(page: str) -> str:
    return " ".join(re.sub("<[^>]+>", " ", page).split())


def turns(page: str) -> list[str]:
    """Return the words of each turn of the story, newest first."""
    story = page[page.index('<ol class="timeline">') :]
    return [plain(part) for part in story.split('<li class="timeline__entry')[1:]]

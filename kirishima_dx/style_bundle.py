"""All styles as one file: what css/site.css imports is written into it when static files are gathered.

Developing, and in any other storage, browsers follow the imports by themselves: the same rules in the same order.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLE = "css/site.css"
IMPORT = re.compile(r'^@import url\("([^"]+)"\)(?: (\w+))?;$', re.MULTILINE)
"""One a line, with the medium it is for if it is not for all."""
REFERENCE = re.compile(r"""url\((["']?)(?![a-z]+:|[/#])([^"')]+)\1\)""")
"""What a style names beside itself by a relative address."""

Paths = Mapping[str, tuple[Storage, str]]
"""The names of static files, and where each comes from."""


class StyleBundleStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed files, the styles of all pages in one of them."""

    def post_process(self, paths: Paths, **options: Any) -> Iterator[Any]:
        if BUNDLE in paths:
            made = InMemoryStorage()
            made.save(BUNDLE, ContentFile(bundle(paths).encode()))
            paths = {**paths, BUNDLE: (made, BUNDLE)}
        yield from super().post_process(paths, **options)


def bundle(paths: Paths) -> str:
    """Return css/site.css with the text of each import in its place; raises ValueError if one imports again."""

    def text(imported: re.Match[str]) -> str:
        name, medium = posixpath.join(posixpath.dirname(BUNDLE), imported[1]), imported[2]
        style = REFERENCE.sub(
            lambda found: f'url("{_from_bundle(name, found[2])}")', _read(paths, name)
        )
        if "@import" in style:
            raise ValueError(f"{name}: @import は {BUNDLE} にだけ書きます。")
        return f"@media {medium} {{\n{style}}}" if medium else style

    return IMPORT.sub(text, _read(paths, BUNDLE))


def _read(paths: Paths, name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode("utf-8")  # type: ignore[no-any-return]  # A File does not say of what.


def _from_bundle(name: str, address: str) -> str:
    """Return the address of what the style of that name means, as seen from the bundle."""
    return posixpath.relpath(
        posixpath.join(posixpath.dirname(name), address), posixpath.dirname(BUNDLE)
    )

"""HTML that functions draw: `fill` puts values into a piece of it, `joined` puts pieces one behind the other.

They keep the promise of Django's format_html and format_html_join: what is not known to be safe is escaped. They take
a third of the time and a hundredth, which is what counts where a page is drawn from a thousand pieces (decision 0037).
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString

NOTHING = SafeString()


def fill(form: str, *values: object, **named: object) -> SafeString:
    """Return a piece of HTML with its values put in. The `form` stands in code and holds nothing that people wrote."""
    places = {
        name: value if isinstance(value, SafeString) else escape(str(value))
        for name, value in named.items()
    }
    return SafeString(form.format(*map(_safe, values), **places))


def joined(pieces: Iterable[object], between: str = "") -> SafeString:
    """Return pieces one behind the other."""
    return SafeString(_safe(between).join(map(_safe, pieces)))


def _safe(value: object) -> str:
    return value if isinstance(value, SafeString) else escape(str(value))

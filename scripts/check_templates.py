#!/usr/bin/env python3
"""Compile every template of the project, so that a broken tag is found before a person does."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def template_names() -> list[str]:
    """Names of all template files below our own template folders."""
    folders = [ROOT / "templates", *ROOT.glob("*/templates")]
    return sorted(
        path.relative_to(folder).as_posix()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file() and path.suffix in {".html", ".txt", ".svg", ".xml"}
    )


def main() -> int:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kirishima_dx.settings")
    import django
    from django.template import TemplateDoesNotExist, TemplateSyntaxError
    from django.template.loader import get_template

    django.setup()
    names = template_names()
    faults = 0
    for name in names:
        try:
            get_template(name)
        except (TemplateSyntaxError, TemplateDoesNotExist) as error:
            faults += 1
            print(f"{name}: {error}", file=sys.stderr)
    print(f"templates: {len(names)} compiled, {faults} broken")
    return 1 if faults or not names else 0


if __name__ == "__main__":
    sys.exit(main())

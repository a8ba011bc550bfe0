"""Every column of free text, of bytes and of JSON can be closed, or its app says why it is kept (A3)."""

from django.apps import apps
from django.db import models

from kirishima_dx.closing import BYTES, HISTORY_REASON, OBJECT, WORDS, closable_columns

APPS = ("people", "plans", "initiatives", "rounds", "reviews", "revisions")
KINDS = {models.TextField: WORDS, models.CharField: WORDS, models.BinaryField: BYTES}
NAMES_AS_THEY_WERE = ("_by_name", "department_name", "owner_name")
"""Of staff and departments, where something is recorded: who did it stays (A2)."""


def is_free(field: models.Field) -> bool:
    """Whether people's words or files can stand in a column."""
    kept = (
        models.TextField,
        models.CharField,
        models.BinaryField,
        models.JSONField,
        models.FileField,
    )
    chosen = bool(field.choices) or isinstance(field, models.SlugField)
    return isinstance(field, kept) and not chosen and not field.name.endswith(NAMES_AS_THEY_WERE)


def test_each_column_is_closable_or_says_why_it_is_kept() -> None:
    unknown = []
    for app in APPS:
        config = apps.get_app_config(app)
        for model in config.get_models():
            told_of = getattr(model, "instance_type", model)
            kept = config.kept.get(told_of.__name__, {})  # type: ignore[attr-defined]  # Ours have it.
            known = {*closable_columns(model), *kept, HISTORY_REASON, "history_type"}
            free = {field.name for field in model._meta.concrete_fields if is_free(field)}
            unknown += [f"{model._meta.label}.{name}" for name in sorted(free - known)]

    assert unknown == [], (
        "In closable.py of the app, write how each of these columns is closed when somebody put personal data into it "
        "(CLOSABLE, and closable=CLOSABLE[...] in the guards of its table), or why it is kept (KEPT)."
    )


def test_what_is_named_is_there_and_is_emptied_as_its_kind_is() -> None:
    wrong = []
    for app in APPS:
        config = apps.get_app_config(app)
        for names in (config.closable, config.kept):  # type: ignore[attr-defined]
            wrong += [f"{app}.{name}" for name in names if name.lower() not in config.models]
        for model in config.get_models():
            for name, empty in closable_columns(model).items():
                field = model._meta.get_field(name)
                kind = next((KINDS[one] for one in KINDS if isinstance(field, one)), OBJECT)
                fits = empty is not WORDS or (field.max_length or 99) >= len(WORDS.value)  # type: ignore[union-attr]
                wrong += [] if empty is kind and fits else [f"{model._meta.label}.{name}"]

    assert wrong == []

"""Configuration of the demo app: a command and its fictitious town, no tables."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "demo"
    verbose_name = "デモ"

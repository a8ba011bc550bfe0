"""A plausible, plainly fictitious two years and a round that is under way (docs/operations.md).

Nothing here is a fact about any city; every text says デモ. All of it is made through the same actions that people
use. The seed is fixed, so that the demo is the same each time, but for the days of what is under way.
"""

from reviews.demo.cast import DEPARTMENTS, LEADS, Cast
from reviews.demo.loading import DemoRefused, load_demo
from reviews.demo.statements import SILENT

__all__ = ["DEPARTMENTS", "LEADS", "SILENT", "Cast", "DemoRefused", "load_demo"]

import pytest

pytest.register_assert_rewrite("journeys.browser", "journeys.server", "journeys.sealed_report")

"""The contract suites tell their assertions in full."""

import pytest

pytest.register_assert_rewrite("espace_tui.testing")

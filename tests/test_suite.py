"""What the suite relies on when it runs in several processes."""

import os

import pytest


@pytest.mark.xdist_group("together")
def test_what_belongs_together_is_kept_together(request: pytest.FixtureRequest) -> None:
    """pytest-xdist says so in a test's name. Where it does not, servers and programs would compete unnoticed."""
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    assert alone or request.node.nodeid.endswith("@together")

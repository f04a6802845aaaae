"""A little of the fuzzer in every run of the tests; more by ``python tests/fuzz.py``."""

from __future__ import annotations

import pytest
from fuzz import cases, fuzz


@pytest.mark.parametrize("name", [case.name for case in cases()])
def test_no_door_breaks_its_promise(name: str) -> None:
    runs, failures = fuzz(0.4, 20231101, (name,))
    assert failures == []
    assert runs > 0

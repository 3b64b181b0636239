"""Settings of all tests: none fails because the machine is busy."""

import gc

from hypothesis import HealthCheck, settings

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("few", settings.get_profile("any machine"), max_examples=10)
settings.load_profile("any machine")


def pytest_collection_finish() -> None:
    """Exclude the tests themselves, a quarter of a million objects, from later garbage collections."""
    gc.collect()
    gc.freeze()

"""What holds for all tests: how busy the machine is makes none of them fail."""

import gc

from hypothesis import HealthCheck, settings

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("few", settings.get_profile("any machine"), max_examples=10)
settings.load_profile("any machine")


def pytest_collection_finish() -> None:
    """Leave the tests themselves, a quarter of a million objects, out of all garbage collections from here on."""
    gc.collect()
    gc.freeze()

import pytest

from tests.front import FrontClient


@pytest.fixture
def client() -> FrontClient:
    return FrontClient()

from tests.booking.conftest import robin, service
from tests.comments.conftest import article

__all__ = ["article", "robin", "service"]

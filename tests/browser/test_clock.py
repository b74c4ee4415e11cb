"""What runs in processes of its own shows the time that the tests show."""

from datetime import timedelta
from email.utils import parsedate_to_datetime
from urllib.request import urlopen

from django.utils import timezone

from tests.running_site import RunningSite

JUST_NOW = timedelta(minutes=1)


def test_the_running_site_shows_the_time_of_the_tests(site: RunningSite) -> None:
    with urlopen(f"{site.url}/readyz") as response:  # noqa: S310
        shown = parsedate_to_datetime(response.headers["Date"])
    assert abs(timezone.now() - shown) < JUST_NOW


def test_a_program_beside_the_site_shows_the_time_of_the_tests(site: RunningSite) -> None:
    [shown] = site.run_python("import time; print(time.time())")
    assert abs(timezone.now().timestamp() - float(shown)) < JUST_NOW.total_seconds()

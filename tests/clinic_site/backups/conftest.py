import pytest
from django.conf import LazySettings

KEY = "AGE-SECRET-KEY-1TCSPVPGHAPY8TJT2RZ6KSX8HY5LH2TCZSJFMR80FMMMATUZH8CSQSY8TNH"


@pytest.fixture(autouse=True)
def _keys(settings: LazySettings) -> None:
    settings.BACKUP_KEYS = [KEY]

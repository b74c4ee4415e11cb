from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Tags, register


def register_checks() -> None:
    register(second_factor_is_required, Tags.security, deploy=True)


def second_factor_is_required(
    app_configs: Sequence[Any] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Warn of a site on which a stolen password opens what is known of patients."""
    if settings.REQUIRE_SECOND_FACTOR:
        return []
    return [
        checks.Warning(
            "REQUIRE_SECOND_FACTOR is off: a password alone opens what is known of patients.",
            hint="Take the line out of .env. Only a demo needs it.",
            id="second_factor.W001",
        )
    ]

"""Who works on pages: to all others the admin's start shows nothing of them."""

from typing import Any

from wagtail.permissions import page_permission_policy


def works_on_pages(user: Any) -> bool:
    return bool(page_permission_policy.user_has_any_permission(user, ["add", "change"]))

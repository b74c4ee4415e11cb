"""What an owner sets up first. Each app says what is its own, and how it is known to be done.

It returns its steps from the hook "register_first_steps".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Exists, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from wagtail import hooks
from wagtail.admin.ui.components import Component

PERMISSION = "clinic.change_clinicdetails"  # of owners alone


@dataclass(frozen=True)
class FirstStep:
    """A step in words, where it is taken, and the rows that are there once it has been."""

    order: int
    label: str | Promise
    why: str | Promise
    url: Callable[[], str]
    done: Callable[[], QuerySet[Any]]


@dataclass(frozen=True)
class StepShown:
    step: FirstStep
    is_done: bool


def first_steps() -> list[StepShown]:
    """Return all steps in their order; asks one query."""
    given = (step for steps in hooks.get_hooks("register_first_steps") for step in steps())
    steps = sorted(given, key=lambda step: step.order)
    asked = {f"step_{step.order}": Exists(step.done()) for step in steps}
    # Any row does to ask them of: the roles are there from the first migration on.
    answers = Group.objects.order_by().annotate(**asked).values(*asked).first() or {}
    return [StepShown(step, bool(answers.get(f"step_{step.order}"))) for step in steps]


class FirstStepsPanel(Component):
    name, order = "first_steps", 20
    template_name = "site_admin/first_steps.html"

    def __init__(self, steps: list[StepShown]) -> None:
        self.steps = steps

    @classmethod
    def of(cls, request: HttpRequest) -> "FirstStepsPanel | None":
        """Return the panel while there is something left to do for whoever may do it."""
        if not request.user.has_perm(PERMISSION):
            return None
        steps = first_steps()
        return None if all(step.is_done for step in steps) else cls(steps)

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        left = [shown.step for shown in self.steps if not shown.is_done]
        done = [shown.step for shown in self.steps if shown.is_done]
        return {"left": left, "done": done, "all": len(self.steps)}

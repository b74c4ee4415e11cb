"""What Wagtail opens to all staff, and whose business each of it is here.

Wagtail asks for no permission, or for too few, at the addresses below: they would name drafts,
list pictures, tags and people, or break. `docs/security.md` says which role has business with what;
`docs/admin_addresses.md` holds every address of the admin to that.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve
from django.views.defaults import page_not_found
from wagtail.admin.auth import permission_denied, user_has_any_page_permission
from wagtail.documents import get_document_model
from wagtail.documents.models import Document
from wagtail.images import get_image_model
from wagtail.images.models import Image
from wagtail.models import Page, TaskState
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

Rule = Callable[[Any, Mapping[str, Any]], bool]  # of the user, and of what the address is about


def edits_pages(user: Any, _about: Mapping[str, Any]) -> bool:
    return bool(user_has_any_page_permission(user))


def edits_or_reviews(user: Any, about: Mapping[str, Any]) -> bool:
    """A reviewer may work on the article that waits for them, and look for nothing else."""
    return edits_pages(user, about) or TaskState.objects.reviewable_by(user).exists()


def edits_or_has_reviewed(user: Any, about: Mapping[str, Any]) -> bool:
    """Whoever has answered is told so, if their answer arrives once more."""
    if edits_or_reviews(user, about):
        return True
    answered = TaskState.objects.filter(finished_by=user)
    return answered.filter(revision__object_id=str(about.get("page_id"))).exists()


def uses_images(user: Any, _about: Mapping[str, Any]) -> bool:
    # As Wagtail's own policy of pictures, whose place is another one in each of its releases.
    policy = CollectionOwnershipPermissionPolicy(
        get_image_model(), auth_model=Image, owner_field_name="uploaded_by_user"
    )
    return bool(policy.user_has_any_permission(user, ["add", "change", "choose"]))


def uses_documents(user: Any, _about: Mapping[str, Any]) -> bool:
    policy = CollectionOwnershipPermissionPolicy(
        get_document_model(), auth_model=Document, owner_field_name="uploaded_by_user"
    )
    return bool(policy.user_has_any_permission(user, ["add", "change", "choose"]))


def tags(user: Any, about: Mapping[str, Any]) -> bool:
    uses_files = uses_images(user, about) or uses_documents(user, about)
    return edits_pages(user, about) or uses_files


def keeps(model: str) -> Rule:
    """Whoever may do anything to rows of `model`, written as "app.model"."""

    def rule(user: Any, _about: Mapping[str, Any]) -> bool:
        policy = ModelPermissionPolicy(apps.get_model(model))
        return bool(policy.user_has_any_permission(user, ["add", "change", "delete", "view"]))

    return rule


def acts_on_many(user: Any, about: Mapping[str, Any]) -> bool:
    """Wagtail's bulk actions name what somebody may not act on as well."""
    try:
        model = apps.get_model(about["app_label"], about["model_name"])
    except LookupError:
        return True  # nobody's: the view says that there is no such thing
    if model is Page:
        return edits_pages(user, about)
    if model is get_image_model():
        return uses_images(user, about)
    if model is get_document_model():
        return uses_documents(user, about)
    return keeps(model._meta.label)(user, about)


# By the name of an address or, for all others below it, by its namespace. One without a name is
# known by how it is written.
RULES: Mapping[str, Rule] = {
    "wagtailadmin_api:documents": uses_documents,
    "wagtailadmin_api:images": uses_images,
    "wagtailadmin_api:pages": edits_pages,
    "wagtailadmin_block_preview": edits_or_reviews,
    "wagtailadmin_choose_page": edits_or_reviews,
    "wagtailadmin_choose_page_anchor_link": edits_or_reviews,
    "wagtailadmin_choose_page_child": edits_pages,
    "wagtailadmin_choose_page_chosen_multiple": edits_pages,
    "wagtailadmin_choose_page_email_link": edits_or_reviews,
    "wagtailadmin_choose_page_external_link": edits_or_reviews,
    "wagtailadmin_choose_page_phone_link": edits_or_reviews,
    "wagtailadmin_choose_page_search": edits_pages,
    "wagtailadmin_pages": edits_or_reviews,
    "wagtailadmin_pages:choose_parent": edits_pages,
    "wagtailadmin_pages:edit": edits_or_has_reviewed,
    "wagtailadmin_pages:move_confirm": edits_pages,
    "wagtailadmin_pages:workflow_action": edits_or_has_reviewed,
    "wagtailadmin_tag_autocomplete": tags,
    "wagtailadmin_tag_model_autocomplete": tags,
    "wagtailadmin_workflows": keeps("wagtailcore.workflow"),
    "wagtail_bulk_action": acts_on_many,
    "wagtaildocs_chooser": uses_documents,
    "wagtailimages_chooser": uses_images,
    "wagtailsnippetchoosers_clinic_person": keeps("clinic.person"),
}
# What the site has no use for: it has no embeds, makes people on a screen of their own, and has
# tests that nobody need open.
NOT_IN_USE = {
    "admin/test404/",
    "wagtailadmin_error_test",
    "wagtailembeds",
    "wagtailsnippetchoosers_clinic_person:create",
}


def is_in_use(address: str) -> bool:
    """Tell whether anybody gets an answer at an address of the admin."""
    try:
        match = resolve(address)
    except Resolver404:
        return True  # no address, but a heading with others below it
    return NOT_IN_USE.isdisjoint((match.view_name, match.namespace, match.route))


class RequiredPermissionsMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, about: dict[str, Any]
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        names = (match.view_name, match.namespace, match.route) if match else ()
        rule = next((RULES[name] for name in names if name in RULES), None)
        unused = not NOT_IN_USE.isdisjoint(names)
        if not (rule or unused) or not request.user.has_perm("wagtailadmin.access_admin"):
            return None  # whoever has not signed in is led to the entrance by the view
        if unused:
            return page_not_found(request, Http404(), "wagtailadmin/404.html")
        allowed = rule is None or rule(request.user, about)
        return None if allowed else permission_denied(request)

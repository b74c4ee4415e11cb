"""What stands for the parts of an address that differ: the ids of what is in `FullClinic`."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.models import Page, Site

from blog.models import ArticlePage
from booking.desk.times import value_of
from clinic_site.accounts.roles import Role
from clinic_site.clinic.models import Location
from tests.admin.addresses import Address
from tests.admin.factories import FullClinic
from tests.booking.factories import at

Values = Mapping[str, Any]
OF_MANY_KINDS = {"wagtail_bulk_action", "wagtailsettings:edit", "wagtailsettings:preview_on_edit"}
NO_ADDRESS = "/admin/nowhere/"  # what the pattern for all the rest stands for


def examples(address: Address, clinic: FullClinic) -> Iterator[tuple[str, str]]:
    """Yield what an address is called, and the address with real things filled in.

    What serves several kinds of things, each by permissions of its own, is called by these as well.
    """
    query = queries(clinic).get(address.name, "")
    for path in sorted({*_paths(address, clinic)}):
        kind = ""
        if address.name in OF_MANY_KINDS:
            kind = "." + ".".join(part for part in path.split("/")[3:-1] if not part.isdecimal())
        yield address.name + kind, path + query


def _paths(address: Address, clinic: FullClinic) -> Iterator[str]:
    name = address.name
    if name == "wagtail_bulk_action":
        yield from _bulk_actions(clinic)
    elif name.startswith("wagtailsettings:"):
        yield from _settings(address)
    elif name == "wagtailadmin_pages:revisions_compare":
        for page in _pages(clinic):
            yield reverse(name, args=(page.pk, "earliest", "latest"))
    elif name == address.path:  # it has none
        yield NO_ADDRESS if "^" in name else f"/{name}"
    else:
        namespace = name.rpartition(":")[0]
        special = specials(clinic)
        special = special.get(namespace, {}) | special.get(name, {})
        for page in _pages(clinic):
            known = {**values(clinic), **of_page(page), **special}
            yield reverse(name, kwargs={part: known[part] for part in address.kwargs})


def _pages(clinic: FullClinic) -> list[Page]:
    return [clinic.draft, clinic.under_review]


def of_page(page: Page) -> Values:
    return {
        "pk": page.pk,
        "page_id": page.pk,
        "parent_page_id": page.pk,
        "page_to_move_id": page.pk,
        "page_pk": page.pk,
        "object_id": page.pk,
        "revision_id": getattr(page.latest_revision, "pk", 1),
    }


def values(clinic: FullClinic) -> Values:
    review = clinic.under_review.current_workflow_state
    return {
        "destination_id": clinic.article.get_parent().pk,
        "workflow_state_id": review.pk,
        "task_state_id": review.current_task_state.pk,
        "task_id": review.current_task_state.task.pk,
        "workflow_pk": review.workflow.pk,
        "action_name": "approve",
        "image_id": clinic.image.pk,
        "document_id": clinic.document.pk,
        "doc_id": clinic.document.pk,
        "uploaded_file_id": clinic.upload.pk,
        "collection_id": clinic.collection.pk,
        "filter_spec": "max-40x40",
        "redirect_id": clinic.redirect.pk,
        "app_name": "taggit",
        "model_name": "tag",
        "content_type_app_name": "blog",
        "content_type_model_name": "articlepage",
        "session_id": clinic.session.pk,
        "body": "article",
        "name": "writing",  # of a guide
        "uidb64": "MQ",
        "token": "set-password",
    }


def specials(clinic: FullClinic) -> Mapping[str, Values]:
    """Return what stands for a part in some addresses, by their name or namespace."""
    topic = clinic.article.get_parent().pk
    task = clinic.under_review.current_workflow_state.current_task_state.task
    return {
        "wagtailadmin_api:pages": {"pk": clinic.draft.pk, "action_name": "copy"},
        "wagtailadmin_api:images": {"pk": clinic.image.pk},
        "wagtailadmin_api:documents": {"pk": clinic.document.pk},
        "wagtailadmin_pages:add": {"parent_page_id": topic},
        "wagtailadmin_pages:add_subpage": {"parent_page_id": topic},
        "wagtailadmin_pages:preview_on_add": {"parent_page_id": topic},
        "wagtailadmin_pages:unpublish": {"page_id": clinic.article.pk},
        "wagtailadmin_pages:choose_parent": {"app_label": "blog", "model_name": "articlepage"},
        "wagtailadmin_collections": {"pk": clinic.collection.pk},
        "wagtailadmin_workflows": {
            "pk": clinic.under_review.current_workflow_state.workflow.pk,
            "app_label": "wagtailcore",
            "model_name": "groupapprovaltask",
        },
        "wagtailadmin_workflows:edit_task": {"pk": task.pk},
        "wagtailadmin_workflows:disable_task": {"pk": task.pk},
        "wagtailadmin_workflows:enable_task": {"pk": task.pk},
        "wagtailadmin_editing_sessions": {"app_label": "wagtailcore", "model_name": "page"},
        "wagtailimages_chooser": {"pk": clinic.image.pk},
        "wagtaildocs_chooser": {"pk": clinic.document.pk},
        "wagtailsnippets_clinic_person": {"pk": clinic.person.pk},
        "wagtailsnippetchoosers_clinic_person": {"pk": clinic.person.pk},
        "wordpress_run": {"pk": clinic.import_run.pk},
        "email_words": {"app": "booking", "name": "appointment_reminder"},
        "ready_replies": {"pk": clinic.reply.pk},
        "search_synonyms": {"pk": clinic.synonym.pk},
        "comment_queue": {"pk": clinic.comment.pk},
        "comment_queue:close": {"pk": clinic.article.pk},
        "comment_queue:open": {"pk": clinic.article.pk},
        "inbox": {"pk": clinic.call.pk},
        "calendar": {"pk": clinic.block.pk},
        "calendar:visit": {"pk": clinic.appointment.pk},
        "classes": {"pk": clinic.class_date.pk},
        "classes:end_weekly": {"pk": clinic.weekly_class.pk},
        "classes:change_weekly": {"pk": clinic.weekly_class.pk},
        "classes:undo_weekly": {"pk": clinic.weekly_class.pk},
        "courses": {"pk": clinic.course.pk},
        "waiting": {"pk": clinic.entry.pk},
        "waiting:take": {"pk": clinic.offer.pk},
        "waiting:withdraw": {"pk": clinic.offer.pk},
        "appointments": {"pk": clinic.appointment.pk},
        "closures": {"pk": clinic.closure.pk},
        "patients": {"pk": clinic.patient.pk},
        "patients:assign": {"pk": clinic.appointment.pk},
        "extra-hours": {"pk": clinic.extra_hours.pk},
        "practitioners": {"pk": clinic.practitioner.pk},
        "services": {"pk": clinic.service.pk},
        "location": {"pk": Location.objects.get().pk},
        "wagtailsites": {"pk": Site.objects.get().pk},
        "second_factor": {"pk": clinic.account.pk},
        "staff": {"pk": clinic.account.pk},
        "staff:again": {"pk": clinic.invitation.pk},
        "staff:withdraw": {"pk": clinic.invitation.pk},
        "wagtailusers_users": {"pk": clinic.account.pk},
        "wagtailusers_groups": {"pk": Group.objects.get(name=Role.MODERATORS).pk},
    }


def queries(clinic: FullClinic) -> Mapping[str, str]:
    """Return what some addresses are asked besides."""
    ids = f"?id={clinic.draft.pk}&id={clinic.under_review.pk}"
    block = ArticlePage._meta.get_field("body").stream_block.child_blocks["quote"]
    return {
        "calendar:free": f"?slot={value_of(at(8, 10), clinic.practitioner.pk)}",
        "waiting:fits": f"?slot={value_of(at(8, 10), clinic.practitioner.pk)}",
        "wagtailadmin_choose_page_search": "?q=plans",
        "wagtailadmin_choose_page_chosen_multiple": ids,
        "wagtailadmin_pages:search": "?q=plans",
        "wagtailadmin_pages:search_results": "?q=plans",
        "wagtailadmin_tag_autocomplete": "?term=w",
        "wagtailadmin_tag_model_autocomplete": "?term=w",
        "wagtailadmin_api:pages:find": f"?html_path={clinic.article.url}",
        "wagtailadmin_api:images:find": f"?id={clinic.image.pk}",
        "wagtailadmin_block_preview": f"?id={block.definition_prefix}",
        "wagtaildocs_chooser:chosen_multiple": f"?id={clinic.document.pk}",
        "wagtailadmin_api:documents:find": f"?id={clinic.document.pk}",
        "wagtailimages_chooser:chosen_multiple": f"?id={clinic.image.pk}",
        "wagtailsnippetchoosers_clinic_person:chosen_multiple": f"?id={clinic.person.pk}",
    }


def _settings(address: Address) -> Iterator[str]:
    for model in settings_registry:
        kwargs = {"app_name": model._meta.app_label, "model_name": model._meta.model_name}
        if "pk" in address.kwargs:  # the one without it leads there
            yield reverse(address.name, kwargs=kwargs | {"pk": model.load().pk})


def _bulk_actions(clinic: FullClinic) -> Iterator[str]:
    about = {
        "page": clinic.draft,
        "siteimage": clinic.image,
        "sitedocument": clinic.document,
        "user": clinic.account,
        "person": clinic.person,
    }
    bulk_action_registry.get_bulk_actions_for_model("wagtailcore", "page")  # it looks for them
    for app, models in bulk_action_registry.actions.items():
        for model, actions in models.items():
            for action in actions:
                path = reverse("wagtail_bulk_action", args=[app, model, action])
                yield f"{path}?id={about[model].pk}"

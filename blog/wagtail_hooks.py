from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry

from blog.admin import publishing_rules
from blog.admin.checks_view import article_checks
from blog.admin.first_steps import STEPS
from blog.admin.new_article import NewArticlePanel
from blog.admin.reviews_due import ReviewsDueView
from blog.admin.search_words import SynonymViewSet, VainSearchesView
from blog.editor.rich_text import register_references
from clinic_site.admin.first_steps import FirstStep


@hooks.register("register_rich_text_features")
def register_rich_text_features(features: FeatureRegistry) -> None:
    register_references(features)


@hooks.register("construct_page_action_menu")
def construct_page_action_menu(
    items: list[Any], request: HttpRequest, context: dict[str, Any]
) -> None:
    publishing_rules.limit_page_actions(items, request, context)


@hooks.register("before_copy_page")
def before_copy_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    return publishing_rules.refuse_published_copies(request, page)


@hooks.register("register_admin_urls")
def register_admin_urls() -> list[URLPattern]:
    return [
        path("articles/<int:pk>/checks/", article_checks, name="article_checks"),
        path("reports/reviews/", ReviewsDueView.as_view(), name="reviews_due"),
        path(
            "reports/reviews/results/",
            ReviewsDueView.as_view(results_only=True),
            name="reviews_due_results",
        ),
        path("reports/searches/", VainSearchesView.as_view(), name="searches_in_vain"),
        path(
            "reports/searches/results/",
            VainSearchesView.as_view(results_only=True),
            name="searches_in_vain_results",
        ),
    ]


@hooks.register("register_admin_viewset")
def register_synonyms() -> ViewSet:
    return SynonymViewSet()


class VainSearchesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        needed = VainSearchesView.any_permission_required
        policy = VainSearchesView.permission_policy
        allowed: bool = policy.user_has_any_permission(request.user, needed)
        return allowed


@hooks.register("register_reports_menu_item")
def register_searches_in_vain() -> MenuItem:
    return VainSearchesMenuItem(
        _("Searches that found nothing"),
        reverse("searches_in_vain"),
        name="searches-in-vain",
        icon_name="search",
        order=95,
    )


class ReviewsDueMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        needed = ReviewsDueView.any_permission_required
        allowed: bool = page_permission_policy.user_has_any_permission(request.user, needed)
        return allowed


@hooks.register("register_reports_menu_item")
def register_reviews_due() -> MenuItem:
    return ReviewsDueMenuItem(
        _("Due for review"), reverse("reviews_due"), name="reviews-due", icon_name="time", order=90
    )


@hooks.register("construct_homepage_panels")
def offer_a_new_article(request: HttpRequest, panels: list[Any]) -> None:
    if panel := NewArticlePanel.of(request):
        panels.append(panel)


@hooks.register("register_first_steps")
def register_first_steps() -> list[FirstStep]:
    return STEPS

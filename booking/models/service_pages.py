"""Pages that tell what a service is. What can be booked, and for how much, is `Service`'s alone."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index

from booking.models.catalog import Service, ServiceAssignment
from clinic_site.clinic.models.people import Person
from clinic_site.images.models import SiteImage
from clinic_site.pages.blocks.content import SIMPLE
from clinic_site.pages.blocks.standard import StandardBody
from clinic_site.pages.blocks.traversal import images_in
from clinic_site.pages.models.base import SitePage
from clinic_site.pages.published import listed


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=160)
    answer = blocks.RichTextBlock(label=_("Answer"), features=SIMPLE)

    class Meta:
        icon = "help"
        label = _("Question and answer")
        label_format = "{question}"
        description = _("Something people ask before they book, with your answer.")
        template = "booking/blocks/question.html"
        preview_value = {
            "question": _("Does it hurt?"),
            "answer": _("<p>No. If something does, we stop and find another way.</p>"),
        }


class QuestionsBlock(blocks.StreamBlock):
    question = QuestionBlock()


class ServicesPage(SitePage):
    """The list of what the clinic does; each service has its page below it."""

    introduction = RichTextField(_("introduction"), features=["bold", "italic", "link"], blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["booking.ServicePage"]
    max_count = 1
    show_in_menus_default = True

    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("services page")

    @property
    def description(self) -> str:
        return self.search_description or get_text_for_indexing(self.introduction)


class ServicePage(SitePage):
    """What happens in one service, for whom, and what people ask about it.

    Length, price and how it is booked are read from `service`, so that they cannot differ.
    """

    service = models.ForeignKey(
        Service,
        verbose_name=_("service"),
        null=True,  # in a draft
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Length, price and booking come from here: Appointments » Services."),
    )
    introduction = RichTextField(
        _("in two sentences"),
        features=["bold", "italic", "link"],
        help_text=_("What it is and what it does for people. Search engines show it too."),
    )
    body = StreamField(StandardBody(), verbose_name=_("what happens"), blank=True)
    what_to_wear = RichTextField(
        _("what to wear and bring"), features=["bold", "italic", "ul", "link"], blank=True
    )
    questions = StreamField(QuestionsBlock(), verbose_name=_("questions and answers"), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("service"),
        FieldPanel("introduction"),
        FieldPanel("body"),
        FieldPanel("what_to_wear"),
        FieldPanel("questions"),
    ]

    kind = _("Service")

    parent_page_types = ["booking.ServicesPage"]
    subpage_types: list[str] = []

    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
        index.SearchField("what_to_wear"),
        index.SearchField("questions"),
        index.RelatedFields("service", [index.SearchField("name"), index.SearchField("audience")]),
    ]

    class Meta:
        verbose_name = _("service page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        models.prefetch_related_objects(list(images_in(self.body)), "renditions")
        return context

    @property
    def description(self) -> str:
        return self.search_description or get_text_for_indexing(self.introduction)

    @property
    def share_image(self) -> SiteImage | None:
        return next(images_in(self.body), None)

    @cached_property
    def people(self) -> list[Person]:
        """Those who do it, whether patients book them here or on the phone."""
        if self.service_id is None:
            return []
        does_it = ServiceAssignment.objects.filter(
            service=self.service_id, practitioner__active=True
        )
        found = Person.objects.filter(pk__in=does_it.values("practitioner__person"))
        return list(found.with_photos().order_by("sort_order", "name"))


def services_with_pages() -> list[Service]:
    """Return what patients may book, in the clinic's own order.

    Each `page` is the published page about it, or None. Takes two queries.
    """
    pages = {page.service_id: page for page in listed(ServicePage.objects.all())}
    services = list(Service.objects.bookable())
    for service in services:
        service.page = pages.get(service.pk)
    return services

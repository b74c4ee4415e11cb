import math
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject, cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager, Revision, Workflow
from wagtail.query import PageQuerySet
from wagtail.search import index

from blog.body.blocks import ArticleBody, SourceBlock
from blog.body.figures import Figure, figures_in
from blog.body.text import article_text
from blog.editor.form import ArticlePageForm
from blog.editor.panels import PublishingChecksPanel
from blog.models.nearest import RELATED, nearest_to, related_cards
from blog.review.corrections import telling_of_corrections
from blog.review.due_dates import due_after
from blog.review.readiness import check_that_ready, is_approved_version
from blog.review.task import medical_review
from clinic_site.clinic.models.people import Person
from clinic_site.images.models import SiteImage
from clinic_site.pages.blocks.traversal import images_in
from clinic_site.pages.models.base import SitePage
from clinic_site.pages.published import listed, published

WORDS_A_MINUTE = 220  # silent reading of plain English; Brysbaert 2019 finds 238 for non-fiction


class ArticleQuerySet(PageQuerySet):
    def published(self) -> "ArticleQuerySet":
        """Return what anybody may read, newest first."""
        return published(self).order_by("-first_published_at", "-pk")

    def listed(self) -> "ArticleQuerySet":
        """Return what anybody may read, each article once, newest first."""
        return listed(self).order_by("-first_published_at", "-pk")

    def with_people_and_image(self) -> "ArticleQuerySet":
        return self.select_related("author", "reviewer", "card_image")

    def only(self, *fields: str) -> "ArticleQuerySet":
        # Treebeard deletes by `.only("path")`, which does not go with the people brought along.
        articles: ArticleQuerySet = super(ArticleQuerySet, self.select_related(None)).only(*fields)
        return articles

    def for_cards(self) -> "ArticleQuerySet":
        """Bring along what a list of articles shows, so that each card asks for nothing."""
        return self.prefetch_related("card_image__renditions").defer("body", "sources")

    def due_for_review(self, by: date) -> "ArticleQuerySet":
        """Return the published ones whose review runs out by `by`, the longest due first."""
        return self.live().filter(review_due_on__lte=by).order_by("review_due_on", "title")


class ArticleManager(PageManager.from_queryset(ArticleQuerySet)):  # type: ignore[misc]
    """Brings people and picture along, also when Wagtail looks an article up by its address."""

    def get_queryset(self) -> ArticleQuerySet:
        articles: ArticleQuerySet = super().get_queryset().with_people_and_image()
        return articles


class ArticleTag(TaggedItemBase):
    content_object = ParentalKey(
        "blog.ArticlePage", related_name="tagged", on_delete=models.CASCADE
    )


class ArticlePage(SitePage):
    summary = models.TextField(
        _("summary"),
        max_length=300,
        help_text=_("Two sentences, shown under the title, in lists and by search engines."),
    )
    image = models.ForeignKey(
        "images.SiteImage",
        verbose_name=_("picture for lists"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Without one, lists show the first figure."),
    )
    card_image = models.ForeignKey(
        "images.SiteImage",
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(ArticleBody(), verbose_name=_("body"))
    sources = StreamField([("source", SourceBlock())], verbose_name=_("sources"), blank=True)
    tags = ClusterTaggableManager(
        through=ArticleTag,
        blank=True,
        help_text=_("What it’s about, besides its topic: “hips”, “sitting”. Separate by commas."),
    )
    # Asked for when an article is published, so that a draft is kept from its first word.
    author = models.ForeignKey(
        Person, verbose_name=_("author"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewer = models.ForeignKey(
        Person,
        verbose_name=_("medical reviewer"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # Set by the reviewer's approval alone; see `MedicalReviewTask`.
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True, editable=False)
    review_every = models.PositiveSmallIntegerField(
        _("review again after"),
        choices=[
            (6, _("six months")),
            (12, _("a year")),
            (24, _("two years")),
            (36, _("three years")),
        ],
        default=24,
    )
    review_due_on = models.DateField(null=True, editable=False, db_index=True)
    reading_minutes = models.PositiveSmallIntegerField(default=1, editable=False)

    kind = _("Article")
    accepts_comments = True
    share_type = "article"

    objects = ArticleManager()

    base_form_class = ArticlePageForm
    content_panels = [
        PublishingChecksPanel(),
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("sources"),
        MultiFieldPanel(
            [
                FieldPanel("author"),
                FieldRowPanel([FieldPanel("reviewer"), FieldPanel("review_every")]),
                FieldPanel("reviewed_on", read_only=True),
            ],
            heading=_("Author and review"),
        ),
        FieldPanel("tags"),
        FieldPanel("image"),
    ]

    parent_page_types = ["blog.TopicPage"]
    subpage_types: list[str] = []

    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("body"),
        index.RelatedFields("author", [index.SearchField("name")]),
        index.RelatedFields("reviewer", [index.SearchField("name")]),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def save(self, *args: Any, **kwargs: Any) -> Any:
        self.reading_minutes = self.count_reading_minutes()
        self.card_image = self.image or next(self.images(), None)
        reviewed = self.reviewed_on
        self.review_due_on = due_after(reviewed, self.review_every) if reviewed else None
        return super().save(*args, **kwargs)

    # A copy has been reviewed by nobody.
    exclude_fields_in_copy = ["reviewed_on", "review_due_on"]

    def save_revision(
        self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any
    ) -> Revision:
        """Save a version. What a reviewer has approved is never written over."""
        if overwrite_revision and is_approved_version(overwrite_revision):
            raise PermissionDenied(_("This version was approved. Please reload the page."))
        saved: Revision = super().save_revision(
            *args, overwrite_revision=overwrite_revision, **kwargs
        )
        return saved

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """Publish `revision`, from wherever it is asked for. Raises NotReady, changing nothing."""
        if check_that_ready(revision):
            # The approval is what allows it; a reviewer needs no permission to publish besides.
            kwargs["skip_permission_checks"] = True
        with telling_of_corrections(self, revision):
            super().publish(revision, *args, **kwargs)

    def get_workflow(self) -> Workflow | None:
        return medical_review() if self.reviewer_id else None

    @property
    def has_workflow(self) -> bool:
        return self.reviewer_id is not None

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["topic"] = self.ancestor_pages[-1]
        # A part of the page, such as one figure, does without it.
        context["text"] = SimpleLazyObject(lambda: article_text(self, context))
        context["tags"] = sorted(self.tags.all(), key=lambda tag: tag.name.casefold())
        context["related"] = related_cards(nearest_to(self))
        return context

    @cached_property
    def figures(self) -> dict[str, Figure]:
        return figures_in(self.body)

    def images(self) -> Iterator[SiteImage]:
        """Yield the pictures of the body's blocks, in its order."""
        return images_in(self.body)

    def shown_on(self) -> ArticleQuerySet:
        """Return the articles that end with this one, or with whatever is newest."""
        near = RelatedArticle.objects.filter(related=self.pk)
        live = RelatedArticle.objects.filter(related__live=True).values("article")
        settled = live.annotate(count=Count("pk")).filter(count__gte=RELATED)
        ends = Q(pk__in=near.values("article")) | ~Q(pk__in=settled.values("article"))
        articles: ArticleQuerySet = ArticlePage.objects.filter(ends).exclude(pk=self.pk)
        return articles

    @property
    def description(self) -> str:
        return self.search_description or self.summary

    @property
    def share_image(self) -> SiteImage | None:
        return self.card_image

    def text_excerpts(self) -> list[str]:
        # The kinds are told by the raw data, so that no figure's picture is fetched.
        kinds = [raw["type"] for raw in self.body.raw_data]
        paragraphs = [self.body[n] for n, kind in enumerate(kinds) if kind == "paragraph"]
        texts = (block.block.get_searchable_content(block.value) for block in paragraphs)
        return [self.summary, *(text for found in texts for text in found)]

    def count_reading_minutes(self) -> int:
        texts = self.body.stream_block.get_searchable_content(self.body)
        words = sum(len(text.split()) for text in texts)
        return max(1, math.ceil(words / WORDS_A_MINUTE))


class RelatedArticle(models.Model):
    """One of the articles nearest to another, as the worker found it; see `blog.related`."""

    article = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="related")
    related = models.ForeignKey(ArticlePage, on_delete=models.CASCADE, related_name="near")
    place = models.PositiveSmallIntegerField()
    found_at = models.DateTimeField()

    wagtail_reference_index_ignore = True  # nobody has linked them

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "place"], name="related_article_place"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} → {self.related_id}"

from http import HTTPStatus

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from taggit.models import Tag
from wagtail.models import Page, Site

from blog.models import ARTICLES_A_PAGE, ArticlePage, TopicPage
from blog.models.newest import newest_articles
from blog.search.in_vain import note_search_in_vain, words_to_count
from blog.search.results import run_search
from blog.search.suggestions import completions
from clinic_site.forms.text import normalize_text
from clinic_site.http.rate_limit import client_address, network_hash
from clinic_site.page_views.counting.notes import note_search
from clinic_site.pages.published import listed
from clinic_site.search.words import MAX_QUERY, words_in

SUGGESTIONS_A_MINUTE = 120  # for one network
SUGGESTION_SECONDS = 60  # for which a browser keeps an answer
SHORTEST_TYPED = 2


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    home = Site.find_for_request(request).root_page
    topics = list(listed(TopicPage.objects.child_of(home)))
    topic = next((topic for topic in topics if topic.slug == request.GET.get("topic")), None)
    query = normalize_text(request.GET.get("q", "")[:MAX_QUERY])
    context = {"query": query, "topics": topics, "topic": topic}
    if words := words_in(query):
        pages = listed(Page.objects.descendant_of(topic or home, inclusive=True))
        answer = run_search(
            words, pages, request.GET.get("page"), request, with_people=topic is None
        )
        if topic is None and answer.found_nothing:
            note_search_in_vain(query)
        if "page" not in request.GET:
            note_search(request, words_to_count(query))
        context["answer"] = answer
        context["query_string"] = _query_string(q=query, topic=topic.slug if topic else "")
    return render(request, "blog/search.html", context)


@require_safe
def search_suggestions(request: HttpRequest) -> JsonResponse:
    """What somebody may mean who is typing still. It knows nobody, so any cache may keep it."""
    query = normalize_text(request.GET.get("q", "")[:MAX_QUERY])
    if not _may_ask(request):
        return JsonResponse([], safe=False, status=HTTPStatus.TOO_MANY_REQUESTS)
    home = Site.find_for_request(request).root_page
    pages = listed(Page.objects.descendant_of(home, inclusive=True))
    found = completions(query, pages) if len(query) >= SHORTEST_TYPED and words_in(query) else []
    response = JsonResponse(found, safe=False)
    response["Cache-Control"] = f"public, max-age={SUGGESTION_SECONDS}"
    return response


def _may_ask(request: HttpRequest) -> bool:
    """Count in memory alone: somebody who types asks once or twice a second."""
    key = f"suggestions.{network_hash(client_address(request.META), timezone.now())}"
    cache.add(key, 0, 60)
    try:
        asked: int = cache.incr(key)
    except ValueError:  # it ran out in between
        return True
    return asked <= SUGGESTIONS_A_MINUTE


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """The articles with a tag, from all topics. A tag of drafts alone says nothing of them."""
    tag = get_object_or_404(Tag, slug=slug)
    articles = newest_articles(f"tag.{tag.pk}", ArticlePage.objects.filter(tags=tag))
    if not len(articles):
        raise Http404
    paged = articles.page(request.GET.get("page"), ARTICLES_A_PAGE)
    crumbs = [{"title": _("Home"), "url": "/"}, {"title": tag.name, "url": ""}]
    return render(request, "blog/tag.html", {"tag": tag, "articles": paged, "breadcrumbs": crumbs})


def _query_string(**fields: str) -> str:
    """Return what the links to further pages of results repeat."""
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in fields.items() if value})
    return query.urlencode()

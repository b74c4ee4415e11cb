from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.models import Page, Site

from blog.models import TopicPage
from blog.search import answer
from clinic_site.models import published
from clinic_site.search import MAX_QUERY, words_in
from clinic_site.text import normalise


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    home = Site.find_for_request(request).root_page
    topics = list(published(TopicPage.objects.child_of(home)))
    topic = next((topic for topic in topics if topic.slug == request.GET.get("topic")), None)
    query = normalise(request.GET.get("q", "")[:MAX_QUERY])
    context = {"query": query, "topics": topics, "topic": topic}
    if words := words_in(query):
        pages = published(Page.objects.descendant_of(topic or home, inclusive=True))
        context["answer"] = answer(words, pages, request.GET.get("page"), request)
        context["kept"] = _kept(q=query, topic=topic.slug if topic else "")
    return render(request, "blog/search.html", context)


def _kept(**fields: str) -> str:
    """Return what the links to further pages of results repeat."""
    kept = QueryDict(mutable=True)
    kept.update({name: value for name, value in fields.items() if value})
    return kept.urlencode()

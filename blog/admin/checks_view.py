"""What the draft lacks, as the panel in the editor shows it after each automatic save."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog.models import ArticlePage
from blog.review.checks import problems_of


@require_safe
def article_checks(request: HttpRequest, pk: int) -> HttpResponse:
    page = get_object_or_404(ArticlePage, pk=pk)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    draft = page.get_latest_revision_as_object()
    context = {"problems": problems_of(draft, timezone.localdate())}
    return render(request, "blog/admin/problems.html", context)

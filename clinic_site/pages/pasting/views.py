"""Answers the editor of a page with the blocks that its clipboard becomes. Stores nothing."""

from collections import Counter

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from clinic_site.admin.required_permissions import edits_or_reviews
from clinic_site.pages.pasting.body import PastingBody
from clinic_site.pages.pasting.document import Document, read_document
from clinic_site.pages.pasting.stored_text import own_hosts


@never_cache
@require_POST
def read_pasted(request: HttpRequest, body: str) -> JsonResponse:
    if not edits_or_reviews(request.user, {}):
        raise PermissionDenied
    if body not in PastingBody.known:
        raise Http404
    document = read_document(request.POST.get("html", ""), own_hosts())
    stream = PastingBody.known[body]()
    blocks = stream.form_state(stream.blocks_of(document.parts))
    return JsonResponse({"blocks": blocks, "said": said_of(document)})


def said_of(document: Document) -> str:
    """Return one line about what was left out, or nothing."""
    left_out = ", ".join(_in_words(document.left_out))
    lines = [_("Left out: %(things)s.") % {"things": left_out}] if left_out else []
    if document.has_footnotes:
        lines.append(_("The footnotes stand at the end, as text."))
    return " ".join(lines)


def _in_words(left_out: Counter[str]) -> list[str]:
    words = {
        "picture": lambda n: ngettext("%(n)s picture", "%(n)s pictures", n),
        "footnote": lambda n: ngettext("%(n)s footnote mark", "%(n)s footnote marks", n),
        "link": lambda n: ngettext("%(n)s link", "%(n)s links", n),
        "comment": lambda n: ngettext("%(n)s comment", "%(n)s comments", n),
        "film": lambda n: ngettext("%(n)s video or sound clip", "%(n)s videos or sound clips", n),
        "formula": lambda n: ngettext("%(n)s formula", "%(n)s formulas", n),
        "deletion": lambda n: ngettext("%(n)s deleted passage", "%(n)s deleted passages", n),
        "contents": lambda _n: _("the table of contents"),
    }
    return [say(n) % {"n": n} for kind, say in words.items() if (n := left_out[kind])]

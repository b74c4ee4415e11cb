"""A comment, or other words for one, that is not sent yet."""

from django.utils.translation import gettext_lazy as _

from clinic_site.forms.drafts import Draft


class CommentDraft(Draft):
    """What somebody has typed and could not send, until they do."""

    class Meta:
        verbose_name = _("comment not sent yet")
        verbose_name_plural = _("comments not sent yet")

    def __str__(self) -> str:
        return f"comment not sent yet {self.pk}"

from wagtail import hooks

from clinic_site.mail.words.views import EmailWordsViewSet


@hooks.register("register_admin_viewset")
def register_email_words() -> EmailWordsViewSet:
    return EmailWordsViewSet()

"""Put a home page and a contact page where Wagtail has its welcome page.

With them the draft of a notice of privacy practices, for the clinic's lawyer to check.
"""

import json
from uuid import NAMESPACE_URL, uuid5

from django.db import migrations

from clinic_site.pages.migrations import _privacy_notice as privacy_notice

SECTIONS = {
    "hero": {"headline": "Our clinic", "introduction": "", "image": None, "button": True},
    "services": {"heading": "What we do"},
    "team": {"heading": "Who will see you"},
    "articles": {"heading": "Worth reading", "count": "3"},
    "where": {"heading": "Where and when"},
}


def create_pages(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    ContentType = apps.get_model("contenttypes", "ContentType")
    if Page.objects.filter(depth__gt=1).exclude(slug="home", depth=2, numchild=0).exists():
        return  # a site that is in use already

    Page.objects.filter(depth=2).delete()
    root = Page.objects.get(depth=1)
    root.numchild = 0
    locale = Locale.objects.first()

    def create(model_name, parent, **fields):
        content_type, _ = ContentType.objects.get_or_create(
            app_label="pages", model=model_name.lower()
        )
        page = apps.get_model("pages", model_name).objects.create(
            content_type=content_type,
            draft_title=fields["title"],
            path=f"{parent.path}{parent.numchild + 1:04}",
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}{fields['slug']}/",
            locale=locale,
            **fields,
        )
        parent.numchild += 1
        parent.save()
        return page

    body = [
        {"type": name, "value": value, "id": str(uuid5(NAMESPACE_URL, f"home:{name}"))}
        for name, value in SECTIONS.items()
    ]
    home = create("HomePage", root, title="Home", slug="home", body=json.dumps(body))
    create("ContactPage", home, title="Contact", slug="contact", show_in_menus=True)
    notice = create(
        "StandardPage",
        home,
        title=privacy_notice.TITLE,
        slug=privacy_notice.SLUG,
        introduction=privacy_notice.INTRODUCTION,
        body=json.dumps(
            [
                {**block, "id": str(uuid5(NAMESPACE_URL, f"privacy notice:{block['type']}"))}
                for block in privacy_notice.BODY
            ]
        ),
        live=False,
        has_unpublished_changes=True,
    )
    details = apps.get_model("clinic", "ClinicDetails")
    details.objects.update_or_create(defaults={"privacy_notice_id": notice.pk, "locale": locale})
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_initial"),
        ("clinic", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_pages, migrations.RunPython.noop)]

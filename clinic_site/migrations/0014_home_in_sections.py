"""Compose the home page of the sections that it always had, so that it keeps its look.

The revisions too: the editor opens the latest one, and a scheduled one may go live.
"""

import json
from uuid import NAMESPACE_URL, uuid5

from django.db import migrations

HEADINGS = {
    "services": {"heading": "What we do"},
    "team": {"heading": "Who will see you"},
    "articles": {"heading": "Worth reading", "count": "3"},
    "where": {"heading": "Where and when"},
}


def sections(headline, introduction):
    hero = {"headline": headline, "introduction": introduction, "picture": None, "button": True}
    values = {"hero": hero, **HEADINGS} if headline else HEADINGS
    return [
        {"type": name, "value": value, "id": str(uuid5(NAMESPACE_URL, f"home:{name}"))}
        for name, value in values.items()
    ]


def compose(apps, schema_editor):
    HomePage = apps.get_model("clinic_site", "HomePage")
    for home in HomePage.objects.filter(body=None):
        body = sections(home.headline, home.introduction)
        HomePage.objects.filter(pk=home.pk).update(body=json.dumps(body))

    def with_sections(content):
        if not content.get("body") or content["body"] == "[]":
            body = sections(content.get("headline", ""), content.get("introduction", ""))
            content["body"] = json.dumps(body)

    change_revisions(apps, with_sections)


def take_apart(apps, schema_editor):
    HomePage = apps.get_model("clinic_site", "HomePage")
    for home in HomePage.objects.exclude(body=None):
        if hero := hero_of([{"type": part["type"], "value": part["value"]} for part in home.body.raw_data]):
            HomePage.objects.filter(pk=home.pk).update(
                headline=hero["headline"], introduction=hero["introduction"]
            )

    def without_sections(content):
        if hero := hero_of(json.loads(content.pop("body", None) or "[]")):
            content["headline"], content["introduction"] = hero["headline"], hero["introduction"]

    change_revisions(apps, without_sections)


def hero_of(body):
    return next((part["value"] for part in body if part["type"] == "hero"), None)


def change_revisions(apps, change):
    Revision = apps.get_model("wagtailcore", "Revision")
    ContentType = apps.get_model("contenttypes", "ContentType")
    homes = ContentType.objects.filter(app_label="clinic_site", model="homepage")
    for revision in Revision.objects.filter(content_type__in=homes):
        change(revision.content)
        revision.save(update_fields=["content"])


class Migration(migrations.Migration):
    dependencies = [
        ("clinic_site", "0013_home_sections_and_standard_page"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(compose, take_apart)]

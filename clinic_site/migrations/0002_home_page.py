"""Put an empty home page and contact page where Wagtail has its welcome page."""

from django.db import migrations


def create_pages(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    ContentType = apps.get_model("contenttypes", "ContentType")
    if Page.objects.filter(depth__gt=1).exclude(slug="home", depth=2, numchild=0).exists():
        return  # a site that is in use already

    Page.objects.filter(depth=2).delete()
    root = Page.objects.get(depth=1)
    locale = Locale.objects.first()

    def create(model_name, parent, **fields):
        content_type, _ = ContentType.objects.get_or_create(
            app_label="clinic_site", model=model_name.lower()
        )
        page = apps.get_model("clinic_site", model_name).objects.create(
            content_type=content_type,
            draft_title=fields["title"],
            path=f"{parent.path}0001",
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}{fields['slug']}/",
            locale=locale,
            **fields,
        )
        parent.numchild = 1
        parent.save()
        return page

    home = create("HomePage", root, title="Home", slug="home", headline="Our clinic")
    create("ContactPage", home, title="Contact", slug="contact", show_in_menus=True)
    Site.objects.all().delete()
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)


class Migration(migrations.Migration):
    dependencies = [
        ("clinic_site", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_pages, migrations.RunPython.noop)]

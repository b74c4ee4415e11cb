"""Give everybody the end of an address, from their name; the second of a name gets a number."""

from itertools import count

from django.db import migrations
from django.utils.text import slugify


def fill_slugs(apps, schema_editor):
    Person = apps.get_model("clinic_site", "Person")
    taken = set(Person.objects.exclude(slug=None).values_list("slug", flat=True))
    for person in Person.objects.filter(slug=None).order_by("pk"):
        stem = slugify(person.name)[:70] or "person"
        names = (f"{stem}-{number}" if number > 1 else stem for number in count(1))
        person.slug = next(name for name in names if name not in taken)
        taken.add(person.slug)
        person.save(update_fields=["slug"])


class Migration(migrations.Migration):
    dependencies = [("clinic_site", "0009_person_slug")]

    operations = [migrations.RunPython(fill_slugs, migrations.RunPython.noop)]

from django.db import migrations

REPLIES = {
    "Thank you": "Thank you for writing, and for reading to the end.",
    "Not about one person": (
        "Thank you for your question. In public we can only say what holds for most people, "
        "never what is right for one. Please call us, or ask somebody medical whom you trust: "
        "they can ask back, and we cannot do that here."
    ),
    "Help at once": (
        "Please do not wait for an answer here. If it came suddenly, gets worse quickly, or comes "
        "with numbness, fever or trouble holding water, call 911 now."
    ),
    "We will look into it": (
        "Thank you for pointing this out. We will look into it and put the article right if it "
        "needs that."
    ),
    "Please keep it private": (
        "Thank you. Everybody can read this page, so we have left out what is better kept "
        "private. Please call us if we can help."
    ),
}


def add(apps, schema_editor):
    canned_reply = apps.get_model("comments", "CannedReply")
    for title, text in REPLIES.items():
        canned_reply.objects.get_or_create(title=title, defaults={"text": text})


class Migration(migrations.Migration):

    dependencies = [
        ("comments", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(add, migrations.RunPython.noop),
    ]

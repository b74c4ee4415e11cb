"""Addresses that were kept in plain are encrypted where they stand."""

from datetime import timedelta

from django.db import migrations
from django.utils import timezone

from clinic_site.encryption import blind_index, decrypt, encrypt


def encrypt_addresses(apps, schema_editor):
    Comment = apps.get_model("comments", "Comment")
    Commenter = apps.get_model("comments", "Commenter")
    for commenter in Commenter.objects.all().iterator(chunk_size=500):
        plain = commenter.email
        Comment.objects.filter(pk=commenter.comment_id).update(
            submission_key=commenter.submission_key
        )
        Commenter.objects.filter(pk=commenter.pk).update(
            email=encrypt(plain),
            email_index=blind_index(plain.strip().casefold()),
            delete_at=timezone.now() + timedelta(days=365),
        )


def decrypt_addresses(apps, schema_editor):
    Commenter = apps.get_model("comments", "Commenter")
    for commenter in Commenter.objects.select_related("comment").iterator(chunk_size=500):
        Commenter.objects.filter(pk=commenter.pk).update(
            email=decrypt(commenter.email),
            submission_key=commenter.comment.submission_key or f"comment {commenter.comment_id}",
        )


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_moderation")]

    operations = [migrations.RunPython(encrypt_addresses, decrypt_addresses)]

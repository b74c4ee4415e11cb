from django.db import migrations, models

import clinic_site.encryption
import comments.models.comment


class Migration(migrations.Migration):
    dependencies = [("comments", "0003_encrypt_addresses")]

    operations = [
        migrations.AlterField(
            model_name="commenter",
            name="email",
            field=clinic_site.encryption.EncryptedTextField(editable=False, verbose_name="email"),
        ),
        migrations.AlterField(
            model_name="commenter",
            name="email_index",
            field=models.CharField(db_index=True, editable=False, max_length=64),
        ),
        migrations.AlterField(
            model_name="commenter",
            name="delete_at",
            field=models.DateTimeField(db_index=True, verbose_name="address is deleted"),
        ),
        migrations.AlterField(
            model_name="comment",
            name="submission_key",
            field=models.CharField(
                default=comments.models.comment.new_key,
                editable=False,
                max_length=64,
                null=True,
                unique=True,
            ),
        ),
        migrations.RemoveField(model_name="commenter", name="submission_key"),
    ]

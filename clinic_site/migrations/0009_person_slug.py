from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clinic_site', '0008_throttle_and_mail_headers'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='slug',
            field=models.SlugField(blank=True, help_text='The end of the profile’s address: /team/dana-whitfield/', max_length=80, null=True, unique=True, verbose_name='short name'),
        ),
    ]

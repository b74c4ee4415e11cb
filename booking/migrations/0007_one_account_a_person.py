from django.db import migrations


class Migration(migrations.Migration):
    """A person has one account, `Person.account`; nothing ever wrote or read this one."""

    dependencies = [("booking", "0006_desk_permissions")]

    operations = [migrations.RemoveField(model_name="practitioner", name="user")]

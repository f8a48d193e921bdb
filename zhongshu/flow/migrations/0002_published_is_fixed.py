"""A published procedure never changes: the database keeps watch."""

from django.db import migrations

from zhongshu.flow import guards


class Migration(migrations.Migration):
    dependencies = [("flow", "0001_initial")]

    operations = [migrations.RunPython(guards.forwards, guards.backwards)]

from django.db import migrations

from zhongshu.base import guards


class Migration(migrations.Migration):
    dependencies = [("base", "0001_initial")]

    operations = [migrations.RunPython(guards.forwards, guards.backwards)]

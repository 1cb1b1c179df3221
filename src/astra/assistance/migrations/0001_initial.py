"""Where the room's tables begin."""

from django.db import migrations


class Migration(migrations.Migration):
    """Nothing yet: each part of the room brings its own tables."""

    initial = True
    dependencies: list[tuple[str, str]] = [("cases", "0001_initial")]
    operations: list[migrations.operations.base.Operation] = []

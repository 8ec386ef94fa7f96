"""Keep contours uncompressed: coordinates hardly shrink, and trying costs a third of the database's load time."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ('territoire', '0001_initial'),
    ]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE territoire_commune ALTER COLUMN contour SET STORAGE EXTERNAL",
            "ALTER TABLE territoire_commune ALTER COLUMN contour SET STORAGE EXTENDED",
        )
    ]

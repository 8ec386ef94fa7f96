import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    """Search by words and by population: fast right after a load, without waiting for a vacuum."""

    dependencies = [("territoire", "0001_initial")]

    operations = [
        migrations.RemoveIndex("commune", "commune_cle_trigrammes"),
        migrations.RemoveIndex("commune", "commune_codes_postaux"),
        migrations.AddIndex(
            "commune",
            django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["codes_postaux"], name="commune_codes_postaux"
            ),
        ),
        migrations.AddIndex(
            "commune", models.Index(models.F("population").desc(nulls_last=True), name="commune_population")
        ),
        migrations.CreateModel(
            name="Mot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mot", models.CharField(max_length=80, unique=True)),
                (
                    "communes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, help_text="identifiants, sans ordre", size=None
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        django.contrib.postgres.indexes.OpClass("mot", name="text_pattern_ops"), name="mot_prefixe"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("mot", name="gin_trgm_ops"),
                        name="mot_trigrammes",
                    ),
                ],
            },
        ),
    ]

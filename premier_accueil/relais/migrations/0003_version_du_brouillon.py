"""Number the drafts, so that two colleagues on the same one see each other."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('relais', '0002_abonnements'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='brouillonderelais',
            name='version',
            field=models.PositiveIntegerField(default=1, help_text="une de plus à chaque fois qu'on le garde"),
        ),
        migrations.AddField(
            model_name='brouillonderelais',
            name='garde_par',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
    ]

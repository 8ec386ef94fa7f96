from django.db import migrations, models

import premier_accueil.socle.index


class Migration(migrations.Migration):

    dependencies = [
        ('acteurs', '0005_escalade'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='structure',
            index=models.Index(premier_accueil.socle.index.Identifiant('source', 'source_id', genre='structure'), name='structure_identifiant'),
        ),
    ]

from django.db import migrations, models

import premier_accueil.socle.index


class Migration(migrations.Migration):

    dependencies = [
        ('annuaire', '0005_historique'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='service',
            index=models.Index(premier_accueil.socle.index.Identifiant('source', 'source_id', genre='service'), name='service_identifiant'),
        ),
    ]

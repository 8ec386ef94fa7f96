"""The tables of this room."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('territoire', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Manque',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thematique', models.CharField(blank=True, help_text='vide : besoin non reconnu', max_length=120)),
                ('jour', models.DateField()),
                ('commune', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='manques', to='territoire.commune')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['thematique', 'jour'], name='manque_thematique_jour'),
                ],
            },
        ),
    ]

"""The tables of this room."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Fait',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('genre', models.CharField(max_length=20)),
                ('structure_id', models.BigIntegerField(help_text="structure où cela s'est passé, sans lien")),
                ('departement', models.CharField(blank=True, max_length=3)),
                ('jour', models.DateField()),
                ('commune', models.CharField(blank=True, help_text='code INSEE ; vide : non dite, ou tue', max_length=5)),
                ('attributs', models.JSONField(default=dict, help_text='codes seulement (donnees/faits.yaml)')),
                ('nombre', models.SmallIntegerField(default=1)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['departement', 'genre', 'jour'], name='fait_departement'),
                    models.Index(fields=['structure_id', 'genre', 'jour'], name='fait_structure'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('nombre__in', [-1, 1])), name='fait_un_ou_annule'),
                ],
            },
        ),
    ]

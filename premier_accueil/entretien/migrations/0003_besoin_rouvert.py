from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('entretien', '0002_demarches'),
    ]

    operations = [
        migrations.AddField(
            model_name='suitedubesoin',
            name='rouvert_le',
            field=models.DateTimeField(blank=True, help_text="la réponse n'était pas la bonne", null=True),
        ),
        migrations.RemoveConstraint(
            model_name='suitedubesoin',
            name='suite_du_besoin_ou_manque',
        ),
        migrations.AddConstraint(
            model_name='suitedubesoin',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reponse', ''), _negated=True), ('manque_le__isnull', False), ('rouvert_le__isnull', False), _connector='OR'), name='suite_du_besoin_ou_manque'),
        ),
    ]

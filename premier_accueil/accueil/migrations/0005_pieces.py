"""The slips of papers, walled in; whoever holds a reference reads that slip and its list, nothing else."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from premier_accueil.socle.cloison import cloisonner

CONSERVATION = ("conservation",)
BULLETIN = "bulletin_id IN (SELECT b.id FROM accueil_bulletindepieces b WHERE b.reference = pa_jeton())"


class Migration(migrations.Migration):

    dependencies = [
        ('accueil', '0004_file_et_canaux'),
        ('acteurs', '0003_identite'),
        ('annuaire', '0003_edition'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BulletinDePieces',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(help_text="tiré par la page : un double clic ne fait qu'un bulletin")),
                ('procedure', models.CharField(help_text='code de donnees/pieces.yaml', max_length=30)),
                ('libelle', models.CharField(help_text='tel que dit ce jour-là ; jamais imprimé', max_length=120)),
                ('reference', models.CharField(max_length=12, unique=True)),
                ('code', models.CharField(help_text='imprimé sur le bulletin, jamais dans le lien', max_length=8)),
                ('echeance', models.DateField()),
                ('cree_le', models.DateTimeField()),
                ('expire_le', models.DateTimeField()),
                ('essais_rates', models.PositiveSmallIntegerField(default=0)),
                ('revenue_le', models.DateTimeField(blank=True, help_text='dernier retour, même avec un seul papier', null=True)),
                ('complet_le', models.DateTimeField(blank=True, null=True)),
                ('auteur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bulletins', to=settings.AUTH_USER_MODEL)),
                ('passage', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='bulletins', to='accueil.passage')),
                ('retour', models.ForeignKey(help_text='où la personne veut revenir', on_delete=django.db.models.deletion.PROTECT, related_name='retours_attendus', to='annuaire.site')),
                ('site', models.ForeignKey(help_text='où il a été fait', on_delete=django.db.models.deletion.PROTECT, related_name='bulletins', to='annuaire.site')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bulletins', to='acteurs.structure')),
            ],
        ),
        migrations.CreateModel(
            name='PieceManquante',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rang', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=30)),
                ('libelle', models.CharField(max_length=120)),
                ('sur_le_bulletin', models.CharField(help_text='mots neutres, imprimés', max_length=60)),
                ('texte', models.CharField(help_text="ce qui l'exige (CRPA, L.114-5)", max_length=250)),
                ('a_defaut', models.CharField(blank=True, max_length=200)),
                ('indispensable', models.BooleanField(default=False, help_text="sans elle l'examen attend (CRPA, L.114-5-1)")),
                ('vue_le', models.DateTimeField(blank=True, help_text="montrée ; aucune copie n'est gardée", null=True)),
                ('bulletin', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pieces', to='accueil.bulletindepieces')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pieces', to='acteurs.structure')),
                ('vue_a', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pieces_vues', to='annuaire.site')),
                ('vue_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pieces_vues', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddIndex(
            model_name='bulletindepieces',
            index=models.Index(condition=models.Q(('complet_le', None)), fields=['structure', 'echeance'], name='bulletin_attendus'),
        ),
        migrations.AddIndex(
            model_name='bulletindepieces',
            index=models.Index(fields=['structure', 'cree_le'], name='bulletin_recents'),
        ),
        migrations.AddConstraint(
            model_name='bulletindepieces',
            constraint=models.UniqueConstraint(fields=('structure', 'demande_id'), name='bulletin_demande'),
        ),
        migrations.AddConstraint(
            model_name='bulletindepieces',
            constraint=models.CheckConstraint(condition=models.Q(('expire_le__gt', models.F('cree_le'))), name='bulletin_dates'),
        ),
        migrations.AddConstraint(
            model_name='piecemanquante',
            constraint=models.UniqueConstraint(fields=('bulletin', 'code'), name='piece_une_fois'),
        ),
        migrations.AddConstraint(
            model_name='piecemanquante',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('vue_a', None), ('vue_le', None), ('vue_par', None)), models.Q(('vue_a__isnull', False), ('vue_le__isnull', False), ('vue_par__isnull', False)), _connector='OR'), name='piece_vue_par_quelqu_un'),
        ),
        migrations.AddConstraint(
            model_name='piecemanquante',
            constraint=models.CheckConstraint(condition=models.Q(('texte', ''), _negated=True), name='piece_exigee_par_un_texte'),
        ),
        cloisonner(
            'accueil_bulletindepieces', lecture='reference = pa_jeton()', changement='reference = pa_jeton()',
            taches_qui_ecrivent=CONSERVATION,
        ),
        cloisonner(
            'accueil_piecemanquante', lecture=f'pa_jeton() IS NOT NULL AND {BULLETIN}',
            taches_qui_ecrivent=CONSERVATION,
        ),
    ]

"""Numbers drawn once per place and day, tickets that go on or pass to a hosted body, a way of working per structure."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from premier_accueil.socle.cloison import cloisonner

ECRAN = "structure_id IN (SELECT e.structure_id FROM accueil_ecrandattente e WHERE e.jeton = pa_jeton())"
CONSERVATION = ("conservation",)
# The counters go on from the numbers already given; the job's name lets the owner read them behind the walls.
REPRENDRE = [
    "SELECT set_config('premier_accueil.tache', 'conservation', true)",
    "INSERT INTO accueil_compteurdetickets (site_id, jour, dernier)"
    " SELECT site_id, jour, max(numero) FROM accueil_attente GROUP BY site_id, jour",
    "SELECT set_config('premier_accueil.tache', '', true)",
]


class Migration(migrations.Migration):

    dependencies = [
        ('accueil', '0003_cloison'),
        ('acteurs', '0003_identite'),
        ('annuaire', '0003_edition'),
        ('personnes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CompteurDeTickets',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jour', models.DateField()),
                ('dernier', models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='FermetureDeFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jour', models.DateField()),
                ('fermee_le', models.DateTimeField()),
                ('rouverte_le', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ReglageDAccueil',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mode', models.CharField(choices=[('RECEPTION_PUIS_TRAVAILLEUR_SOCIAL', "L'accueil reçoit, puis le travailleur social si besoin"), ('UNE_PERSONNE', 'Une seule personne reçoit'), ('TRAVAILLEUR_SOCIAL_D_ABORD', "Le travailleur social reçoit d'abord")], default='RECEPTION_PUIS_TRAVAILLEUR_SOCIAL', help_text='comment travaille le binôme', max_length=40)),
                ('sans_rendez_vous', models.BooleanField(default=True)),
                ('sur_rendez_vous', models.BooleanField(default=True)),
                ('priorites', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, help_text='motifs admis (donnees/accueil.yaml)', size=None)),
                ('son', models.BooleanField(default=False, help_text="l'écran de la salle propose un son")),
                ('message_de_fermeture', models.CharField(blank=True, max_length=200)),
                ('version', models.PositiveIntegerField(default=1)),
                ('modifie_le', models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='attente',
            name='attente_numero',
        ),
        migrations.AddField(
            model_name='attente',
            name='demande_id',
            field=models.UUIDField(blank=True, help_text='tiré par la page : un double clic, un ticket', null=True),
        ),
        migrations.AddField(
            model_name='attente',
            name='passee_a',
            field=models.ForeignKey(blank=True, help_text='organisme présent au même lieu, qui a reçu le numéro', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets_passes', to='acteurs.structure'),
        ),
        migrations.AddField(
            model_name='attente',
            name='passee_par',
            field=models.ForeignKey(blank=True, help_text="organisme qui a passé ce numéro, et rien d'autre", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets_confies', to='acteurs.structure'),
        ),
        migrations.AddField(
            model_name='attente',
            name='prioritaire',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='attente',
            name='priorite',
            field=models.CharField(blank=True, help_text='code de motif (donnees/accueil.yaml)', max_length=20),
        ),
        migrations.AddField(
            model_name='attente',
            name='priorite_mots',
            field=models.CharField(blank=True, help_text="vus des collègues, jamais à l'écran", max_length=120),
        ),
        migrations.AddField(
            model_name='attente',
            name='priorite_par',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='priorites_donnees', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='attente',
            name='rappele_le',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='attente',
            name='rappels',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='attente',
            name='suite_de',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='suites', to='accueil.attente'),
        ),
        migrations.AddField(
            model_name='passage',
            name='personne',
            field=models.ForeignKey(blank=True, help_text='à sa demande seulement', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='passages', to='personnes.personne'),
        ),
        migrations.AddField(
            model_name='passage',
            name='retour_de',
            field=models.ForeignKey(blank=True, help_text='passage dont la personne a montré la feuille', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='retours', to='accueil.passage'),
        ),
        migrations.AddField(
            model_name='passage',
            name='sur_rendez_vous',
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name='attente',
            name='appele_le',
            field=models.DateTimeField(blank=True, help_text="premier appel : début de l'étape", null=True),
        ),
        migrations.AlterField(
            model_name='attente',
            name='etat',
            field=models.CharField(choices=[('EN_ATTENTE', 'en attente'), ('APPELE', 'appelé'), ('TERMINE', 'reçu'), ('PARTI', 'parti sans être reçu'), ('PASSE', 'passé à un autre organisme'), ('REPORTE', 'rendez-vous donné'), ('FERME', 'non reçu à la fermeture')], default='EN_ATTENTE', max_length=10),
        ),
        migrations.AlterField(
            model_name='attente',
            name='fini_le',
            field=models.DateTimeField(blank=True, help_text='vide une fois fini : fin non mesurée', null=True),
        ),
        migrations.AlterField(
            model_name='passage',
            name='canal',
            field=models.CharField(choices=[('GUICHET', 'Au guichet'), ('TELEPHONE', 'Par téléphone'), ('NUMERIQUE', 'Par message'), ('DOMICILE', 'À domicile'), ('HORS_LES_MURS', 'Hors les murs'), ('BUS', 'Arrêt du bus')], max_length=14),
        ),
        migrations.AlterField(
            model_name='premierereponse',
            name='nature',
            field=models.CharField(choices=[('INFORMATION', 'Information'), ('CONSEIL', 'Conseil'), ('ORIENTATION', 'Orientation'), ('AIDE_IMMEDIATE', 'Aide immédiate'), ('OUVERTURE_DE_DROIT', 'Ouverture de droit'), ('DEMARCHE_ENSEMBLE', 'Démarche faite ensemble'), ('TRAVAILLEUR_SOCIAL', 'Passer au travailleur social')], max_length=20),
        ),
        migrations.AddIndex(
            model_name='attente',
            index=models.Index(condition=models.Q(('etat__in', ['EN_ATTENTE', 'APPELE'])), fields=['site', 'jour'], name='attente_ouvertes'),
        ),
        migrations.AddIndex(
            model_name='attente',
            index=models.Index(fields=['structure', 'jour', 'site'], name='attente_mesures'),
        ),
        migrations.AddConstraint(
            model_name='attente',
            constraint=models.UniqueConstraint(condition=models.Q(('passee_par', None), ('suite_de', None)), fields=('site', 'jour', 'numero'), name='attente_numero'),
        ),
        migrations.AddConstraint(
            model_name='attente',
            constraint=models.UniqueConstraint(condition=models.Q(('etat__in', ['EN_ATTENTE', 'APPELE'])), fields=('structure', 'site', 'jour', 'numero'), name='attente_un_seul_endroit'),
        ),
        migrations.AddConstraint(
            model_name='attente',
            constraint=models.UniqueConstraint(fields=('structure', 'demande_id'), name='attente_demande'),
        ),
        migrations.AddConstraint(
            model_name='attente',
            constraint=models.CheckConstraint(condition=models.Q(('prioritaire', False), models.Q(models.Q(('priorite', ''), _negated=True), models.Q(('priorite_mots', ''), _negated=True)), _connector='OR'), name='attente_priorite_ecrite'),
        ),
        migrations.AddConstraint(
            model_name='attente',
            constraint=models.CheckConstraint(condition=models.Q(('passee_par', None), models.Q(('prenom', ''), ('suite_de', None)), _connector='OR'), name='attente_passee_un_numero_seul'),
        ),
        migrations.AddField(
            model_name='compteurdetickets',
            name='site',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='compteurs', to='annuaire.site'),
        ),
        migrations.AddField(
            model_name='fermeturedefile',
            name='fermee_par',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fermetures_de_file', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='fermeturedefile',
            name='site',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fermetures_de_file', to='annuaire.site'),
        ),
        migrations.AddField(
            model_name='fermeturedefile',
            name='structure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fermetures_de_file', to='acteurs.structure'),
        ),
        migrations.AddField(
            model_name='reglagedaccueil',
            name='modifie_par',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reglages_d_accueil', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reglagedaccueil',
            name='structure',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reglage_d_accueil', to='acteurs.structure'),
        ),
        migrations.AddConstraint(
            model_name='compteurdetickets',
            constraint=models.UniqueConstraint(fields=('site', 'jour'), name='compteur_un_par_jour'),
        ),
        migrations.AddConstraint(
            model_name='fermeturedefile',
            constraint=models.UniqueConstraint(fields=('structure', 'site', 'jour'), name='fermeture_de_file_une'),
        ),
        migrations.AddConstraint(
            model_name='fermeturedefile',
            constraint=models.CheckConstraint(condition=models.Q(('rouverte_le', None), ('rouverte_le__gte', models.F('fermee_le')), _connector='OR'), name='fermeture_de_file_dates'),
        ),
        migrations.AddConstraint(
            model_name='reglagedaccueil',
            constraint=models.CheckConstraint(condition=models.Q(('sans_rendez_vous', True), ('sur_rendez_vous', True), _connector='OR'), name='reglage_on_recoit_quelqu_un'),
        ),
        migrations.RunSQL(REPRENDRE, migrations.RunSQL.noop),
        cloisonner('accueil_reglagedaccueil', lecture=f'pa_jeton() IS NOT NULL AND {ECRAN}'),
        cloisonner(
            'accueil_fermeturedefile', lecture=f'pa_jeton() IS NOT NULL AND {ECRAN}', taches_qui_ecrivent=CONSERVATION,
        ),
    ]

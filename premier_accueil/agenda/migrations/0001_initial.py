"""Rules open to read, appointments walled in: the owner of the agenda and whoever booked see a row, nobody else."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models

import premier_accueil.agenda.regles.vocabulaire
from premier_accueil.socle.cloison import cloisonner

# The row belongs to who holds the agenda; who booked it reads it and changes it too. What is taken is read, and a hold
# that ran out is erased, by the task "agenda", which looks at times and never at whom.
TABLE = 'agenda_rendezvous'
LES_DEUX = 'structure_id = pa_structure() OR reservee_par_id = pa_structure()'
LISENT = f"{LES_DEUX} OR pa_tache() IN ('agenda', 'conservation')"
CHANGENT = f"{LES_DEUX} OR pa_tache() = 'conservation'"
# The rule must be the structure's own, and open to whoever books from elsewhere.
AJOUT = (
    f'({LES_DEUX}) AND EXISTS (SELECT FROM agenda_plagedagenda p WHERE p.id = plage_id'
    f' AND p.structure_id = {TABLE}.structure_id AND (p.structure_id = pa_structure()'
    " OR p.ouverte_a && ARRAY['HEBERGEUR', 'RELAIS']::varchar[]))"
)
DETRUISENT = f"etat = 'TENU' AND ({LES_DEUX} OR pa_tache() = 'agenda') OR pa_tache() = 'conservation'"
MURS = [
    f'ALTER TABLE {TABLE} ENABLE ROW LEVEL SECURITY',
    f'ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY',
    f'CREATE POLICY lecture ON {TABLE} FOR SELECT USING ({LISENT})',
    f'CREATE POLICY ajout ON {TABLE} FOR INSERT WITH CHECK ({AJOUT})',
    f'CREATE POLICY changement ON {TABLE} FOR UPDATE USING ({CHANGENT}) WITH CHECK ({CHANGENT})',
    f'CREATE POLICY destruction ON {TABLE} FOR DELETE USING ({DETRUISENT})',
]
SANS_MURS = [
    *[f'DROP POLICY {nom} ON {TABLE}' for nom in ('lecture', 'ajout', 'changement', 'destruction')],
    f'ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY',
    f'ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY',
]


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('acteurs', '0001_initial'),
        ('annuaire', '0001_initial'),
        ('personnes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('annuaire', '0003_edition'),
        ('socle', '0002_cloison'),
    ]

    operations = [
        migrations.CreateModel(
            name='FluxDeCalendrier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('condense', models.CharField(max_length=64, unique=True)),
                ('cree_le', models.DateTimeField()),
                ('mission', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='flux_de_calendrier', to='acteurs.mission')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
            ],
        ),
        migrations.CreateModel(
            name='PlageDAgenda',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(help_text="tiré par la page : un double clic ne crée qu'une plage")),
                ('nom', models.CharField(help_text="ce que lit l'agent qui prend rendez-vous", max_length=120)),
                ('bureau', models.CharField(blank=True, max_length=40)),
                ('canal', models.CharField(choices=[(premier_accueil.agenda.regles.vocabulaire.Canal['GUICHET'], 'Sur place'), (premier_accueil.agenda.regles.vocabulaire.Canal['TELEPHONE'], 'Par téléphone'), (premier_accueil.agenda.regles.vocabulaire.Canal['VISIO'], 'En visio'), (premier_accueil.agenda.regles.vocabulaire.Canal['DOMICILE'], 'À domicile')], max_length=10)),
                ('langue', models.CharField(blank=True, max_length=60)),
                ('rythme', models.CharField(choices=[(premier_accueil.agenda.regles.vocabulaire.Rythme['SEMAINE'], 'Chaque semaine'), (premier_accueil.agenda.regles.vocabulaire.Rythme['QUINZAINE'], 'Une semaine sur deux'), (premier_accueil.agenda.regles.vocabulaire.Rythme['MOIS'], 'Une fois par mois')], max_length=10)),
                ('jours', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), help_text='0 : lundi', size=None)),
                ('rang', models.SmallIntegerField(default=0, help_text='pour une plage mensuelle : 1 à 4, ou -1 le dernier')),
                ('heure_debut', models.TimeField()),
                ('heure_fin', models.TimeField()),
                ('duree_minutes', models.PositiveSmallIntegerField()),
                ('capacite', models.PositiveSmallIntegerField(default=1)),
                ('debut', models.DateField()),
                ('fin', models.DateField(blank=True, null=True)),
                ('feries', models.BooleanField(default=False, help_text='reçoit aussi les jours fériés')),
                ('ouverte_a', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[(premier_accueil.agenda.regles.vocabulaire.Ouverture['ACCUEIL'], "L'accueil de ma structure"), (premier_accueil.agenda.regles.vocabulaire.Ouverture['HEBERGEUR'], "L'accueil du lieu qui nous héberge (France services…)"), (premier_accueil.agenda.regles.vocabulaire.Ouverture['RELAIS'], 'Les structures engagées dans le réseau')], max_length=10), default=list, size=None)),
                ('version', models.PositiveIntegerField(default=1)),
                ('agent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plages', to=settings.AUTH_USER_MODEL)),
                ('service', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='plages', to='annuaire.service')),
                ('site', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plages', to='annuaire.site')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plages', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'demande_id'), name='plage_demande'),
                    models.CheckConstraint(condition=models.Q(('heure_fin__gt', models.F('heure_debut'))), name='plage_heures'),
                    models.CheckConstraint(condition=models.Q(('duree_minutes__range', (5, 480))), name='plage_duree'),
                    models.CheckConstraint(condition=models.Q(('capacite__range', (1, 60))), name='plage_capacite'),
                    models.CheckConstraint(condition=models.Q(('jours__contained_by', [0, 1, 2, 3, 4, 5, 6]), ('jours__len__gt', 0)), name='plage_jours'),
                    models.CheckConstraint(condition=models.Q(models.Q(('rang__in', [1, 2, 3, 4, -1]), ('rythme', 'MOIS')), models.Q(models.Q(('rythme', 'MOIS'), _negated=True), ('rang', 0)), _connector='OR'), name='plage_rang'),
                    models.CheckConstraint(condition=models.Q(models.Q(('canal', 'GUICHET'), _negated=True), ('site__isnull', False), _connector='OR'), name='plage_au_guichet'),
                    models.CheckConstraint(condition=models.Q(('bureau', ''), ('site__isnull', False), _connector='OR'), name='plage_bureau_quelque_part'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ExceptionDAgenda',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('genre', models.CharField(choices=[(premier_accueil.agenda.regles.vocabulaire.GenreDException['FERME'], 'Fermé ces jours-là'), (premier_accueil.agenda.regles.vocabulaire.GenreDException['EN_PLUS'], 'Ouvert en plus ce jour-là')], max_length=10)),
                ('du', models.DateField()),
                ('au', models.DateField()),
                ('heure_debut', models.TimeField(blank=True, null=True)),
                ('heure_fin', models.TimeField(blank=True, null=True)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
                ('plage', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exceptions', to='agenda.plagedagenda')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('plage', 'genre', 'du', 'au', 'heure_debut'), name='exception_unique', nulls_distinct=False),
                    models.CheckConstraint(condition=models.Q(('au__gte', models.F('du'))), name='exception_dates'),
                    models.CheckConstraint(condition=models.Q(models.Q(('genre', 'FERME'), ('heure_debut', None), ('heure_fin', None)), models.Q(('au', models.F('du')), ('genre', 'EN_PLUS'), ('heure_fin__gt', models.F('heure_debut'))), _connector='OR'), name='exception_heures'),
                ],
            },
        ),
        migrations.CreateModel(
            name='RendezVous',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(help_text="tiré par la page : un double clic ne prend qu'un rendez-vous")),
                ('bureau', models.CharField(blank=True, max_length=40)),
                ('canal', models.CharField(choices=[(premier_accueil.agenda.regles.vocabulaire.Canal['GUICHET'], 'Sur place'), (premier_accueil.agenda.regles.vocabulaire.Canal['TELEPHONE'], 'Par téléphone'), (premier_accueil.agenda.regles.vocabulaire.Canal['VISIO'], 'En visio'), (premier_accueil.agenda.regles.vocabulaire.Canal['DOMICILE'], 'À domicile')], max_length=10)),
                ('place', models.PositiveSmallIntegerField(default=1, help_text='quand plusieurs sont reçus ensemble')),
                ('debut', models.DateTimeField()),
                ('fin', models.DateTimeField()),
                ('etat', models.CharField(choices=[(premier_accueil.agenda.regles.vocabulaire.EtatDeRendezVous['TENU'], 'tenu quelques minutes'), (premier_accueil.agenda.regles.vocabulaire.EtatDeRendezVous['PRIS'], 'pris'), (premier_accueil.agenda.regles.vocabulaire.EtatDeRendezVous['HONORE'], 'venue'), (premier_accueil.agenda.regles.vocabulaire.EtatDeRendezVous['NON_VENU'], 'pas venue'), (premier_accueil.agenda.regles.vocabulaire.EtatDeRendezVous['DEPLACE'], 'déplacé'), (premier_accueil.agenda.regles.vocabulaire.EtatDeRendezVous['ANNULE_PERSONNE'], 'annulé par la personne'), (premier_accueil.agenda.regles.vocabulaire.EtatDeRendezVous['ANNULE_SERVICE'], 'annulé par le service')], max_length=20)),
                ('tient_jusqu_a', models.DateTimeField(blank=True, null=True)),
                ('nom', models.CharField(blank=True, help_text='si la personne en donne un', max_length=120)),
                ('rappel', models.CharField(choices=[(premier_accueil.agenda.regles.vocabulaire.ModeDeRappel['AUCUN'], 'Pas de rappel'), (premier_accueil.agenda.regles.vocabulaire.ModeDeRappel['SMS'], 'Par SMS'), (premier_accueil.agenda.regles.vocabulaire.ModeDeRappel['COURRIEL'], 'Par courriel')], default='AUCUN', max_length=10)),
                ('joindre', models.CharField(blank=True, help_text='seulement pour un rappel voulu', max_length=254)),
                ('accord', models.BooleanField(default=False, help_text="elle est d'accord pour que l'autre structure les lise")),
                ('pris_le', models.DateTimeField()),
                ('fini_le', models.DateTimeField(blank=True, null=True)),
                ('agent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rendez_vous', to=settings.AUTH_USER_MODEL)),
                ('personne', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='rendez_vous', to='personnes.personne')),
                ('plage', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rendez_vous', to='agenda.plagedagenda')),
                ('pris_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('remplace', models.OneToOneField(blank=True, help_text='celui qui a été déplacé', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='remplacant', to='agenda.rendezvous')),
                ('reservee_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rendez_vous_pris', to='acteurs.structure')),
                ('site', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rendez_vous', to='annuaire.site')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rendez_vous', to='acteurs.structure')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['structure', 'debut'], name='rendez_vous_jour'),
                    models.Index(fields=['reservee_par', 'debut'], name='rendez_vous_pris_chez'),
                    models.Index(fields=['personne', 'debut'], name='rendez_vous_personne'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('reservee_par', 'demande_id'), name='rendez_vous_demande'),
                    models.CheckConstraint(condition=models.Q(('fin__gt', models.F('debut'))), name='rendez_vous_dates'),
                    models.CheckConstraint(condition=models.Q(models.Q(('etat', 'TENU'), ('tient_jusqu_a__isnull', False)), models.Q(('etat', 'TENU'), _negated=True), _connector='OR'), name='rendez_vous_tenu'),
                    models.CheckConstraint(condition=models.Q(('personne', None), ('reservee_par', models.F('structure')), _connector='OR'), name='rendez_vous_personne_chez_soi'),
                    models.CheckConstraint(condition=models.Q(models.Q(('joindre', ''), ('nom', '')), ('reservee_par', models.F('structure')), ('accord', True), _connector='OR'), name='rendez_vous_accord'),
                    models.CheckConstraint(condition=models.Q(('joindre', ''), models.Q(models.Q(('rappel', 'AUCUN'), _negated=True), ('personne', None)), _connector='OR'), name='rendez_vous_joindre_pour_rappel'),
                    django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('etat__in', ['TENU', 'PRIS', 'HONORE', 'NON_VENU'])), expressions=[('plage', '='), ('place', '='), (models.Func(models.F('debut'), models.F('fin'), django.contrib.postgres.fields.ranges.RangeBoundary(), function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='rendez_vous_place'),
                    django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('etat__in', ['TENU', 'PRIS', 'HONORE', 'NON_VENU']), ('agent__isnull', False)), expressions=[('agent', '='), ('plage', '<>'), (models.Func(models.F('debut'), models.F('fin'), django.contrib.postgres.fields.ranges.RangeBoundary(), function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='rendez_vous_agent'),
                    django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('etat__in', ['TENU', 'PRIS', 'HONORE', 'NON_VENU']), models.Q(('bureau', ''), _negated=True)), expressions=[('site', '='), ('bureau', '='), ('plage', '<>'), (models.Func(models.F('debut'), models.F('fin'), django.contrib.postgres.fields.ranges.RangeBoundary(), function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='rendez_vous_bureau'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Rappel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('suite', models.CharField(max_length=12)),
                ('fait_le', models.DateTimeField()),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
                ('rendez_vous', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='rappel_fait', to='agenda.rendezvous')),
            ],
        ),
        migrations.CreateModel(
            name='RendezVousAnonyme',
            fields=[
            ],
            bases=('agenda.rendezvous',),
            managers=[
                ('anonymes', django.db.models.manager.Manager()),
            ],
            options={
                'proxy': True,
                'default_manager_name': 'anonymes',
                'indexes': [
                ],
                'constraints': [
                ],
            },
        ),
        migrations.CreateModel(
            name='Silence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('raison', models.CharField(max_length=10)),
                ('depuis', models.DateTimeField()),
                ('leve_le', models.DateTimeField(blank=True, null=True)),
                ('leve_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('personne', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='silences', to='personnes.personne')),
                ('pose_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('leve_le', None)), fields=('personne',), name='silence_un_en_cours'),
                ],
            },
        ),
        cloisonner('agenda_plagedagenda', lecture='true'),
        cloisonner('agenda_exceptiondagenda', lecture='true'),
        migrations.RunSQL(MURS, SANS_MURS),
        cloisonner('agenda_rappel', taches_qui_ecrivent=('conservation',)),
        cloisonner('agenda_silence', taches_qui_ecrivent=('conservation',)),
        cloisonner(
            'agenda_fluxdecalendrier', lecture="condense = encode(sha256(convert_to(pa_jeton(), 'UTF8')), 'hex')",
        ),
    ]

"""Relays, walled in: the sender owns the row, the recipient sees it once sent, a link and its code open one of them.

A brouillon never leaves the sender's house. What the two wrote is shown to the recipient only while the relay lives."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from premier_accueil.socle.cloison import cloisonner

CONSERVATION, VEILLE = 'conservation', 'relais'
JETON = "encode(sha256(convert_to(pa_jeton(), 'UTF8')), 'hex')"
LIEN = (
    'pa_jeton() IS NOT NULL AND communication_id IN'
    f' (SELECT l.communication_id FROM partage_liendecommunication l WHERE l.condense = {JETON})'
)
RECU = f'envoye_le IS NOT NULL AND (destinataire_id = pa_structure() OR {LIEN})'
RELAIS = 'EXISTS (SELECT FROM relais_relais r WHERE r.id = relais_id)'
VIVANT = (
    'EXISTS (SELECT FROM relais_relais r WHERE r.id = relais_id'
    " AND (r.structure_id = pa_structure() OR r.fini_le IS NULL AND r.etat <> 'REFUSE'))"
)


def _murer(table, lecture, ajout, changement, destruction):
    return migrations.RunSQL(
        [
            f'ALTER TABLE {table} ENABLE ROW LEVEL SECURITY',
            f'ALTER TABLE {table} FORCE ROW LEVEL SECURITY',
            f'CREATE POLICY lecture ON {table} FOR SELECT USING ({lecture})',
            f'CREATE POLICY ajout ON {table} FOR INSERT WITH CHECK ({ajout})',
            f'CREATE POLICY changement ON {table} FOR UPDATE USING ({changement}) WITH CHECK ({changement})',
            f'CREATE POLICY destruction ON {table} FOR DELETE USING ({destruction})',
        ],
        [
            *[f'DROP POLICY {nom} ON {table}' for nom in ('lecture', 'ajout', 'changement', 'destruction')],
            f'ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY',
            f'ALTER TABLE {table} DISABLE ROW LEVEL SECURITY',
        ],
    )


PURGE = f"pa_tache() = '{CONSERVATION}'"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accueil', '0001_initial'),
        ('acteurs', '0001_initial'),
        ('agenda', '0001_initial'),
        ('entretien', '0001_initial'),
        ('partage', '0001_initial'),
        ('personnes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('accueil', '0005_pieces'),
        ('entretien', '0002_demarches'),
        ('partage', '0006_fin_avancee'),
        ('personnes', '0002_structure_ecartee'),
    ]

    operations = [
        migrations.CreateModel(
            name='Relais',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fonction', models.CharField(choices=[('ACCUEIL', "Agent d'accueil"), ('TRAVAIL_SOCIAL', 'Travailleur social'), ('REFERENT_METIER', 'Référent métier'), ('ENCADREMENT', 'Encadrement'), ('COORDINATION', 'Coordination du département'), ('PARTENAIRE', 'Partenaire'), ('ELU', 'Élu'), ('BENEVOLE', 'Bénévole'), ('DPO', 'Délégué à la protection des données'), ('ADMINISTRATION', 'Administration de la structure')], help_text='à qui, là-bas', max_length=20)),
                ('genre', models.CharField(choices=[('RELAIS', 'Relais'), ('INTERPELLATION', 'Interpellation')], default='RELAIS', max_length=15)),
                ('demande_id', models.UUIDField(help_text="tiré par la page : un double clic n'envoie qu'une fois")),
                ('but', models.CharField(max_length=30)),
                ('etat', models.CharField(choices=[('BROUILLON', 'à finir'), ('ACCORD_DONNE', 'accord donné, à envoyer'), ('ENVOYE', 'envoyé'), ('RELANCE', 'envoyé, relancé'), ('SANS_REPONSE', 'sans réponse'), ('AUTRE_DATE', 'autre date proposée'), ('ACCEPTE', 'accepté'), ('REFUSE', 'refusé'), ('NON_VENU', 'pas venue'), ('RENCONTRE', 'rencontrée'), ('ISSUE', 'issue connue'), ('CLOS', 'clos'), ('ANNULE', 'annulé'), ('RETIRE', 'accord retiré'), ('REBONDI', 'repris vers un autre service')], default='BROUILLON', max_length=15)),
                ('mode', models.CharField(choices=[('CRENEAU', 'Un créneau de leur agenda'), ('TELEPHONE', 'Une date donnée par téléphone'), ('A_PROPOSER', 'Pas de date : le service en propose une')], default='A_PROPOSER', max_length=10)),
                ('quand', models.DateTimeField(blank=True, help_text='le rendez-vous donné', null=True)),
                ('lieu', models.CharField(blank=True, max_length=200)),
                ('repondu_par', models.CharField(blank=True, help_text='qui a donné la date, au téléphone', max_length=120)),
                ('autre_quand', models.DateTimeField(blank=True, help_text='la date que le destinataire propose', null=True)),
                ('autre_lieu', models.CharField(blank=True, max_length=200)),
                ('motif', models.CharField(blank=True, help_text='code de la liste que le dernier geste demande', max_length=20)),
                ('issue', models.CharField(blank=True, max_length=20)),
                ('reponse_jours', models.PositiveSmallIntegerField(blank=True, help_text='délai de la convention', null=True)),
                ('echeance', models.DateTimeField(blank=True, help_text='calculée par les règles à chaque geste', null=True)),
                ('cree_le', models.DateTimeField()),
                ('envoye_le', models.DateTimeField(blank=True, null=True)),
                ('repondu_le', models.DateTimeField(blank=True, help_text="première réponse, quelle qu'elle soit", null=True)),
                ('bouge_le', models.DateTimeField()),
                ('rappelee_le', models.DateTimeField(blank=True, help_text='la personne, après une absence', null=True)),
                ('fini_le', models.DateTimeField(blank=True, null=True)),
                ('accord', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='relais', to='partage.accord')),
                ('auteur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('besoin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='relais', to='accueil.besoin')),
                ('communication', models.OneToOneField(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='relais', to='partage.communication')),
                ('confie_a', models.ForeignKey(blank=True, help_text="qui s'en occupe là-bas", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('demarche', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='relais', to='entretien.demarche')),
                ('destinataire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relais_recus', to='acteurs.structure')),
                ('passage', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='relais', to='accueil.passage')),
                ('personne', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='relais', to='personnes.personne')),
                ('rendez_vous', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='relais', to='agenda.rendezvous')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='relais_envoyes', to='acteurs.structure')),
                ('suite_de', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='suite', to='relais.relais')),
                ('suivi_par', models.ForeignKey(help_text="qui en répond chez l'émetteur", on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['structure', 'etat', 'echeance'], name='relais_a_suivre'),
                    models.Index(fields=['destinataire', 'etat', 'echeance'], name='relais_a_traiter'),
                    models.Index(condition=models.Q(('fini_le', None)), fields=['echeance'], name='relais_en_retard'),
                    models.Index(fields=['personne', 'cree_le'], name='relais_personne'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'demande_id'), name='relais_demande'),
                    models.CheckConstraint(condition=models.Q(('destinataire', models.F('structure')), _negated=True), name='relais_entre_deux_structures'),
                    models.CheckConstraint(condition=models.Q(('etat__in', ['BROUILLON', 'ACCORD_DONNE', 'ANNULE', 'RETIRE']), models.Q(('communication__isnull', False), ('envoye_le__isnull', False)), _connector='OR'), name='relais_envoye_avec_sa_communication'),
                    models.CheckConstraint(condition=models.Q(models.Q(('mode', 'TELEPHONE'), _negated=True), models.Q(('repondu_par', ''), _negated=True), _connector='OR'), name='relais_qui_a_repondu'),
                    models.CheckConstraint(condition=models.Q(('fini_le__isnull', True), ('etat__in', ['CLOS', 'ANNULE', 'RETIRE', 'REBONDI']), _connector='XOR'), name='relais_fini_un_jour'),
                    models.CheckConstraint(condition=models.Q(('fini_le__isnull', False), ('echeance__isnull', False), _connector='OR'), name='relais_ouvert_a_une_echeance'),
                    models.CheckConstraint(condition=models.Q(models.Q(('etat', 'AUTRE_DATE'), _negated=True), ('autre_quand__isnull', False), _connector='OR'), name='relais_date'),
                    models.CheckConstraint(condition=models.Q(models.Q(('etat', 'ISSUE'), _negated=True), models.Q(('issue', ''), _negated=True), _connector='OR'), name='relais_issue_dite'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PasDeRelais',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('geste', models.CharField(max_length=25)),
                ('avant', models.CharField(choices=[('BROUILLON', 'à finir'), ('ACCORD_DONNE', 'accord donné, à envoyer'), ('ENVOYE', 'envoyé'), ('RELANCE', 'envoyé, relancé'), ('SANS_REPONSE', 'sans réponse'), ('AUTRE_DATE', 'autre date proposée'), ('ACCEPTE', 'accepté'), ('REFUSE', 'refusé'), ('NON_VENU', 'pas venue'), ('RENCONTRE', 'rencontrée'), ('ISSUE', 'issue connue'), ('CLOS', 'clos'), ('ANNULE', 'annulé'), ('RETIRE', 'accord retiré'), ('REBONDI', 'repris vers un autre service')], max_length=15)),
                ('apres', models.CharField(choices=[('BROUILLON', 'à finir'), ('ACCORD_DONNE', 'accord donné, à envoyer'), ('ENVOYE', 'envoyé'), ('RELANCE', 'envoyé, relancé'), ('SANS_REPONSE', 'sans réponse'), ('AUTRE_DATE', 'autre date proposée'), ('ACCEPTE', 'accepté'), ('REFUSE', 'refusé'), ('NON_VENU', 'pas venue'), ('RENCONTRE', 'rencontrée'), ('ISSUE', 'issue connue'), ('CLOS', 'clos'), ('ANNULE', 'annulé'), ('RETIRE', 'accord retiré'), ('REBONDI', 'repris vers un autre service')], max_length=15)),
                ('partie', models.CharField(max_length=12)),
                ('signature', models.CharField(blank=True, help_text='nom et fonction de qui répond par le lien', max_length=160)),
                ('motif', models.CharField(blank=True, max_length=20)),
                ('quand', models.DateTimeField(blank=True, help_text='la date donnée par ce geste', null=True)),
                ('fait_le', models.DateTimeField()),
                ('compte', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('destinataire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
                ('relais', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pas', to='relais.relais')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['relais', 'fait_le'], name='pas_de_relais'),
                ],
            },
        ),
        migrations.CreateModel(
            name='MessageDeRelais',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(help_text="tiré par la page : un double clic n'écrit qu'une fois")),
                ('element', models.CharField(max_length=30)),
                ('texte', models.TextField()),
                ('signature', models.CharField(help_text="qui écrit, tel que l'autre le lit", max_length=160)),
                ('envoye_le', models.DateTimeField()),
                ('lu_le', models.DateTimeField(blank=True, null=True)),
                ('compte', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('expediteur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
                ('relais', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='relais.relais')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['relais', 'envoye_le'], name='message_de_relais'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('expediteur', 'demande_id'), name='message_de_relais_demande'),
                    models.CheckConstraint(condition=models.Q(('texte', ''), _negated=True), name='message_de_relais_ecrit'),
                    models.CheckConstraint(condition=models.Q(('structure', models.F('expediteur')), _negated=True), name='message_de_relais_vers_l_autre'),
                ],
            },
        ),
        migrations.CreateModel(
            name='LienDeRelais',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('condense', models.CharField(help_text="empreinte de l'adresse, sans le code", max_length=64, unique=True)),
                ('essais', models.PositiveSmallIntegerField(default=0, help_text='codes faux')),
                ('cree_le', models.DateTimeField()),
                ('expire_le', models.DateTimeField()),
                ('ouvert_le', models.DateTimeField(blank=True, null=True)),
                ('revoque_le', models.DateTimeField(blank=True, null=True)),
                ('lien', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='lien_de_relais', to='partage.liendecommunication')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
                ('relais', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='liens', to='relais.relais')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('expire_le__gt', models.F('cree_le'))), name='lien_de_relais_dates'),
                ],
            },
        ),
        migrations.CreateModel(
            name='BrouillonDeRelais',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('saisie', models.JSONField(default=dict, help_text="les champs de la page, tels qu'ils ont été écrits")),
                ('version', models.PositiveIntegerField(default=1, help_text="une de plus à chaque fois qu'on le garde")),
                ('garde_par', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
                ('relais', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='brouillon', to='relais.relais')),
            ],
        ),
        migrations.CreateModel(
            name='Abonnement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('adresse', models.CharField(max_length=300)),
                ('secret', models.CharField(help_text='signe chaque message (HMAC-SHA256)', max_length=64)),
                ('cree_le', models.DateTimeField()),
                ('arrete_le', models.DateTimeField(blank=True, null=True)),
                ('echecs', models.PositiveSmallIntegerField(default=0, help_text='de suite ; remis à zéro quand un message passe')),
                ('cree_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('adresse__startswith', 'https://')), name='abonnement_chiffre'),
                    models.UniqueConstraint(condition=models.Q(('arrete_le', None)), fields=('structure', 'adresse'), name='abonnement_unique'),
                ],
            },
        ),
        cloisonner(
            'relais_relais', lecture=RECU, changement=RECU, taches=(VEILLE,), taches_qui_ecrivent=(CONSERVATION,),
        ),
        # Added by either side, never changed: the history of a relay.
        _murer('relais_pasderelais', f'{RELAIS} OR {PURGE}', RELAIS, 'false', PURGE),
        cloisonner('relais_brouillonderelais', taches_qui_ecrivent=(CONSERVATION,)),
        _murer(
            'relais_messagederelais', f'{VIVANT} OR {PURGE}', f'expediteur_id = pa_structure() AND {VIVANT}',
            f'structure_id = pa_structure() AND {VIVANT}', PURGE,
        ),
        cloisonner(
            'relais_lienderelais', lecture=f'condense = {JETON}', changement=f'condense = {JETON}',
            taches_qui_ecrivent=(CONSERVATION,),
        ),
    ]

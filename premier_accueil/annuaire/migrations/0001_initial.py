"""The tables of this room."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import premier_accueil.socle.index


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('acteurs', '0001_initial'),
        ('territoire', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('territoire', '0003_contours_sans_compression'),
        ('acteurs', '0004_jetons'),
    ]

    operations = [
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ],
        ),
        migrations.CreateModel(
            name='ImportDAnnuaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('genre', models.CharField(choices=[('FRANCE_SERVICES', 'Liste des France services (ANCT)'), ('DATA_INCLUSION', 'data·inclusion v1 (structures et services)'), ('DILA', "Annuaire de l'administration (DILA, CSV)"), ('MEDIATION_NUMERIQUE', 'Médiation numérique de Maine-et-Loire (JSON)')], max_length=20)),
                ('fichiers', models.CharField(max_length=500)),
                ('empreinte', models.CharField(help_text='du contenu et de ses réglages', max_length=64)),
                ('commence_le', models.DateTimeField()),
                ('fini_le', models.DateTimeField(blank=True, null=True)),
                ('blocs', models.PositiveIntegerField(default=0, help_text='combien il y en a ; ceux qui sont faits ont leur ligne')),
                ('resume', models.JSONField(default=dict, help_text='comptes de la fin, en nombres')),
                ('echec', models.CharField(blank=True, help_text="pourquoi rien n'a pu être lu", max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name='Permanence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('forme', models.CharField(choices=[('FIXE', 'sur place'), ('ITINERANTE', 'permanence itinérante'), ('MOBILE', 'bus ou point mobile'), ('A_DOMICILE', 'à domicile'), ('TELEPHONE', 'par téléphone')], default='FIXE', max_length=12)),
                ('horaires', models.CharField(blank=True, help_text='syntaxe OpenStreetMap opening_hours', max_length=500)),
                ('horaires_texte', models.CharField(blank=True, help_text='tels que donnés, quand la syntaxe ne sait pas le dire', max_length=500)),
                ('sur_rendez_vous', models.BooleanField(null=True)),
                ('precision', models.CharField(blank=True, max_length=1000)),
            ],
        ),
        migrations.CreateModel(
            name='Service',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=60)),
                ('source_id', models.CharField(max_length=160)),
                ('nom', models.CharField(max_length=200)),
                ('cle', models.CharField(max_length=200)),
                ('description', models.TextField(blank=True)),
                ('type', models.CharField(blank=True, max_length=60)),
                ('thematiques', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), default=list, size=None)),
                ('publics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                ('publics_precisions', models.TextField(blank=True)),
                ('conditions_acces', models.TextField(blank=True)),
                ('frais', models.CharField(blank=True, max_length=20)),
                ('frais_precisions', models.TextField(blank=True)),
                ('modes_accueil', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list, size=None)),
                ('modes_mobilisation', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ('mobilisable_par', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list, size=None)),
                ('mobilisation_precisions', models.TextField(blank=True)),
                ('lien_mobilisation', models.CharField(blank=True, max_length=500)),
                ('zone', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=9), default=list, help_text='codes commune, EPCI, département ou « france »', size=None)),
                ('telephone', models.CharField(blank=True, max_length=40)),
                ('courriel', models.EmailField(blank=True, max_length=254)),
                ('pieces', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), default=list, help_text='papiers à apporter', size=None)),
                ('delai_jours', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('langues', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), default=list, help_text='codes ISO 639 ; vide : inconnu, jamais « aucune »', size=None)),
                ('places', models.PositiveSmallIntegerField(blank=True, help_text='capacité', null=True)),
                ('places_libres', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('liste_d_attente', models.BooleanField(blank=True, null=True)),
                ('places_dites_le', models.DateField(blank=True, help_text="jour où les places et l'attente ont été dites", null=True)),
                ('date_maj', models.DateField(blank=True, null=True)),
                ('confirme_le', models.DateField(blank=True, help_text='dernière confirmation, voir ``Confirmation``', null=True)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='services', to='acteurs.structure')),
            ],
            options={
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(fields=['thematiques'], name='service_thematiques'),
                    django.contrib.postgres.indexes.GinIndex(fields=['zone'], name='service_zone'),
                    models.Index(premier_accueil.socle.index.Identifiant('source', 'source_id', genre='service'), name='service_identifiant'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('source', 'source_id'), name='service_source'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Campagne',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('departement', models.CharField(max_length=3)),
                ('comite_le', models.DateField(help_text='jour du comité')),
                ('quoi', models.CharField(choices=[('TOUTES', 'toutes les fiches'), ('A_CONFIRMER', 'seulement celles qui sont à confirmer')], max_length=12)),
                ('territoire', models.CharField(blank=True, help_text="code de l'intercommunalité", max_length=9)),
                ('territoire_nom', models.CharField(blank=True, max_length=120)),
                ('page', models.CharField(help_text="adresse de la page d'un lien, « {} » à la place du secret", max_length=300)),
                ('ouverte_le', models.DateTimeField()),
                ('fermee_le', models.DateTimeField(blank=True, null=True)),
                ('ouverte_par', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('fermee_le', None)), fields=('departement', 'comite_le', 'quoi', 'territoire'), name='campagne_unique'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('objet', models.CharField(choices=[('SERVICE', 'service'), ('STRUCTURE', 'structure')], max_length=14)),
                ('objet_id', models.BigIntegerField()),
                ('le', models.DateTimeField()),
                ('par_dit', models.CharField(blank=True, help_text='nom et fonction, tels que signés', max_length=200)),
                ('moyen', models.CharField(choices=[('ICI', 'sur sa fiche'), ('LIEN', 'par lien'), ('TELEPHONE', 'au téléphone')], max_length=10)),
                ('par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['objet', 'objet_id', '-le'], name='confirmation_objet'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('objet__in', ['SERVICE', 'STRUCTURE'])), name='confirmation_objet_connu'),
                ],
            },
        ),
        migrations.CreateModel(
            name='FusionDeFiches',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('absorbee_id', models.BigIntegerField(help_text="clé de la fiche absorbée, reprise si l'on revient en arrière")),
                ('absorbee', models.JSONField(help_text='la fiche absorbée, colonne par colonne')),
                ('deplaces', models.JSONField(default=dict, help_text='clés des lignes passées à la fiche gardée, par colonne')),
                ('lieux', models.JSONField(default=dict, help_text='identifiants de lieux renommés : avant, par clé')),
                ('champs', models.JSONField(default=dict, help_text='champs pris à la fiche absorbée : avant, après')),
                ('score', models.PositiveSmallIntegerField(null=True)),
                ('raisons', models.JSONField(default=list)),
                ('le', models.DateTimeField()),
                ('annulee_le', models.DateTimeField(blank=True, null=True)),
                ('annulee_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('gardee', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fusions', to='acteurs.structure')),
                ('par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['-le'], name='fusion_fiches_le'),
                ],
            },
        ),
        migrations.CreateModel(
            name='GuideImprime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cle', models.UUIDField(help_text='tirée par le formulaire : deux clics, un guide', unique=True)),
                ('nom', models.CharField(help_text='nom du territoire', max_length=1000)),
                ('communes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), default=list, size=None)),
                ('epci', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=9), default=list, size=None)),
                ('departements', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), default=list, size=None)),
                ('papier', models.CharField(choices=[('a4', 'A4, deux colonnes'), ('a5', 'A5, en livret')], max_length=2)),
                ('adresse', models.CharField(help_text='page publique, en toutes lettres et en code QR', max_length=300)),
                ('etat', models.CharField(choices=[('DEMANDE', 'en attente'), ('EN_COURS', 'en cours'), ('PRET', 'prêt'), ('ECHOUE', "n'a pas pu être fait")], max_length=10)),
                ('services', models.PositiveIntegerField(default=0)),
                ('demande_le', models.DateTimeField()),
                ('fait_le', models.DateTimeField(blank=True, null=True)),
                ('pdf', models.BinaryField(blank=True, null=True)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['-demande_le'], name='guide_demande_le'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('etat', 'PRET'), ('pdf__isnull', False)), models.Q(models.Q(('etat', 'PRET'), _negated=True), ('pdf', None)), _connector='OR'), name='guide_pret_a_son_pdf'),
                ],
            },
        ),
        migrations.CreateModel(
            name='BlocDImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rang', models.PositiveIntegerField()),
                ('bilan', models.JSONField()),
                ('importation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='faits', to='annuaire.importdannuaire')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('importation', 'rang'), name='bloc_une_fois'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Initiative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nom', models.CharField(max_length=200)),
                ('actions', models.TextField(help_text='ce qui est fait, concrètement')),
                ('valeurs', models.TextField(blank=True)),
                ('utilite_sociale', models.TextField(blank=True, help_text='ce que cela change, pour qui')),
                ('thematiques', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None)),
                ('publics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ('depuis', models.DateField(blank=True, null=True)),
                ('jusqu_au', models.DateField(blank=True, null=True)),
                ('modifiee_le', models.DateTimeField()),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='initiatives', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'nom'), name='initiative_unique'),
                    models.CheckConstraint(condition=models.Q(('depuis', None), ('jusqu_au', None), ('jusqu_au__gte', models.F('depuis')), _connector='OR'), name='initiative_dates'),
                ],
            },
        ),
        migrations.CreateModel(
            name='LienDeFiche',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tour', models.PositiveSmallIntegerField(default=0, help_text="refait : le lien d'avant ne sert plus")),
                ('condense', models.CharField(max_length=64, unique=True)),
                ('cree_le', models.DateTimeField()),
                ('expire_le', models.DateTimeField()),
                ('revoque_le', models.DateTimeField(blank=True, null=True)),
                ('envois', models.PositiveSmallIntegerField(default=0, help_text='premier message et relances')),
                ('envoye_le', models.DateTimeField(blank=True, help_text='dernier message', null=True)),
                ('ouvert_le', models.DateTimeField(blank=True, null=True)),
                ('repondu_le', models.DateTimeField(blank=True, help_text='tout est confirmé ou corrigé', null=True)),
                ('repondu_dit', models.CharField(blank=True, help_text='nom et fonction, tels que signés', max_length=200)),
                ('campagne', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='liens', to='annuaire.campagne')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='liens_de_fiche', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('campagne', 'structure'), name='lien_de_fiche_unique'),
                    models.CheckConstraint(condition=models.Q(('expire_le__gt', models.F('cree_le'))), name='lien_de_fiche_dates'),
                ],
            },
        ),
        migrations.CreateModel(
            name='MotDeLAnnuaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mot', models.CharField(max_length=60, unique=True)),
            ],
            options={
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('mot', name='gin_trgm_ops'), fastupdate=False, name='mot_annuaire_trigrammes'),
                    models.Index(django.contrib.postgres.indexes.OpClass('mot', name='text_pattern_ops'), name='mot_annuaire_prefixe'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PaireDeDoublons',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('score', models.PositiveSmallIntegerField(help_text='sur 100')),
                ('raisons', models.JSONField(default=list, help_text="critère et points, dans l'ordre")),
                ('etat', models.CharField(choices=[('PROPOSEE', 'à regarder'), ('ECARTEE', 'ce ne sont pas les mêmes')], default='PROPOSEE', max_length=10)),
                ('proposee_le', models.DateTimeField()),
                ('le', models.DateTimeField(blank=True, null=True)),
                ('autre', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='acteurs.structure')),
                ('par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('une', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='acteurs.structure')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['etat', '-score', 'id'], name='paire_etat'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('une', 'autre'), name='paire_unique'),
                    models.CheckConstraint(condition=models.Q(('une__lt', models.F('autre'))), name='paire_ordonnee'),
                    models.CheckConstraint(condition=models.Q(('score__lte', 100)), name='paire_score'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Fermeture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('du', models.DateField()),
                ('au', models.DateField()),
                ('motif', models.CharField(blank=True, max_length=200)),
                ('permanence', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='fermetures', to='annuaire.permanence')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('permanence', 'du', 'au'), name='fermeture_unique'),
                    models.CheckConstraint(condition=models.Q(('au__gte', models.F('du'))), name='fermeture_dates'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ReferentDeTerritoire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('departement', models.CharField(max_length=3)),
                ('nom', models.CharField(max_length=120)),
                ('fonction', models.CharField(blank=True, max_length=120)),
                ('telephone', models.CharField(blank=True, max_length=40)),
                ('courriel', models.EmailField(blank=True, max_length=254)),
                ('diffusion', models.CharField(choices=[('RESEAU', 'réseau seulement'), ('PERSONNE_RECUE', 'personne reçue'), ('PUBLIC', 'public')], default='RESEAU', max_length=16)),
                ('du', models.DateField()),
                ('au', models.DateField(blank=True, null=True)),
                ('territoire', models.CharField(help_text='nom du quartier, du canton, du secteur', max_length=120)),
                ('communes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), default=list, help_text='codes INSEE', size=None)),
                ('missions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('REPRESENTER', "représenter l'action de façon cohérente sur le territoire"), ('ETRE_INTERLOCUTEUR', "être l'interlocuteur des acteurs du territoire"), ('DIFFUSER', "rassembler et diffuser l'information du territoire"), ('FAIRE_REMONTER', 'faire remonter les besoins du territoire')], max_length=20), default=list, size=None)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='acteurs.structure')),
            ],
            options={
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(fields=['communes'], name='referent_de_territoire_com'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('au', None), ('au__gte', models.F('du')), _connector='OR'), name='referent_territoire_dates'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ReferentThematique',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('departement', models.CharField(max_length=3)),
                ('nom', models.CharField(max_length=120)),
                ('fonction', models.CharField(blank=True, max_length=120)),
                ('telephone', models.CharField(blank=True, max_length=40)),
                ('courriel', models.EmailField(blank=True, max_length=254)),
                ('diffusion', models.CharField(choices=[('RESEAU', 'réseau seulement'), ('PERSONNE_RECUE', 'personne reçue'), ('PUBLIC', 'public')], default='RESEAU', max_length=16)),
                ('du', models.DateField()),
                ('au', models.DateField(blank=True, null=True)),
                ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), help_text='codes de thématiques ou de familles', size=None)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='acteurs.structure')),
            ],
            options={
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(fields=['themes'], name='referent_thematique_themes'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('au', None), ('au__gte', models.F('du')), _connector='OR'), name='referent_thematique_dates'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('objet', models.CharField(choices=[('STRUCTURE', 'structure'), ('SITE', 'lieu'), ('SERVICE', 'service'), ('PERMANENCE', 'permanence'), ('INTERLOCUTEUR', 'contact'), ('FERMETURE', 'fermeture')], max_length=14)),
                ('objet_id', models.BigIntegerField()),
                ('champ', models.CharField(max_length=60)),
                ('avant', models.JSONField(null=True)),
                ('apres', models.JSONField(null=True)),
                ('origine', models.CharField(choices=[('HUMAIN', 'corrigé ici'), ('IMPORT', 'import'), ('LIEN', 'corrigé par la structure, par lien'), ('FUSION', 'fusion de deux fiches'), ('ANNULATION', 'retour en arrière')], max_length=10)),
                ('auteur_dit', models.CharField(blank=True, help_text="nom et fonction, ou source de l'import", max_length=200)),
                ('le', models.DateTimeField()),
                ('annule_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='annulees', to='annuaire.revision')),
                ('auteur', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['objet', 'objet_id', 'champ', '-id'], name='revision_objet'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('annule_par', models.F('id')), _negated=True), name='revision_pas_par_elle_meme'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Secteur',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('voie', models.CharField(blank=True, help_text='vide : toute la commune', max_length=200)),
                ('cle_de_voie', models.CharField(blank=True, help_text='sans accent, pour comparer', max_length=200)),
                ('du', models.DateField()),
                ('au', models.DateField(blank=True, null=True)),
                ('source', models.CharField(help_text='délibération, arrêté, tableau et sa date', max_length=200)),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='secteurs', to='territoire.commune')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='secteurs', to='acteurs.structure')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['commune', 'cle_de_voie'], name='secteur_commune'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'commune', 'cle_de_voie', 'du'), name='secteur_unique'),
                    models.CheckConstraint(condition=models.Q(('au', None), ('au__gte', models.F('du')), _connector='OR'), name='secteur_dates'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TexteDeService',
            fields=[
                ('service', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, primary_key=True, related_name='texte_cherche', serialize=False, to='annuaire.service')),
                ('texte', django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=['texte'], name='texte_de_service'),
                ],
            },
        ),
        migrations.AddField(
            model_name='permanence',
            name='service',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='permanences', to='annuaire.service'),
        ),
        migrations.CreateModel(
            name='Interlocuteur',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nom', models.CharField(max_length=120)),
                ('fonction', models.CharField(blank=True, max_length=120)),
                ('telephone', models.CharField(blank=True, max_length=40)),
                ('courriel', models.EmailField(blank=True, max_length=254)),
                ('diffusion', models.CharField(choices=[('RESEAU', 'réseau seulement'), ('PERSONNE_RECUE', 'personne reçue'), ('PUBLIC', 'public')], default='RESEAU', max_length=16)),
                ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interlocuteurs', to='annuaire.service')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('service', 'nom'), name='interlocuteur_unique'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('objet', models.CharField(choices=[('STRUCTURE', 'structure'), ('SITE', 'lieu'), ('SERVICE', 'service'), ('PERMANENCE', 'permanence'), ('INTERLOCUTEUR', 'contact'), ('FERMETURE', 'fermeture')], max_length=14)),
                ('objet_id', models.BigIntegerField()),
                ('champ', models.CharField(max_length=60)),
                ('avant', models.JSONField(null=True)),
                ('apres', models.JSONField(null=True)),
                ('pourquoi', models.CharField(max_length=500)),
                ('demande_id', models.UUIDField(unique=True)),
                ('par_dit', models.CharField(help_text='nom et structure', max_length=200)),
                ('le', models.DateTimeField()),
                ('etat', models.CharField(choices=[('PROPOSEE', 'en attente'), ('ACCEPTEE', 'acceptée'), ('REFUSEE', 'refusée')], default='PROPOSEE', max_length=10)),
                ('decidee_le', models.DateTimeField(blank=True, null=True)),
                ('mot', models.CharField(blank=True, max_length=500)),
                ('decidee_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('par', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(help_text='qui tient la fiche', on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='acteurs.structure')),
                ('service', models.ForeignKey(blank=True, help_text='vide : la fiche de la structure', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='annuaire.service')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['etat', 'structure'], name='correction_etat'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('decidee_le', None), ('etat', 'PROPOSEE')), models.Q(models.Q(('etat', 'PROPOSEE'), _negated=True), ('decidee_le__isnull', False)), _connector='OR'), name='correction_decidee'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_id', models.CharField(help_text="stable d'un import à l'autre, au sein de la structure", max_length=200)),
                ('nom', models.CharField(max_length=200)),
                ('adresse', models.CharField(blank=True, max_length=300)),
                ('complement', models.CharField(blank=True, max_length=300)),
                ('code_postal', models.CharField(blank=True, max_length=5)),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('point_verifie', models.BooleanField(help_text='le point est dans le contour de la commune ; inconnu sans contour', null=True)),
                ('telephone', models.CharField(blank=True, max_length=40)),
                ('fauteuil', models.BooleanField(blank=True, null=True)),
                ('toilettes_adaptees', models.BooleanField(blank=True, null=True)),
                ('stationnement_adapte', models.BooleanField(blank=True, null=True)),
                ('boucle_magnetique', models.BooleanField(blank=True, null=True)),
                ('reperes_malvoyants', models.BooleanField(blank=True, null=True)),
                ('neutre', models.BooleanField(blank=True, help_text="rien dehors ne dit pourquoi l'on vient", null=True)),
                ('bureau_confidentiel', models.BooleanField(blank=True, null=True)),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sites', to='territoire.commune')),
                ('structure', models.ForeignKey(help_text='structure qui tient le lieu', on_delete=django.db.models.deletion.CASCADE, related_name='sites', to='acteurs.structure')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['latitude', 'longitude'], name='site_point'),
                    models.Index(condition=models.Q(('latitude', None), ('point_verifie', False), _connector='OR'), fields=['commune'], name='site_sans_point'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('structure', 'source_id'), name='site_source'),
                    models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__range', (-90, 90)), ('longitude__range', (-180, 180))), _connector='OR'), name='site_point_sur_terre'),
                ],
            },
        ),
        migrations.AddField(
            model_name='permanence',
            name='site',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='permanences', to='annuaire.site'),
        ),
        migrations.CreateModel(
            name='ActionCollective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(unique=True)),
                ('nom', models.CharField(max_length=200)),
                ('description', models.TextField(blank=True)),
                ('thematiques', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), blank=True, default=list, size=None)),
                ('publics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ('lieu', models.CharField(blank=True, help_text="adresse, quand ce n'est pas un lieu de l'annuaire", max_length=300)),
                ('debut', models.DateTimeField()),
                ('fin', models.DateTimeField()),
                ('venir', models.CharField(blank=True, help_text="comment venir ou s'inscrire", max_length=300)),
                ('places', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('annulee_le', models.DateTimeField(blank=True, null=True)),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions_collectives', to='territoire.commune')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions_collectives', to='acteurs.structure')),
                ('site', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='actions_collectives', to='annuaire.site')),
            ],
            options={
                'indexes': [
                    models.Index(fields=['debut'], name='action_collective_debut'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('fin__gt', models.F('debut'))), name='action_collective_dates'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SourceDAnnuaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('nom', models.CharField(max_length=120, unique=True)),
                ('genre', models.CharField(choices=[('FRANCE_SERVICES', 'Liste des France services (ANCT)'), ('DATA_INCLUSION', 'data·inclusion v1 (structures et services)'), ('DILA', "Annuaire de l'administration (DILA, CSV)"), ('MEDIATION_NUMERIQUE', 'Médiation numérique de Maine-et-Loire (JSON)')], max_length=20)),
                ('adresse', models.CharField(help_text='https://… ; un chemin de fichier se donne par la commande', max_length=500)),
                ('adresse_services', models.CharField(blank=True, help_text='data·inclusion : celui des services', max_length=500)),
                ('rythme', models.CharField(choices=[('A_LA_DEMANDE', 'à la demande seulement'), ('JOUR', 'chaque nuit'), ('SEMAINE', 'chaque semaine'), ('MOIS', 'chaque mois')], default='A_LA_DEMANDE', max_length=12)),
                ('prochain_le', models.DateTimeField(blank=True, null=True)),
                ('ajoutee_le', models.DateTimeField()),
                ('arretee_le', models.DateTimeField(blank=True, null=True)),
                ('ajoutee_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('genre', 'DATA_INCLUSION'), _negated=True), models.Q(('adresse_services', ''), _negated=True), _connector='OR'), name='source_data_inclusion_deux_fichiers'),
                ],
            },
        ),
        migrations.AddField(
            model_name='importdannuaire',
            name='source',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='imports', to='annuaire.sourcedannuaire'),
        ),
        migrations.CreateModel(
            name='TempsDeReponse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jours', models.PositiveSmallIntegerField(help_text='médiane, en jours ouvrés')),
                ('nombre', models.PositiveIntegerField(help_text='relais comptés')),
                ('calcule_le', models.DateTimeField()),
                ('structure', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='temps_de_reponse', to='acteurs.structure')),
            ],
        ),
        migrations.CreateModel(
            name='TeteDeReseau',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('departement', models.CharField(max_length=3)),
                ('theme', models.CharField(help_text="code d'une thématique, ou d'une famille de thématiques", max_length=120)),
                ('du', models.DateField()),
                ('au', models.DateField(blank=True, null=True)),
                ('source', models.CharField(help_text='décision et sa date', max_length=200)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tetes_de_reseau', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('au', None)), fields=('departement', 'theme'), name='tete_de_reseau_une_par_theme'),
                    models.CheckConstraint(condition=models.Q(('au', None), ('au__gte', models.F('du')), _connector='OR'), name='tete_de_reseau_dates'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AliasDeSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=60)),
                ('source_id', models.CharField(max_length=160)),
                ('champs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, help_text='champs choisis de cette source', size=None)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='alias', to='acteurs.structure')),
            ],
            options={
                'constraints': [
                    models.UniqueConstraint(fields=('source', 'source_id'), name='alias_source'),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name='permanence',
            constraint=models.UniqueConstraint(fields=('service', 'site', 'horaires', 'horaires_texte'), name='permanence_unique', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='permanence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('site', None), _negated=True), ('forme__in', ['A_DOMICILE', 'TELEPHONE']), _connector='OR'), name='permanence_a_un_site'),
        ),
        migrations.AddIndex(
            model_name='importdannuaire',
            index=models.Index(fields=['empreinte'], name='import_empreinte'),
        ),
        migrations.AddConstraint(
            model_name='importdannuaire',
            constraint=models.UniqueConstraint(condition=models.Q(('fini_le', None)), fields=('empreinte',), name='import_en_cours_unique'),
        ),
    ]

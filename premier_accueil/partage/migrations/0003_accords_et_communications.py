"""Agreements, copies, links and their register, walled in. A copy belongs to its recipient and is written by its sender."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from premier_accueil.socle.cloison import cloisonner
from premier_accueil.socle.journal.migrations import PURGE, VERIFICATION, ajout_seul


CONSERVATION = 'conservation'
JETON = "encode(sha256(convert_to(pa_jeton(), 'UTF8')), 'hex')"
TACHE = f"pa_tache() = '{CONSERVATION}'"
PAR_LIEN = f'(SELECT communication_id FROM partage_liendecommunication WHERE condense = {JETON})'
OUVERTE = (
    'EXISTS (SELECT FROM partage_communication c WHERE c.id = communication_id AND c.fermee_le IS NULL'
    f' AND (c.structure_id = pa_structure() OR c.id IN {PAR_LIEN}))'
)
# (read, add, change): the sender writes the copy and closes it; the recipient, or the holder of a link, reads it and
# says when. The words of a closed copy are shown to the sender only.
MURS = {
    'communication': (
        f'structure_id = pa_structure() OR expediteur_id = pa_structure() OR id IN {PAR_LIEN} OR {TACHE}',
        'expediteur_id = pa_structure()',
        f'structure_id = pa_structure() OR expediteur_id = pa_structure() OR {TACHE}',
    ),
    'elementcommunique': (
        f'expediteur_id = pa_structure() OR {OUVERTE} OR {TACHE}',
        'expediteur_id = pa_structure()',
        'false',
    ),
    'liendecommunication': (
        f'structure_id = pa_structure() OR condense = {JETON} OR {TACHE}',
        'structure_id = pa_structure()',
        f'structure_id = pa_structure() OR condense = {JETON}',
    ),
}


def _murer(table, lecture, ajout, changement):
    table = f'partage_{table}'
    return migrations.RunSQL(
        [
            f'ALTER TABLE {table} ENABLE ROW LEVEL SECURITY',
            f'ALTER TABLE {table} FORCE ROW LEVEL SECURITY',
            f'CREATE POLICY lecture ON {table} FOR SELECT USING ({lecture})',
            f'CREATE POLICY ajout ON {table} FOR INSERT WITH CHECK ({ajout})',
            f'CREATE POLICY changement ON {table} FOR UPDATE USING ({changement}) WITH CHECK ({changement})',
            f'CREATE POLICY destruction ON {table} FOR DELETE USING ({TACHE})',
        ],
        [
            *[f'DROP POLICY {nom} ON {table}' for nom in ('lecture', 'ajout', 'changement', 'destruction')],
            f'ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY',
            f'ALTER TABLE {table} DISABLE ROW LEVEL SECURITY',
        ],
    )


# What left stays what it was: the sender only closes, the recipient only says when it was read, nobody opens again.
INTANGIBLE = """
CREATE FUNCTION partage_copie_intangible() RETURNS trigger LANGUAGE plpgsql AS $corps$BEGIN
    IF to_jsonb(NEW) - '{fermee_le,lue_le,lue_par_id}'::text[] <> to_jsonb(OLD) - '{fermee_le,lue_le,lue_par_id}'::text[]
       OR (OLD.fermee_le IS NOT NULL AND NEW.fermee_le IS DISTINCT FROM OLD.fermee_le)
       OR (OLD.lue_le IS NOT NULL AND NEW.lue_le IS DISTINCT FROM OLD.lue_le)
       OR (NEW.fermee_le IS DISTINCT FROM OLD.fermee_le AND OLD.expediteur_id IS DISTINCT FROM pa_structure()) THEN
        RAISE EXCEPTION 'Une communication ne se change pas et ne se rouvre pas.';
    END IF;
    RETURN NEW;
END$corps$;
CREATE TRIGGER intangible BEFORE UPDATE ON partage_communication
    FOR EACH ROW EXECUTE FUNCTION partage_copie_intangible();
CREATE FUNCTION partage_retrait_definitif() RETURNS trigger LANGUAGE plpgsql AS $corps$BEGIN
    IF to_jsonb(NEW) - '{retire_le,retire_par_id,personne_id}'::text[]
       <> to_jsonb(OLD) - '{retire_le,retire_par_id,personne_id}'::text[]
       OR (OLD.retire_le IS NOT NULL AND NEW.retire_le IS DISTINCT FROM OLD.retire_le) THEN
        RAISE EXCEPTION 'Un accord ne se change pas : il se retire, une fois.';
    END IF;
    RETURN NEW;
END$corps$;
CREATE TRIGGER definitif BEFORE UPDATE ON partage_accord
    FOR EACH ROW EXECUTE FUNCTION partage_retrait_definitif();
"""
REVERSIBLE = """
DROP TRIGGER definitif ON partage_accord; DROP FUNCTION partage_retrait_definitif();
DROP TRIGGER intangible ON partage_communication; DROP FUNCTION partage_copie_intangible();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('acteurs', '0003_identite'),
        ('partage', '0002_journal_au_socle'),
        ('personnes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Accord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(help_text="tiré par la page : un double clic ne demande qu'une fois")),
                ('but', models.CharField(max_length=30)),
                ('base', models.CharField(default='ACCORD', max_length=30)),
                ('fonction', models.CharField(choices=[('ACCUEIL', "Agent d'accueil"), ('TRAVAIL_SOCIAL', 'Travailleur social'), ('REFERENT_METIER', 'Référent métier'), ('ENCADREMENT', 'Encadrement'), ('COORDINATION', 'Coordination du département'), ('PARTENAIRE', 'Partenaire'), ('ELU', 'Élu'), ('BENEVOLE', 'Bénévole'), ('DPO', 'Délégué à la protection des données'), ('ADMINISTRATION', 'Administration de la structure')], max_length=20)),
                ('elements', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), size=None)),
                ('debut', models.DateTimeField()),
                ('fin', models.DateTimeField()),
                ('obtention', models.CharField(max_length=20)),
                ('presents', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), help_text='qui était là', size=None)),
                ('demande_a_la_personne', models.BooleanField()),
                ('suivie_ensemble', models.BooleanField(help_text="elle dit qu'elle y est reçue, ou y est attendue")),
                ('cree_le', models.DateTimeField()),
                ('retire_le', models.DateTimeField(blank=True, null=True)),
                ('destinataire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accords_recus', to='acteurs.structure')),
                ('personne', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accords', to='personnes.personne')),
                ('recueilli_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('retire_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accords', to='acteurs.structure')),
            ],
        ),
        migrations.CreateModel(
            name='Communication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fonction', models.CharField(choices=[('ACCUEIL', "Agent d'accueil"), ('TRAVAIL_SOCIAL', 'Travailleur social'), ('REFERENT_METIER', 'Référent métier'), ('ENCADREMENT', 'Encadrement'), ('COORDINATION', 'Coordination du département'), ('PARTENAIRE', 'Partenaire'), ('ELU', 'Élu'), ('BENEVOLE', 'Bénévole'), ('DPO', 'Délégué à la protection des données'), ('ADMINISTRATION', 'Administration de la structure')], max_length=20)),
                ('but', models.CharField(max_length=30)),
                ('base', models.CharField(max_length=30)),
                ('envoyee_le', models.DateTimeField()),
                ('fin', models.DateTimeField()),
                ('lue_le', models.DateTimeField(blank=True, help_text='première lecture par le destinataire', null=True)),
                ('fermee_le', models.DateTimeField(blank=True, help_text='la personne a retiré son accord', null=True)),
                ('accord', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='communication', to='partage.accord')),
                ('auteur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('expediteur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='communications_envoyees', to='acteurs.structure')),
                ('lue_par', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='communications_recues', to='acteurs.structure')),
            ],
        ),
        migrations.CreateModel(
            name='ElementCommunique',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rang', models.PositiveSmallIntegerField()),
                ('code', models.CharField(max_length=30)),
                ('texte', models.TextField()),
                ('communication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='elements', to='partage.communication')),
                ('expediteur', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
            ],
        ),
        migrations.CreateModel(
            name='LienDeCommunication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('condense', models.CharField(max_length=64, unique=True)),
                ('cree_le', models.DateTimeField()),
                ('expire_le', models.DateTimeField()),
                ('ouvert_le', models.DateTimeField(blank=True, null=True)),
                ('communication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='liens', to='partage.communication')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
            ],
        ),
        migrations.CreateModel(
            name='LigneDeRegistre',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('structure_id', models.BigIntegerField()),
                ('mois', models.DateField(help_text='premier jour du mois où la ligne est rangée')),
                ('rang', models.IntegerField(help_text='numéro dans le mois, à partir de 1')),
                ('a', models.DateTimeField()),
                ('empreinte', models.CharField(max_length=64)),
                ('geste', models.CharField(choices=[('ENVOI', 'Communiqué'), ('RETRAIT', 'Accord retiré, accès fermé')], max_length=10)),
                ('personne_id', models.BigIntegerField()),
                ('accord_id', models.BigIntegerField()),
                ('compte_id', models.BigIntegerField()),
                ('destinataire_id', models.BigIntegerField()),
                ('destinataire', models.CharField(help_text='nom de la structure ce jour-là', max_length=200)),
                ('fonction', models.CharField(max_length=20)),
                ('elements', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), size=None)),
                ('but', models.CharField(max_length=30)),
                ('base', models.CharField(max_length=30)),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['structure_id', 'personne_id', 'a'], name='registre_personne')],
                'constraints': [models.UniqueConstraint(fields=('structure_id', 'mois', 'rang'), name='partage_lignederegistre_rang')],
            },
        ),
        migrations.AddIndex(
            model_name='accord',
            index=models.Index(fields=['structure', 'personne', 'cree_le'], name='accord_personne'),
        ),
        migrations.AddConstraint(
            model_name='accord',
            constraint=models.UniqueConstraint(fields=('structure', 'demande_id'), name='accord_demande'),
        ),
        migrations.AddConstraint(
            model_name='accord',
            constraint=models.CheckConstraint(condition=models.Q(('fin__gt', models.F('debut'))), name='accord_dates'),
        ),
        migrations.AddConstraint(
            model_name='accord',
            constraint=models.CheckConstraint(condition=models.Q(('demande_a_la_personne', True)), name='accord_de_la_personne'),
        ),
        migrations.AddConstraint(
            model_name='accord',
            constraint=models.CheckConstraint(condition=models.Q(('destinataire', models.F('structure')), _negated=True), name='accord_vers_une_autre'),
        ),
        migrations.AddConstraint(
            model_name='accord',
            constraint=models.CheckConstraint(condition=models.Q(('presents__len__gt', 0)), name='accord_presents_dits'),
        ),
        migrations.AddConstraint(
            model_name='accord',
            constraint=models.CheckConstraint(condition=models.Q(('presents__contains', ['ENFANT']), _negated=True), name='accord_sans_enfant_qui_traduit'),
        ),
        migrations.AddIndex(
            model_name='communication',
            index=models.Index(fields=['structure', 'envoyee_le'], name='communication_recue'),
        ),
        migrations.AddIndex(
            model_name='communication',
            index=models.Index(fields=['expediteur', 'envoyee_le'], name='communication_envoyee'),
        ),
        migrations.AddConstraint(
            model_name='communication',
            constraint=models.CheckConstraint(condition=models.Q(('structure', models.F('expediteur')), _negated=True), name='communication_entre_deux_structures'),
        ),
        migrations.AddConstraint(
            model_name='communication',
            constraint=models.CheckConstraint(condition=models.Q(('fin__gt', models.F('envoyee_le'))), name='communication_dates'),
        ),
        migrations.AddConstraint(
            model_name='elementcommunique',
            constraint=models.UniqueConstraint(fields=('communication', 'code'), name='element_une_fois'),
        ),
        migrations.AddConstraint(
            model_name='elementcommunique',
            constraint=models.CheckConstraint(condition=models.Q(('texte', ''), _negated=True), name='element_ecrit'),
        ),
        migrations.AddConstraint(
            model_name='liendecommunication',
            constraint=models.CheckConstraint(condition=models.Q(('expire_le__gt', models.F('cree_le'))), name='lien_dates'),
        ),
        cloisonner('partage_accord', taches_qui_ecrivent=(CONSERVATION,)),
        *[_murer(table, *conditions) for table, conditions in MURS.items()],
        migrations.RunSQL(INTANGIBLE, REVERSIBLE),
        ajout_seul('partage_lignederegistre', 'REGISTRE_DES_COMMUNICATIONS'),
        cloisonner(
            'partage_lignederegistre', taches=(VERIFICATION,), taches_qui_ecrivent=(PURGE,), ajout_seul=True,
        ),
    ]

"""What a text asks to attest, and codes sent to agree, walled in. A copy stands on an agreement or on an attestation."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from premier_accueil.socle.cloison import cloisonner

# What was attested stays what it was; one only adds that the person was told, once.
INTANGIBLE = """
CREATE FUNCTION partage_attestation_intangible() RETURNS trigger LANGUAGE plpgsql AS $corps$BEGIN
    IF to_jsonb(NEW) - '{informee_le,personne_id}'::text[] <> to_jsonb(OLD) - '{informee_le,personne_id}'::text[]
       OR (OLD.informee_le IS NOT NULL AND NEW.informee_le IS DISTINCT FROM OLD.informee_le) THEN
        RAISE EXCEPTION 'Une attestation ne se change pas.';
    END IF;
    RETURN NEW;
END$corps$;
CREATE TRIGGER intangible BEFORE UPDATE ON partage_attestation
    FOR EACH ROW EXECUTE FUNCTION partage_attestation_intangible();
"""
REVERSIBLE = 'DROP TRIGGER intangible ON partage_attestation; DROP FUNCTION partage_attestation_intangible();'


class Migration(migrations.Migration):

    dependencies = [
        ('acteurs', '0003_identite'),
        ('partage', '0004_conservation'),
        ('personnes', '0002_structure_ecartee'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CodeDAccord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(help_text="l'accord que ce code peut donner, et lui seul")),
                ('portee', models.CharField(help_text='empreinte de ce qui a été lu à la personne', max_length=64)),
                ('condense', models.CharField(max_length=64)),
                ('cree_le', models.DateTimeField()),
                ('expire_le', models.DateTimeField()),
                ('essais', models.PositiveSmallIntegerField(default=0)),
                ('confirme_le', models.DateTimeField(blank=True, null=True)),
                ('consomme_le', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name='lignederegistre',
            name='attestation_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='communication',
            name='accord',
            field=models.OneToOneField(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='communication', to='partage.accord'),
        ),
        migrations.AlterField(
            model_name='lignederegistre',
            name='accord_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.CreateModel(
            name='Attestation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('demande_id', models.UUIDField(help_text="tiré par la page : un double clic n'atteste qu'une fois")),
                ('base', models.CharField(max_length=30)),
                ('but', models.CharField(max_length=30)),
                ('fonction', models.CharField(choices=[('ACCUEIL', "Agent d'accueil"), ('TRAVAIL_SOCIAL', 'Travailleur social'), ('REFERENT_METIER', 'Référent métier'), ('ENCADREMENT', 'Encadrement'), ('COORDINATION', 'Coordination du département'), ('PARTENAIRE', 'Partenaire'), ('ELU', 'Élu'), ('BENEVOLE', 'Bénévole'), ('DPO', 'Délégué à la protection des données'), ('ADMINISTRATION', 'Administration de la structure')], max_length=20)),
                ('conditions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), size=None)),
                ('raison', models.CharField(help_text='code de la table, ou une phrase', max_length=500)),
                ('informee_le', models.DateTimeField(blank=True, help_text="quand on l'a dit à la personne", null=True)),
                ('pas_informee', models.CharField(blank=True, help_text='pourquoi pas encore : code de la table', max_length=30)),
                ('cree_le', models.DateTimeField()),
                ('accord', models.OneToOneField(blank=True, help_text="vide : le texte ne demande pas l'accord", null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attestation', to='partage.accord')),
                ('attestee_par', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('destinataire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
                ('personne', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attestations', to='personnes.personne')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure')),
            ],
        ),
        migrations.AddField(
            model_name='communication',
            name='attestation',
            field=models.OneToOneField(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='communication', to='partage.attestation'),
        ),
        migrations.AddConstraint(
            model_name='communication',
            constraint=models.CheckConstraint(condition=models.Q(('accord__isnull', True), ('attestation__isnull', True), _connector='XOR'), name='communication_fondee'),
        ),
        migrations.AddField(
            model_name='codedaccord',
            name='compte',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='codedaccord',
            name='personne',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes_d_accord', to='personnes.personne'),
        ),
        migrations.AddField(
            model_name='codedaccord',
            name='structure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='acteurs.structure'),
        ),
        migrations.AddConstraint(
            model_name='attestation',
            constraint=models.UniqueConstraint(fields=('structure', 'demande_id'), name='attestation_demande'),
        ),
        migrations.AddConstraint(
            model_name='attestation',
            constraint=models.CheckConstraint(condition=models.Q(('conditions__len__gt', 0)), name='attestation_conditions'),
        ),
        migrations.AddConstraint(
            model_name='attestation',
            constraint=models.CheckConstraint(condition=models.Q(('raison', ''), _negated=True), name='attestation_raison'),
        ),
        migrations.AddConstraint(
            model_name='attestation',
            constraint=models.CheckConstraint(condition=models.Q(('informee_le__isnull', False), models.Q(('pas_informee', ''), _negated=True), _connector='OR'), name='attestation_personne_informee'),
        ),
        migrations.AddIndex(
            model_name='codedaccord',
            index=models.Index(fields=['structure', 'demande_id', 'cree_le'], name='code_demande'),
        ),
        migrations.AddConstraint(
            model_name='codedaccord',
            constraint=models.CheckConstraint(condition=models.Q(('expire_le__gt', models.F('cree_le'))), name='code_dates'),
        ),
        *[cloisonner(f'partage_{table}', taches_qui_ecrivent=('conservation',)) for table in ('attestation', 'codedaccord')],
        migrations.RunSQL(INTANGIBLE, REVERSIBLE),
    ]

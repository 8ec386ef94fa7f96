"""The journal moves to ``socle``; the lines already written take their place in a chain."""

from itertools import groupby

from django.db import migrations


def enchainer_les_anciennes(apps, schema_editor):
    # Real models: a new installation has no line here, so nothing below runs once tables have moved on.
    from premier_accueil.socle.journal.chaine import enchainer, nouvelle_tete
    from premier_accueil.socle.models import Acces, Segment, Tete

    base = schema_editor.connection.alias
    anciennes = apps.get_model('partage', 'Acces').objects.using(base).order_by('structure_id', 'a', 'pk')
    for structure_id, suite in groupby(anciennes.iterator(), key=lambda ligne: ligne.structure_id):
        lignes = [
            Acces(structure_id=structure_id, compte_id=l.compte_id, geste=l.geste, action=l.action, objet=l.objet,
                  objet_id=l.objet_id, a=l.a)
            for l in suite
        ]
        tete = nouvelle_tete(Acces.registre, structure_id, lignes[0].a)
        segments = enchainer(tete, lignes)
        with schema_editor.connection.cursor() as curseur:
            curseur.execute("SELECT set_config('premier_accueil.structure', %s, true)", [str(structure_id)])
        Segment.objects.using(base).bulk_create(segments)
        Acces.objects.using(base).bulk_create(lignes, batch_size=1000)
        tete.save(using=base)


class Migration(migrations.Migration):
    dependencies = [('partage', '0001_initial'), ('socle', '0003_journal')]
    operations = [
        migrations.RunPython(enchainer_les_anciennes, migrations.RunPython.noop),
        migrations.DeleteModel(name='Acces'),
    ]

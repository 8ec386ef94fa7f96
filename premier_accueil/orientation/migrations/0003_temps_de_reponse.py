"""Number a new edition of the directory when response times are counted again: suggestions tell them."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('orientation', '0002_lexique'),
        ('annuaire', '0008_fiches_ajoutees_et_retirees'),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE TRIGGER nouvelle_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON annuaire_tempsdereponse"
            " FOR EACH STATEMENT EXECUTE FUNCTION annuaire_nouvelle_edition()",
            "DROP TRIGGER nouvelle_edition ON annuaire_tempsdereponse",
        )
    ]

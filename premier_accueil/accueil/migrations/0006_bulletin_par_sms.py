from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('accueil', '0005_pieces'),
    ]

    operations = [
        migrations.AddField(
            model_name='bulletindepieces',
            name='sms_le',
            field=models.DateTimeField(blank=True, help_text="dernier envoi par SMS ; le numéro n'est pas gardé", null=True),
        ),
    ]

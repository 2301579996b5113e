"""Guidance stands beside each section of the national form too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0043_set_points"),
    ]

    operations = [
        migrations.AlterField(
            model_name="guidancecard",
            name="step",
            field=models.CharField(
                choices=[
                    ("safety", "Confirm that they are safe"),
                    ("contact", "Record what happened"),
                    ("told", "Record what they told us"),
                    ("consent", "Record what they agreed to"),
                    ("safe-contact", "How to reach them safely"),
                    ("needs", "Assess their needs"),
                    ("risk", "Judge the risk"),
                    ("nrm", "National referral"),
                    ("nrm-notify", "Duty to notify"),
                    ("nrm-report", "National form: this report"),
                    ("nrm-age", "National form: their age, and the local authority"),
                    ("nrm-background", "National form: where they come from"),
                    ("nrm-what-happened", "National form: what happened"),
                    ("nrm-since", "National form: contact since, and earlier reports"),
                    ("nrm-view", "National form: the interview, and your professional view"),
                    ("nrm-places", "National form: where it happened, and where they stay now"),
                    ("nrm-exploiters", "National form: who did it"),
                    ("nrm-others", "National form: other possible victims, and what may come"),
                    ("nrm-police", "National form: the crime, and their help"),
                    ("nrm-support", "National form: support"),
                    ("nrm-person", "National form: who they are"),
                    ("nrm-needs", "National form: what they need to be understood, and references"),
                    ("nrm-decision", "National form: who receives the decision"),
                    ("nrm-responder", "National form: you, and who stands in for you"),
                    ("nrm-evidence", "National form: evidence"),
                    ("section-45", "Section 45"),
                    ("immigration", "Sharing with immigration enforcement"),
                    ("close", "Close a case"),
                ],
                max_length=20,
                verbose_name="beside which step?",
            ),
        ),
    ]

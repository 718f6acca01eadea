"""The rows without which no site starts: roles, the head of the audit chain, settings, the site's own pages."""

from django.db import migrations

ROLES = [
    ("scholar", "Scholar", "باحث", "Writes notes, tags and cross-references, and hands them in for review.",
     "يكتب الحواشي والوسوم والإحالات، ويقدّمها للمراجعة."),
    ("reviewer", "Reviewer", "مراجِع", "Reads what scholars hand in and accepts, returns or declines it; never their own.",
     "يقرأ ما يقدّمه الباحثون فيقبله أو يعيده أو يردّه؛ ولا يقضي في ما كتبه بنفسه."),
    ("editor", "Editor", "محرّر", "Composes editions, checks them, seals and publishes numbered releases.",
     "يؤلّف الطبعات ويفحصها، ثم يختم الإصدارات المرقّمة وينشرها."),
    ("archivist", "Archivist", "أمين الأرشيف",
     "Brings in texts, images and videos, describes them, sets who may see them, and watches over every byte.",
     "يُدخل النصوص والصور والمقاطع، ويصفها ويحدّد من يراها، ويسهر على سلامة كل بايت."),
    ("administrator", "Administrator", "مدير", "Invites people, gives roles, and keeps the site running.",
     "يدعو الناس ويمنح الأدوار ويُبقي الموقع عاملًا."),
]  # fmt: skip

PAGES = [
    ("about", "About", "عن الموقع",
     "This archive keeps its sources exactly as they were received, and publishes them as annotated editions: "
     "a text, the notes around it, and the names of those who vouched for them.\n\n"
     "*Ḥāshiya* (حاشية) is the note that a scholar writes in the margin of a text.",
     "يحفظ هذا الأرشيف مصادره كما وردت إليه تمامًا، وينشرها طبعاتٍ محقّقة: متنٌ، وحواشٍ حوله، وأسماء من شهدوا لها.\n\n"
     "والحاشية ما يكتبه العالم في هامش المتن.", 1),
    ("privacy", "Privacy", "الخصوصية",
     "Readers need no account and are not followed: no page asks another site for anything before you click a video. "
     "A cookie keeps you signed in if you have an account, and another remembers your language.\n\n"
     "Accounts keep an e-mail address, the name you chose and what you wrote. Ask an administrator for a copy or for erasure; "
     "the record of decisions keeps a number in place of your name.",
     "القراءة لا تحتاج إلى حساب، ولا نتتبّع القرّاء: لا تطلب أي صفحة شيئًا من موقع آخر قبل أن تنقر على مقطع مصوّر. "
     "ملف تعريف واحد يبقيك داخلًا إن كان لك حساب، وآخر يتذكّر لغتك.\n\n"
     "يحفظ الحساب بريدك والاسم الذي اخترته وما كتبته. اطلب من المدير نسخةً منها أو محوها؛ ويبقى في سجل القرارات رقمٌ مكان اسمك.", 2),
    ("contact", "Contact", "اتصل بنا",
     "Write to the address at the foot of the page. If you are named in the material and want something corrected or removed, say where.",
     "اكتب إلى العنوان المذكور أسفل الصفحة. وإن كنت مذكورًا في المواد وأردت تصحيحًا أو حذفًا، فاذكر الموضع.", 3),
]  # fmt: skip


def insert(apps, schema_editor):
    Role, Page = apps.get_model("archive", "Role"), apps.get_model("archive", "Page")
    for order, (code, name_en, name_ar, sentence_en, sentence_ar) in enumerate(ROLES):
        Role.objects.get_or_create(
            code=code,
            defaults={
                "name": name_ar, "name_en": name_en, "name_ar": name_ar,
                "sentence": sentence_ar, "sentence_en": sentence_en, "sentence_ar": sentence_ar, "order": order,
            },
        )  # fmt: skip
    for slug, title_en, title_ar, body_en, body_ar, order in PAGES:
        Page.objects.get_or_create(
            slug=slug,
            defaults={
                "title": title_ar, "title_en": title_en, "title_ar": title_ar,
                "body": body_ar, "body_en": body_en, "body_ar": body_ar, "order": order,
            },
        )  # fmt: skip
    apps.get_model("archive", "AuditHead").objects.get_or_create(pk=1)
    apps.get_model("archive", "SiteSettings").objects.get_or_create(
        pk=1,
        defaults={
            "name": "حاشية", "name_ar": "حاشية", "name_en": "Hashiya",
            "tagline": "أرشيف رقمي وطبعات محقّقة",
            "tagline_ar": "أرشيف رقمي وطبعات محقّقة", "tagline_en": "A digital archive of annotated editions",
        },
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("archive", "0002_guards")]

    operations = [migrations.RunPython(insert, migrations.RunPython.noop)]

"""Short ways to an edition of two chapters, for a test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from annotations.actions.change_edition import change_edition
from annotations.actions.compose_edition import compose_edition
from annotations.enums import Relation
from annotations.models import Annotation, Edition
from annotations.values import ReferenceInput, RegionPlace, TimePlace
from archive.actions.add_image import add_image
from archive.actions.make_derivatives import make_derivatives
from archive.enums import Access, TextRole
from archive.models import Figure, Image, Text, User, Video, Work
from tests.factories_archive import png, send
from tests.factories_editions import RIGHTS, Sealable, add_wording, make_work, plan
from tests.factories_notes import make_accepted, make_placed, place_of

FIRST = (
    ("heading", "باب الماء", 1, {}),
    ("paragraph", "على ضفّة النهر طاحونةٌ قديمة.", None, {}),
    ("figure", "رسم الطاحونة", None, {"figure": "f1"}),
    ("paragraph", "وبقربها شجرة توت.", None, {}),
)
SECOND = (
    ("paragraph", "أمّا الجسر فمن حجرٍ أبيض.", None, {}),
    ("heading", "بناؤه", 1, {}),
    ("figure", "صورة الجسر", None, {"figure": "f1"}),
    ("video", "فيلم عن الجسر", None,
     {"provider": "youtube", "video_id": "bridgefilm1", "url": "https://www.youtube.com/watch?v=bridgefilm1"}),
    ("paragraph", "وقد رُمّم بعد الفيضان.", None, {}),
)  # fmt: skip
#: The second chapter with one word more.
CORRECTED = (*SECOND[:4], ("paragraph", "وقد رُمّم بعد الفيضان الكبير.", None, {}))


@dataclass
class Parted(Sealable):
    """An edition of two chapters, with notes in both, and what it is made of."""

    edition: Edition
    work: Work
    first: Text
    second: Text
    drawing: Image
    photograph: Image
    film: Video
    notes: dict[str, Annotation]
    people: dict[str, User]

    def take(self, *texts: Text) -> None:
        """Make these the parts of the edition."""
        self.edition.refresh_from_db()
        change_edition(
            edition=self.edition.public_id, version=self.edition.version, by=self.people["editor"],
            plan=chapters_plan(parts=[text.public_id for text in texts]),
        )  # fmt: skip
        self.edition = Edition.objects.get(pk=self.edition.pk)


def chapters_plan(**fields: Any) -> Any:
    """Return the plan of an edition of both chapters."""
    values = {"slug": "chapters", "title": {"ar": "البابان", "en": "Two chapters"}}
    return plan(**{**values, **fields})


def make_parted(people: dict[str, User], **of_work: Any) -> Parted:
    """Return it, ready to be sealed."""
    work = make_work("chapters-work", **of_work)
    common = {"work": work, "language": "ar", "direction": "rtl", "role": TextRole.CHAPTER}
    first = Text.objects.create(order=1, title_ar="باب الماء", title_en="The water", **common)
    second = Text.objects.create(order=2, title_ar="باب الجسر", title_en="The bridge", **common)
    strong = {"kind": "strong", "start": 0, "end": 3, "attrs": {}}
    add_wording(first, FIRST, marks=[strong])
    add_wording(second, SECOND, marks=[strong])
    drawing = _picture(people["archivist"], 40, "رسم الطاحونة", "The mill")
    photograph = _picture(people["archivist"], 60, "صورة الجسر", "The bridge, a photograph")
    Figure.objects.create(text=first, key="f1", image=drawing)
    Figure.objects.create(text=second, key="f1", image=photograph)
    film = Video.objects.create(
        provider="youtube", external_id="bridgefilm1", url="https://www.youtube.com/watch?v=bridgefilm1",
        access=Access.PUBLIC, title_ar="بناء الجسر", title_en="Building the bridge",
    )  # fmt: skip
    ids = [first.public_id, second.public_id]
    edition = compose_edition(text=ids[0], plan=chapters_plan(parts=ids), by=people["editor"])
    parted = Parted(edition, work, first, second, drawing, photograph, film, {}, people)
    _write(parted)
    return parted


def _picture(by: User, width: int, title_ar: str, title_en: str) -> Image:
    """Return a picture with real bytes, as packages carry them."""
    image = add_image(
        arrival=send(png(width, 30), filename=f"{width}.png", by=by), by=by,
        values={
            "title_ar": title_ar, "title_en": title_en, "alternative_ar": title_ar, "alternative_en": title_en,
            "rights_uri": RIGHTS, "access": Access.PUBLIC,
        },
    )  # fmt: skip
    return make_derivatives(image_id=image.pk)


def _write(parted: Parted) -> None:
    by = {"author": parted.people["scholar"], "reviewer": parted.people["reviewer"]}
    onwards = ReferenceInput(Relation.CONTINUES, place_of(parted.second, "حجرٍ أبيض"))
    notes = parted.notes
    notes["mill"] = make_accepted(
        parted.first, "طاحونةٌ قديمة", body="تعود إلى قرنين.", references=(onwards,), **by
    )
    notes["tree"] = make_accepted(parted.first, "شجرة توت", body="قُطعت.", **by)
    notes["stone"] = make_accepted(parted.second, "حجرٍ أبيض", body="من المقلع القريب.", **by)
    notes["flood"] = make_accepted(parted.second, "بعد الفيضان", body="في شباط.", **by)
    arch = RegionPlace(parted.photograph.public_id, "rect", [(1, 2), (20, 25)])
    notes["arch"] = make_placed(arch, body="القوس.", **by)
    notes["masons"] = make_placed(TimePlace(parted.film.public_id, 65, 80.5), body="البنّاؤون.", **by)

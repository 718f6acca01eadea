"""Who may do what with the catalogue: items, their texts, pictures and films, and what is done to them."""

from __future__ import annotations

from archive.access.pixels import behind_covers
from archive.access.registry import VIEW, declare
from archive.access.rules import Among, Field, Own, Through
from archive.access.undone import undone_deposits
from archive.access.visible import (
    ARCHIVIST,
    CAPTURE_VISIBLE,
    COLLECTION_VISIBLE,
    IMAGE_VISIBLE,
    KEEPER,
    TEXT_VISIBLE,
    VIDEO_VISIBLE,
    WORK_VISIBLE,
)
from archive.models import (
    Alignment,
    BulkStep,
    Capture,
    Collection,
    Consent,
    DescriptionChange,
    Figure,
    Image,
    PackageArrival,
    Redaction,
    Takedown,
    TakeOut,
    Text,
    TextRevision,
    TextSection,
    Transcript,
    Video,
    VideoCheck,
    Work,
)


def declare_items() -> None:
    """Fill the registry with them."""
    for model, rule in (
        (Collection, COLLECTION_VISIBLE), (Work, WORK_VISIBLE), (Image, IMAGE_VISIBLE), (Video, VIDEO_VISIBLE),
    ):  # fmt: skip
        name = model._meta.model_name
        around = ", and who see the collection around it" if model is Collection else ""
        declare(
            model,
            VIEW,
            rule,
            f"A {name} is seen by those its access names{around}, once its embargo is over, while nothing around it is closed to them.",
        )
        declare(model, "add", ARCHIVIST, f"Archivists bring in a {name}.")
        declare(model, "change", ARCHIVIST, f"Archivists describe a {name} and set its rights and access.")
        declare(model, "take_down", ARCHIVIST, f"Archivists take a {name} down, and put it back.")
    for held in (Work, Collection):
        declare(
            held,
            "take_out",
            ARCHIVIST,
            f"Archivists take a {held._meta.model_name} out of the archive as a package.",
        )
    declare(
        TakeOut,
        VIEW,
        Own("created_by") & ARCHIVIST,
        "A package is for the archivist who asked for it, as long as they are one.",
    )
    declare(TakeOut, "add", ARCHIVIST, "Archivists ask for packages.")
    declare(
        PackageArrival,
        VIEW,
        Own("created_by") & ARCHIVIST,
        "A package that came is for the archivist who wants to bring it in, as long as they are one.",
    )
    declare(PackageArrival, "add", ARCHIVIST, "Archivists bring packages in.")
    declare(Consent, VIEW, ARCHIVIST, "Archivists see what people agreed to.")
    declare(Consent, "add", ARCHIVIST, "Archivists record what people agreed to.")
    declare(Consent, "change", ARCHIVIST, "Archivists record that a consent was withdrawn, and acted on.")
    declare(Takedown, VIEW, ARCHIVIST, "Archivists see what was taken down, why, and by whom.")
    declare(Takedown, "add", ARCHIVIST, "Archivists take down what may not be seen any more.")
    declare(
        Image,
        "original",
        ARCHIVIST
        | (
            KEEPER & Field("covered", False) & ~Among("arrival__stored_file", lambda _viewer: behind_covers())
        ),
        "Those who keep the archive may fetch the original bytes; only archivists those behind covered parts.",
    )
    declare(
        Image,
        "offer",
        KEEPER,
        "Editors send a picture in for an edition, as a draft; archivists describe it further and open it.",
    )
    declare(Image, "redact", ARCHIVIST, "Archivists cover parts of an image, and uncover them.")
    declare(Redaction, VIEW, ARCHIVIST, "Archivists see what of an image was covered when.")
    declare(
        Text, VIEW, TEXT_VISIBLE, "A text is seen with its work, by those from whom no section of it is kept."
    )
    declare(TextSection, VIEW, ARCHIVIST, "Archivists see which sections of texts are kept from whom.")
    for act in ("add", "change"):
        declare(TextSection, act, ARCHIVIST, "Archivists keep sections of texts from readers.")
    declare(Text, "correct", ARCHIVIST, "Archivists correct a text.")
    declare(TextRevision, VIEW, Through("text", TEXT_VISIBLE), "A revision is seen with its text.")
    both = Through("original__text", TEXT_VISIBLE) & Through("translation__text", TEXT_VISIBLE)
    declare(
        Alignment,
        VIEW,
        KEEPER | (both & Field("is_approved", True)),
        "The pairing of a text with its translation is seen by those who see both, once an archivist approved it.",
    )
    declare(Alignment, "add", ARCHIVIST, "Archivists pair a text with its translation.")
    declare(
        Figure,
        VIEW,
        Through("text", TEXT_VISIBLE),
        "A figure is seen with its text; its image by its own access.",
    )
    declare(Figure, "fill", ARCHIVIST, "Archivists put an image into a figure.")
    declare(
        DescriptionChange,
        VIEW,
        ARCHIVIST,
        "Archivists see what a description said before, without the names of what they may not see.",
    )
    declare(
        BulkStep,
        VIEW,
        ARCHIVIST & ~Among("deposit", undone_deposits),
        "Archivists see what was changed in many descriptions at once.",
    )
    declare(BulkStep, "add", ARCHIVIST, "Archivists prepare changes of many descriptions.")
    declare(
        BulkStep, "change", ARCHIVIST, "Archivists apply changes of many descriptions and take them back."
    )
    declare(VideoCheck, VIEW, ARCHIVIST, "Archivists see what the checks of a video found.")
    declare(
        Capture,
        VIEW,
        CAPTURE_VISIBLE,
        "A capture is seen by those who see its film, unless its own access says fewer.",
    )
    declare(Capture, "add", ARCHIVIST, "Archivists keep captures of films.")
    declare(Capture, "change", ARCHIVIST, "Archivists describe a capture and set who may see it.")
    declare(
        Transcript,
        VIEW,
        Through("video", VIDEO_VISIBLE) & Through("text", TEXT_VISIBLE),
        "That a text belongs to a film is seen by those who see both.",
    )
    for act in ("add", "change"):
        declare(Transcript, act, ARCHIVIST, "Archivists tie texts to films.")

"""Which catalogue fields have an Arabic and an English value (never source text or note bodies)."""

from modeltranslation.translator import TranslationOptions, register

from archive.models import Collection, Image, Page, Role, SiteSettings, Takedown, Video, Work


class DescribedOptions(TranslationOptions):
    """The words that describe a catalogue item."""

    fields = ("title", "description", "rights_holder", "provenance", "content_warning")


@register(Work)
class WorkOptions(DescribedOptions):
    """Works have no further words."""


@register(Collection)
class CollectionOptions(DescribedOptions):
    """Collections have no further words."""


@register(Video)
class VideoOptions(DescribedOptions):
    """Videos have no further words."""


@register(Image)
class ImageOptions(DescribedOptions):
    """Images are also told to those who do not see them."""

    fields = ("alternative", "covered_because")


@register(Role)
class RoleOptions(TranslationOptions):
    """Roles have a name and a sentence."""

    fields = ("name", "sentence")


@register(Page)
class PageOptions(TranslationOptions):
    """Editorial pages."""

    fields = ("title", "body")


@register(SiteSettings)
class SiteSettingsOptions(TranslationOptions):
    """The site's own words."""

    fields = ("name", "tagline")


@register(Takedown)
class TakedownOptions(TranslationOptions):
    """What the public is told of something that was taken down."""

    fields = ("sentence",)

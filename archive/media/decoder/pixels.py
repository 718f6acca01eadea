"""From whatever a file holds to what every screen shows: 8 bits a channel, sRGB, upright.

All of it is done in parts, so that a large picture lies in memory once.
"""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass, field

from PIL import Image, ImageCms

Box = tuple[int, int, int, int]
#: Pixels turned into the working form at a time.
STRIP_PIXELS = 4_000_000
_GRAYS = frozenset({"1", "L", "I", "F"})
#: Black, in each of the working modes.
_PAINT: dict[str, int | tuple[int, ...]] = {
    "L": 0, "RGB": (0, 0, 0), "RGBA": (0, 0, 0, 255), "CMYK": (0, 0, 0, 255), "LAB": (0, 128, 128),
}  # fmt: skip
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip


@dataclass
class Reader:
    """One loaded picture and how its pixels are to be read."""

    image: Image.Image
    #: As EXIF counts them, 1 to 8.
    orientation: int
    #: Parts of the upright picture that nobody is to see: painted over before anything is made of their pixels.
    covered: list[Box] = field(default_factory=list)
    mode: str = field(init=False)
    _divisor: float = field(init=False)
    _colors: ImageCms.ImageCmsTransform | None = field(init=False)
    #: Where the covered parts lie in the stored picture.
    _hidden: list[Box] = field(init=False)

    def __post_init__(self) -> None:
        """Find out once what holds for every part."""
        self._hidden = [self._stored(box) for box in self.covered]
        if self.image.mode in ("F", "I"):
            # What is hidden does not even say how bright the rest is shown.
            for box in self._hidden:
                self.image.paste(0, box)
        profile = profile_of(self.image)
        self.mode = working_mode(self.image, profile)
        self._divisor = deep_divisor(self.image)
        self._colors = to_srgb(profile, self.mode)

    def whole(self, largest: int) -> Image.Image:
        """Return the picture upright and no longer than `largest`, as RGB or RGBA."""
        return self.upright(self.shown(self._reduced(largest)))

    def part(self, box: Box) -> Image.Image:
        """Return a part of the upright picture, as RGB or RGBA."""
        return self.upright(self.shown(self._taken(self._stored(box))))

    def _taken(self, box: Box) -> Image.Image:
        """Return a part of the stored picture with 8 bits a channel and all that is covered painted over."""
        part = self.native(self.image.crop(box))
        for left, top, right, bottom in self._hidden:
            inside = (
                max(left, box[0]) - box[0], max(top, box[1]) - box[1],
                min(right, box[2]) - box[0], min(bottom, box[3]) - box[1],
            )  # fmt: skip
            if inside[0] < inside[2] and inside[1] < inside[3]:
                part.paste(_PAINT[part.mode], inside)
        return part

    def native(self, part: Image.Image) -> Image.Image:
        """Return a part of the stored picture with 8 bits a channel, in the colors that it has."""
        if part.mode.startswith("I") or part.mode == "F":
            deep = part if part.mode in ("I;16", "I", "F") else part.convert("I")
            return deep.point(lambda value: value * (1 / self._divisor)).convert("L").convert(self.mode)
        return part if part.mode == self.mode else part.convert(self.mode)

    def shown(self, part: Image.Image) -> Image.Image:
        """Return a part in the colors that every screen assumes, since the copies carry no profile."""
        if self._colors is not None:
            return ImageCms.applyTransform(part, self._colors) or part
        return part if part.mode in ("RGB", "RGBA") else part.convert("RGB")

    def upright(self, part: Image.Image) -> Image.Image:
        """Return a part as it is meant to be seen."""
        turn = _TURNS.get(self.orientation)
        return part.transpose(turn) if turn is not None else part

    def _reduced(self, largest: int) -> Image.Image:
        image = self.image
        factor = max(1, max(image.size) * 2 // (3 * largest))
        if factor == 1 and image.mode == self.mode and not self._hidden:
            return resized(image, largest)
        width, height = -(-image.width // factor), -(-image.height // factor)
        rows = max(factor, STRIP_PIXELS // image.width // factor * factor)
        canvas = Image.new(self.mode, (width, height))
        for top in range(0, image.height, rows):
            strip = self._taken((0, top, image.width, min(top + rows, image.height)))
            canvas.paste(strip.reduce(factor) if factor > 1 else strip, (0, top // factor))
        return resized(canvas, largest)

    def _stored(self, box: Box) -> Box:
        """Return where a part of the upright picture lies in the stored one."""
        left, top, right, bottom = box
        if self.orientation in (5, 6, 7, 8):
            left, top, right, bottom = top, left, bottom, right
        width, height = self.image.size
        if self.orientation in (2, 3, 7, 8):
            left, right = width - right, width - left
        if self.orientation in (3, 4, 6, 7):
            top, bottom = height - bottom, height - top
        return left, top, right, bottom


def resized(image: Image.Image, largest: int) -> Image.Image:
    """Return the picture no longer than `largest`, in its shape."""
    if max(image.size) <= largest:
        return image
    factor = largest / max(image.size)
    size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def working_mode(image: Image.Image, profile: ImageCms.ImageCmsProfile | None) -> str:
    """Return the mode in which the picture is reduced, before its colors are made sRGB."""
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        return "RGBA"
    if image.mode in ("CMYK", "LAB"):
        return image.mode
    gray = image.mode in _GRAYS or image.mode.startswith("I;")
    return "L" if gray and profile is not None and space_of(profile) == "GRAY" else "RGB"


def profile_of(image: Image.Image) -> ImageCms.ImageCmsProfile | None:
    """Return the color profile of the picture; None without one that can be read."""
    raw = image.info.get("icc_profile")
    with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
        if raw:
            return ImageCms.ImageCmsProfile(io.BytesIO(raw))
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")) if image.mode == "LAB" else None


def space_of(profile: ImageCms.ImageCmsProfile) -> str:
    """Return the color space of a profile as it names it: RGB, GRAY, CMYK, Lab."""
    return str(profile.profile.xcolor_space).strip()


def to_srgb(profile: ImageCms.ImageCmsProfile | None, mode: str) -> ImageCms.ImageCmsTransform | None:
    """Return the way from the picture's colors to sRGB; None when there is none to go."""
    if profile is None:
        return None
    try:
        srgb = ImageCms.createProfile("sRGB")
        return ImageCms.buildTransform(profile, srgb, mode, "RGBA" if mode == "RGBA" else "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def deep_divisor(image: Image.Image) -> float:
    """Return by how much a gray of 16 bits or more is divided to have 8.

    What goes beyond 16 bits, and fractions, have no white of their own: the brightest place of the picture is it.
    """
    if image.mode == "F" or image.mode == "I":
        brightest = float(image.getextrema()[1])  # type: ignore[arg-type]
        if image.mode == "F" or brightest > 65_535:
            return brightest / 255 if brightest > 0 else 1.0
    return 256.0

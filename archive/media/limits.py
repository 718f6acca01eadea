"""What may be sent in; announced before anybody sends a file."""

from django.conf import settings

#: Largest text file, in bytes.
TEXT_BYTES: int = settings.MAX_TEXT_BYTES
#: Largest image file, in bytes, and in pixels.
IMAGE_BYTES = 300 * 1024 * 1024
IMAGE_PIXELS: int = settings.MAX_IMAGE_PIXELS
#: Most pages of one image file.
IMAGE_PAGES = 500
#: Largest file of a deposit, which arrives in pieces.
DEPOSIT_BYTES = 64 * 1024 * 1024 * 1024
#: No single file of a request is taken that is larger than this.
ANY_BYTES = max(TEXT_BYTES, IMAGE_BYTES)

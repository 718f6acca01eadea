"""Why another site gave no answer."""

from archive.errors import HashiyaError


class OutsideError(HashiyaError):
    """Nothing was learned from outside.

    Codes: `network_off`, `not_a_web_address`, `address_not_public`, `name_unknown`, `no_connection`, `not_trusted`,
    `too_slow`, `answer_too_large`, `answer_broken`, `too_many_redirects`; of captures `capture_off`, `capture_failed`,
    `capture_too_slow`, `capture_too_large`, `capture_odd`.
    """

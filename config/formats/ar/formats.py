"""Numbers in Arabic as the site writes them everywhere, in sizes and coordinates too: 4.4 and not 4,4."""

DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","

"""How many parts a short message is sent and charged in (MSG-02). Source  3GPP TS 23.040: UCS-2, joined messages"""

ONE_PART = 70
EACH_OF_SEVERAL = 67  # a joined part gives three units to its header


def n_parts(text: str) -> int:
    """Counted in 16-bit units: a character beyond the first plane takes two."""
    units = len(text.encode("utf-16-be")) // 2
    return 1 if units <= ONE_PART else -(-units // EACH_OF_SEVERAL)

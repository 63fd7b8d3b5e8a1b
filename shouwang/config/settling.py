"""What a process does about its memory once everything is loaded."""

import gc

COLLECT_AFTER = (20_000, 10, 10)  # a page makes thousands of objects; Python looked through them after each 700


def settle() -> None:
    """What was loaded stays for good and is not looked through again: that would stop every thread for a tenth of a
    second. The few circles that pages leave are looked for less often.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)

"""Named by `DATABASES["default"]["ENGINE"]`; Django asks for a class of this name in a module of this name."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """Asked once for each request: a server that went away has closed the line, so that there is its end to read.

        No question is sent for it: it would be the tenth of all that the pages ask.
        """
        line = self.connection
        if line is None or line.closed:
            return False
        heard = select.poll()
        heard.register(line.fileno(), select.POLLIN)
        return not heard.poll(0)

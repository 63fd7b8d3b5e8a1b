"""Named by `DATABASES["default"]["ENGINE"]`; Django asks for a class of this name in a module of this name."""

import select
from collections.abc import Sized

from django.db.backends.postgresql import base, features, operations

MOST_PARAMETERS = 65_535  # of one question, where the server and not the client puts them in


class DatabaseFeatures(features.DatabaseFeatures):
    max_query_params = MOST_PARAMETERS


class DatabaseOperations(operations.DatabaseOperations):
    def bulk_batch_size(self, fields: Sized, objs: Sized) -> int:
        return MOST_PARAMETERS // max(1, len(fields))


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations

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

"""Pages: the WSGI application that gunicorn loads once and then forks."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.config.settings")
application = get_wsgi_application()
connections.close_all()  # none may be shared by the processes that are forked from here

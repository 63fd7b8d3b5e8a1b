"""Pages: the WSGI application that gunicorn loads once and then forks."""

import os
import sys

from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver

from shouwang.config.settling import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwang.config.settings")
# A page asks the database thirty times, and each time waits for the interpreter behind whoever is busy: 200 ms with the
# 5 ms that Python lets one thread run, 15 ms with this.
sys.setswitchinterval(0.0005)
application = get_wsgi_application()
_ = get_resolver().url_patterns  # every page's code, before the fork: shared, and no first visitor waits for it
connections.close_all()  # none may be shared by the processes that are forked from here
settle()

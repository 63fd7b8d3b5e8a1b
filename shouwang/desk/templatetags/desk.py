"""The lines of the desk's lists, as `drawing` keeps them: {% row one %}, {% crew line %}."""

from django import template

from shouwang.desk import drawing

register = template.Library()
register.simple_tag(drawing.row)
register.simple_tag(drawing.crew)

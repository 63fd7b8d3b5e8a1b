"""The doors of architecture.md section 4: each audience owns its addresses, this file only says where they hang."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path(door, include(module))
    for door, module in (
        ("ui/", "shouwang.ui.urls"),
        ("desk/", "shouwang.desk.urls"),
        ("field/", "shouwang.field.urls"),
        ("api/v1/", "shouwang.api.urls"),
        ("ingest/", "shouwang.tracking.urls"),
        ("", "shouwang.people.urls"),
        ("", "shouwang.portal.urls"),
    )
    if find_spec(module.rpartition(".")[0]) and find_spec(module)
]

from django.urls import path

from shouwang.desk.patrols import crews, figures, links, mine, orders, partners, people, series

urlpatterns = [
    path("", orders.orders, name="patrols"),
    path("orders.csv", orders.file, name="patrols_file"),
    path("new/", orders.new, name="patrol_new"),
    path("mine/", mine.mine, name="patrol_mine"),
    path("mine/signs/", mine.sign, name="patrol_sign"),
    path("mine/<uuid:key>/<slug:name>/", mine.act, name="patrol_mine_act"),
    path("figures/", figures.figures, name="patrol_figures"),
    path("figures.csv", figures.file, name="patrol_figures_file"),
    path("people/", people.people, name="patrol_people"),
    path("partners/", partners.partners, name="patrol_partners"),
    path("partners/new/", partners.keep, name="patrol_partner_new"),
    path("partners/<uuid:key>/", partners.keep, name="patrol_partner"),
    path("partners/<uuid:key>/end/", partners.end, name="patrol_partner_end"),
    path("series/", series.listed, name="patrol_series"),
    path("series/new/", series.new, name="patrol_series_new"),
    path("series/<uuid:key>/<slug:name>/", series.act, name="patrol_series_act"),
    path("links/", links.listed, name="patrol_links"),
    path("links/new/", links.new, name="patrol_link_new"),
    path("links/<uuid:key>/command/", links.command, name="patrol_command"),
    path("<uuid:key>/", orders.one, name="patrol"),
    path("<uuid:key>/edit/", orders.edit, name="patrol_edit"),
    path("<uuid:key>/sheet/", orders.sheet, name="patrol_sheet"),
    path("<uuid:key>/steps/<slug:name>/", orders.step, name="patrol_step"),
    path("<uuid:key>/people/", crews.put, name="patrol_put_on"),
    path("<uuid:key>/people/<uuid:slot>/<slug:name>/", crews.act, name="patrol_slot_act"),
    path("<uuid:key>/places/", crews.point, name="patrol_point"),
    path("<uuid:key>/places/<uuid:point>/drop/", crews.point_drop, name="patrol_point_drop"),
]

from django.urls import path

from shouwang.desk.views import equipment, stock_counts

urlpatterns = [
    path("equipment/", equipment.equipment, name="equipment"),
    path("equipment/acts/", equipment.acts, name="equipment_acts"),
    path("equipment/ledger.csv", equipment.file, name="equipment_file"),
    path("equipment/items/new/", equipment.new, name="equipment_new"),
    path("equipment/items/<uuid:key>/", equipment.item, name="equipment_item"),
    path("equipment/kinds/", equipment.kinds, name="equipment_kinds"),
    path("equipment/counts/", stock_counts.counts, name="stock_counts"),
    path("equipment/counts/<uuid:key>/", stock_counts.count, name="stock_count"),
]

from django.urls import path

from shouwang.desk.views import booths, equipment, recordings, stock_counts

urlpatterns = [
    path("equipment/", equipment.equipment, name="equipment"),
    path("equipment/acts/", equipment.acts, name="equipment_acts"),
    path("equipment/ledger.csv", equipment.file, name="equipment_file"),
    path("equipment/items/new/", equipment.new, name="equipment_new"),
    path("equipment/items/<uuid:key>/", equipment.item, name="equipment_item"),
    path("equipment/kinds/", equipment.kinds, name="equipment_kinds"),
    path("equipment/counts/", stock_counts.counts, name="stock_counts"),
    path("equipment/counts/<uuid:key>/", stock_counts.count, name="stock_count"),
    path("equipment/recordings/", recordings.recordings, name="recordings"),
    path("equipment/recordings/station/", recordings.station, name="recordings_station"),
    path("equipment/recordings/<uuid:key>/", recordings.recording, name="recording"),
    path("equipment/booths/", booths.booths, name="booths"),
    path("equipment/booths/<uuid:key>/", booths.booth, name="booth"),
]

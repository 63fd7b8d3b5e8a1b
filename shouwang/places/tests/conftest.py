import pytest

from shouwang.core.actor import Actor
from shouwang.places.loading import load_ground


def square(lon, lat, size):
    return {
        "type": "Polygon",
        "coordinates": [[[lon, lat], [lon + size, lat], [lon + size, lat + size], [lon, lat + size], [lon, lat]]],
    }


@pytest.fixture
def small_ground():
    """One street with a house at number 12, a river south of it."""
    from shouwang.places.ground import Ground, GroundAddress, GroundFeature, GroundSite, GroundStretch

    street = {"type": "LineString", "coordinates": [[111.425, 27.690], [111.430, 27.690]]}
    return Ground(
        source="drawn by hand",
        features=[
            GroundFeature("road", "primary", street, "桥西路", 1),
            GroundFeature("building", "house", square(111.4285, 27.6895, 0.0001)),
            GroundFeature("water", "river", square(111.420, 27.680, 0.004), "青溪"),
            GroundFeature("number", "door", {"type": "Point", "coordinates": [111.4285, 27.6895]}, "12"),
        ],
        addresses=[
            GroundAddress("s", "street", "桥西路", "青石县桥西路", 111.4275, 27.690),
            GroundAddress("s:12", "building", "桥西路12号", "青石县桥西路12号", 111.4285, 27.6895, "s", ("川味小馆",)),
        ],
        sites=[GroundSite("plaza", "河埠广场", 111.431, 27.688)],
        nodes=[(111.425, 27.690), (111.430, 27.690)],
        stretches=[GroundStretch(0, 1, "primary")],
    )


@pytest.fixture
def laid(world, as_role, small_ground, noon):
    """The small ground, loaded by the role that loads grounds."""
    with as_role("jobs"):
        return load_ground(small_ground, by=Actor.system(), at=noon)


@pytest.fixture
def noon():
    import datetime as dt

    return dt.datetime(2026, 11, 3, 4, tzinfo=dt.UTC)

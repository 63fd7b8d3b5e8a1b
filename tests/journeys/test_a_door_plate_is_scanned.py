"""A door plate in front of the phone's camera opens its address; what cannot be scanned is typed.

Debian's Chromium has no BarcodeDetector. In its place stands a real reader of codes (zxing), which is given the frames
of the page's own video: camera, dialog and what follows are the product's.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import segno
import zxingcpp
from PIL import Image
from playwright.sync_api import expect, sync_playwright

from tests.journeys.browsing import CHROMIUM, FLAGS, Browser, bind_phone
from tests.journeys.test_a_tenancy_without_network import A_PLACE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium (Debian: chromium) is not installed"),
]
PHONE = {"width": 390, "height": 844}
PLACE = "桥西路76号3单元502"
READER = """
window.BarcodeDetector = class {
  async detect(video) {
    const frame = document.createElement("canvas");
    [frame.width, frame.height] = [video.videoWidth, video.videoHeight];
    frame.getContext("2d").drawImage(video, 0, 0);
    const text = await window.readCode(frame.toDataURL("image/png"));
    return text ? [{ rawValue: text }] : [];
  }
};
"""
A_PLATE_OF_SOMEWHERE_ELSE = """() => {
  window.BarcodeDetector = class { async detect() { return [{ rawValue: "https://plates.example/p/999999999" }]; } };
}"""

TAKEN = """async (place) => {
  const { ground } = await import("/static/field/ground.js");
  const { places } = await ground();
  const shown = document.querySelector("[data-slot=nplaces]").textContent;
  return places.some((one) => one.text.endsWith(place)) && shown === String(places.length);
}"""
ENDS = (  # what a plate says, and which of those places it means
    ("青石县水门街道桥西路76号3单元502", "桥西路76号3单元502"), ("青石县 水门街道 桥西路76号", "桥西路76号"),
    ("桥西路76号", "桥西路76号"), ("https://plates.example/p/2", "桥西路76号3单元502"),
    ("https://plates.example/%E0%A4", None), ("桥西路7号", None), ("东桥西路76号", None), ("", None),
    ("染坊巷6号", "青石县染坊巷6号"), ("6号", None),
)  # fmt: skip
SAID = """async ([said]) => {
  const { saidBy, placeSaid } = await import("/static/field/scan.js");
  const texts = ["桥西路76号", "桥西路76号3单元502", "西路7号", "青石县染坊巷6号"];
  const places = texts.map((text, at) => ({ text, number: at + 1 }));
  return placeSaid(places, saidBy(said))?.text ?? null;
}"""


def read_code(url: str) -> str:
    picture = Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2])))
    found = zxingcpp.read_barcodes(picture)
    return found[0].text if found else ""


def film(text: str, file: Path) -> Path:
    """The plate as a camera sees it: one still picture as Y4M, 640 × 480."""
    code = io.BytesIO()
    segno.make(text, error="m", micro=False).save(code, kind="png", scale=8, border=4)
    picture = Image.new("L", (640, 480), 255)
    plate = Image.open(code).convert("L")
    picture.paste(plate, ((640 - plate.width) // 2, (480 - plate.height) // 2))
    grey = bytes([128]) * (320 * 240 * 2)
    frame = b"FRAME\n" + picture.tobytes() + grey
    file.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + frame * 10)
    return file


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    """A Chromium whose camera looks at the plate of PLACE."""
    seen = film(f"https://plates.example/where/?place={quote('青石县水门街道' + PLACE)}", tmp_path / "plate.y4m")
    camera = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=[*FLAGS, *camera, f"--use-file-for-fake-video-capture={seen}"]
        )
        yield Browser(opened)
        opened.close()


@pytest.fixture
def phone(own_town: Any, browser: Browser) -> Any:
    """A phone with the grid of PLACE taken along."""
    own_town.run_python(A_PLACE, PLACE)
    phone = browser.somebody("phone", viewport=PHONE, has_touch=True, permissions=["camera"])
    phone.expose_function("readCode", read_code)
    phone.add_init_script(READER)
    bind_phone(phone, browser, own_town, "沈知行", "不在岗")
    phone.locator("[data-part=places]").click()
    phone.locator("[data-part=take]").click()
    grids = phone.locator("[data-part=grid]")
    expect(grids.locator("option").first).to_be_attached()
    grids.select_option(label="桥西04网格")
    phone.locator("[data-part=take]").click()
    phone.wait_for_function(TAKEN, arg=PLACE)
    return phone


@pytest.mark.item("S-REG-001")
def test_a_plate_opens_its_address_and_whatever_cannot_be_scanned_is_typed(phone: Any, browser: Browser) -> None:
    phone.locator("[data-part=scan]").click()
    expect(phone.locator("[data-slot=where]")).to_contain_text(PLACE)
    expect(phone.locator("[data-part=movein]")).to_be_visible()
    expect(phone.locator("[data-part=camera]")).to_be_hidden()
    assert phone.evaluate("document.querySelector('[data-part=camera] video').srcObject.active") is False

    phone.evaluate(A_PLATE_OF_SOMEWHERE_ELSE)
    phone.locator("[data-part=scan]").click()
    expect(phone.locator("[data-part=noplate]")).to_be_visible()
    expect(phone.locator("[data-part=noplate]")).to_contain_text("请输入街道和门牌号")
    expect(phone.locator("[data-part=find]")).to_have_value("")
    phone.locator("[data-part=find]").fill("76号3单元502")
    phone.locator("[data-part=rows]").get_by_text(PLACE).click()
    expect(phone.locator("[data-part=movein]")).to_be_visible()

    phone.evaluate("() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('no')); }")
    phone.locator("[data-part=scan]").click()
    expect(phone.locator("[data-part=nocamera]")).to_be_visible()
    expect(phone.locator("[data-part=nocamera]")).to_contain_text("摄像头没有打开")
    for said, meant in ENDS:
        assert phone.evaluate(SAID, [said]) == meant, said
    assert browser.complaints == []

"""What this platform must not do (ETH-01 to ETH-14), as lists that a test can hold the code to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """One refusal: words and phrases (with spaces) that no name in schema, routes, facts, roles or kinds may hold."""

    id: str
    what: str
    phrases: tuple[str, ...]

    def found_in(self, names: Iterable[str]) -> list[str]:
        """The names that hold one of the phrases, and are not excused."""
        return [name for name in names if name not in EXCUSED and any(_holds(name, one) for one in self.phrases)]


EXCUSED = {  # name → why it is something else
    "matters.SentStep.fingerprint": "SHA-256 of a signed text, not of a finger",
    "registry.Organisation.credit_code": "the unified social credit code of a unit (GB 32100), no score",
    "registry.Resident.birth_date_enc": "the year, sealed; the day only where an item of the law needs it (C23)",
    "registry.Decoy.birth_date_enc": "made up, of nobody, so that a planted record looks like one of somebody",
}

REFUSALS = (
    Refusal("ETH-01", "lists of key or risky persons", (
        "key person", "key persons", "risk person", "high risk", "at risk person", "watchlist", "watch list",
        "blacklist", "suspect list", "focus person", "person of interest", "wanted", "troublemaker", "zhongdian",
    )),
    Refusal("ETH-02", "recognising people by face, gait, voice or plate", (
        "face", "faces", "facial", "gait", "voiceprint", "voice match", "speaker", "plate recognition", "plate read",
        "anpr", "alpr", "lpr", "embedding", "photo search", "recognised person", "lookalike",
    )),
    Refusal("ETH-03", "scores and predictions about persons", (
        "risk score", "risk level", "risk grade", "person score", "score", "credit", "stability", "propensity",
        "prediction", "predicted", "recidivism", "loyalty", "trust level", "danger level",
    )),
    Refusal("ETH-04", "movements of residents", (
        "trajectory", "movement", "movements", "whereabouts", "imei", "imsi", "mac address", "cell tower",
        "phone location", "gate log", "gate pass", "hotel", "ride", "wifi", "bluetooth", "seen near", "last seen",
    )),
    Refusal("ETH-05", "ethnicity, religion, politics, origin", (
        "ethnicity", "ethnic", "minzu", "race", "nationality", "religion", "religious", "belief", "faith", "political",
        "politics", "party member", "hometown", "native place", "birthplace", "place of birth", "province of origin",
        "origin", "dialect", "hukou", "household registration", "id prefix", "id number",
    )),
    Refusal("ETH-06", "guilt by association", (
        "associate", "associates", "social graph", "contact graph", "relation graph", "accomplice", "chat group",
        "group chat", "sentiment", "opinion watch", "follower", "followers", "hashtag",
    )),
    Refusal("ETH-07", "petitioners, complainants, organisers, journalists, lawyers as targets", (
        "petitioner", "petitioners", "protest", "protester", "demonstrator", "gathering", "organiser", "organizer",
        "activist", "journalist", "lawyer", "repeat complainant", "cause", "demand", "demands",
    )),
    Refusal("ETH-08", "quotas for stops, fines, arrests, installs", (
        "quota", "quotas", "target count", "arrest target", "fine target", "stop target", "leaderboard", "ranking",
        "installs", "points earned", "bonus",
    )),
    Refusal("ETH-09", "biometric templates", (
        "biometric", "biometrics", "fingerprint", "palm", "palmprint", "iris", "retina", "dna", "face template",
    )),
    Refusal("ETH-10", "bulk export and search by attribute", (
        "bulk export", "export people", "export residents", "export identities", "people export", "search people",
        "search residents", "search identities", "residents of", "who lives", "download all",
    )),
    Refusal("ETH-11", "covert monitoring of staff", (
        "keylog", "keystrokes", "screenshot", "screen capture", "covert", "hidden track", "silent track", "idle time",
        "productivity", "eavesdrop",
    )),
    Refusal("ETH-12", "automated decisions against somebody", (
        "auto reject", "auto deny", "auto refuse", "auto fine", "auto penalty", "auto sanction", "auto arrest",
        "automatic refusal", "automatic sanction",
    )),
    Refusal("ETH-13", "children's data beyond a party's minimum", (
        "birthday", "birth date", "date of birth", "born on", "age", "school", "pupil", "class name", "child name",
        "parent name",
    )),
    Refusal("ETH-14", "investigation, interception, informants, state security", (
        "intercept", "interception", "wiretap", "informant", "undercover", "handler of source", "state security",
        "surveillance", "forensic", "investigation", "case file",
    )),
)  # fmt: skip

KINDS_THAT_MUST_NOT_EXIST = {
    "key_person": "ETH-01", "watchlist": "ETH-01", "risk_person": "ETH-01", "petitioner": "ETH-07",
    "gathering": "ETH-07", "crowd_watch": "ETH-07", "opinion": "ETH-06", "association": "ETH-06",
    "investigation": "ETH-14", "interception": "ETH-14", "informant": "ETH-14", "surveillance": "ETH-14",
    "state_security": "ETH-14",
}  # fmt: skip

_FACES = {
    "opencv-python", "opencv-python-headless", "opencv-contrib-python", "face-recognition", "face-recognition-models",
    "dlib", "insightface", "deepface", "mediapipe", "facenet-pytorch", "retina-face", "mtcnn", "ultralytics", "yolov5",
    "supervision", "mmdet", "timm", "clip", "open-clip-torch",
}  # fmt: skip
_PLATES = {
    "openalpr", "hyperlpr", "hyperlpr3", "fast-alpr", "easyocr", "paddleocr", "paddlepaddle", "pytesseract",
    "openalpr-node", "tesseract.js",
}  # fmt: skip
_VOICES = {
    "speechbrain", "resemblyzer", "pyannote-audio", "pyannote-core", "nemo-toolkit", "openai-whisper", "faster-whisper",
}  # fmt: skip
_ENGINES = {
    "torch", "torchvision", "torchaudio", "tensorflow", "keras", "onnxruntime", "openvino", "tflite-runtime", "jax",
    "onnxruntime-web", "@tensorflow/tfjs", "@tensorflow/tfjs-core",
}  # fmt: skip
_FACES_IN_BROWSERS = {
    "face-api.js", "@vladmandic/face-api", "@vladmandic/human", "@mediapipe/tasks-vision", "@mediapipe/face_mesh",
    "clmtrackr", "tracking",
}  # fmt: skip
PACKAGES_THAT_RECOGNISE = frozenset(_FACES | _PLATES | _VOICES | _ENGINES | _FACES_IN_BROWSERS)

TERMS_NO_SCREEN_SAYS = {
    "重点人员": "ETH-01", "重点人群": "ETH-01", "高危人员": "ETH-01", "高危人群": "ETH-01", "人脸识别": "ETH-02",
    "声纹": "ETH-02", "步态": "ETH-02", "以图搜": "ETH-02", "风险评分": "ETH-03", "维稳": "ETH-03",
    "轨迹倒查": "ETH-04", "少数民族": "ETH-05", "籍贯": "ETH-05", "关系图谱": "ETH-06", "舆情": "ETH-06",
    "上访人员": "ETH-07", "缠访": "ETH-07", "抓捕指标": "ETH-08", "罚款指标": "ETH-08",
    "特情": "ETH-14", "耳目": "ETH-14",
}  # fmt: skip


def words(name: str) -> list[str]:
    """`registry.Identity.riskScore_2` → registry identity risk score 2"""
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    return re.findall(r"[a-z0-9]+", parted.lower())


def _holds(name: str, phrase: str) -> bool:
    wanted, there = phrase.split(), words(name)
    return any(there[n : n + len(wanted)] == wanted for n in range(len(there) - len(wanted) + 1))


def packages_in(lock: str) -> set[str]:
    """Names in a requirements lock (`name==1.2 \\`) or in a package-lock (`"node_modules/name": {`)."""
    python = {line.split("==")[0].strip().lower() for line in lock.splitlines() if re.match(r"[A-Za-z0-9_.-]+==", line)}
    script = set(re.findall(r'"node_modules/((?:@[^/"]+/)?[^/"]+)":', lock))
    return {name.replace("_", "-").split("[")[0] for name in python} | script

"""Looking for residents kept twice: every Sunday night, and after a sheet was taken over."""

import logging

from procrastinate.contrib.django import app as queue

from shouwang.core.actor import Actor
from shouwang.core.clock import now

log = logging.getLogger(__name__)


@queue.periodic(cron="37 18 * * 6")  # 02:37 on Sunday in Shanghai
@queue.task(name="linkage.link", queue="nightly", queueing_lock="linkage.link", lock="linkage")
def link(timestamp: int) -> None:
    _link()


@queue.task(name="linkage.link_now", queue="nightly", lock="linkage")
def link_now() -> None:
    _link()


def _link() -> None:
    from shouwang.registry.linkage.linking import link_residents
    from shouwang.registry.linkage.matching import NotInstalled

    try:
        link_residents(by=Actor.system(), at=now())
    except NotInstalled:
        log.info("residents are not compared: the extra `link` is not installed")

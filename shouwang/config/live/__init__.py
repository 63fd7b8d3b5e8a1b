"""Live streams: server-sent events under `/live/`, fed by one LISTEN connection.

    NOTIFY → bus (read) → ring (keep, number) → hub (whose is it? admission) → stream (queue) → browser

What is sent says *that* something changed; the page fetches what it may see. Only positions carry data.
"""

from shouwang.config.live.application import Live

application = Live()

"""Settings, addresses, the embedded database and the processes: how the apps become one running system."""

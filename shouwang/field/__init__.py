"""The phone of officers and grid workers."""

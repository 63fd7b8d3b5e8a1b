"""Patrol orders: where, when, who leads, which parties come along, and what came of it."""

"""Decides. Frozen data in, frozen data out: no clock, no disk, no network, no database, no logging."""

"""Benchmarks: the adapter beside what it is built on, in one run on one machine.

Absolute figures belong to the machine; what is held to bounds are ratios. `make bench` prints the
tables and renews docs/reference/benchmarks.md.
"""

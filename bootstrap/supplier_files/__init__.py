"""Supplier price lists made to order, for demonstrations, tests and benchmarks.

Same order, same file: whatever is random in them is drawn from the seed.
"""

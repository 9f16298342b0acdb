"""The crash harness: a till that loses its power hundreds of times a run, under load, with every
fault of its register and its OFD mixed in. Then the books are compared to the last receipt.
"""

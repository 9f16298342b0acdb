"""The other side of the till as programs of their own: a fiscal register and an OFD.

They serve demonstration, training and tests. They share no rules with the adapter, so that each
side can prove the other wrong; only the settings are common.
"""

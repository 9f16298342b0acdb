"""Virtual fiscal register: shifts, FD numbers, fiscal signs and the FN's rules, without paper."""

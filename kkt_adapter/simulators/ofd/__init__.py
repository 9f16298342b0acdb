"""OFD simulator: takes receipts over HTTP as an operator of fiscal data would."""

"""Understanding: which of the things that can be asked was asked, and with which values."""

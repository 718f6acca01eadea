"""As much of the Hypothesis API as its browser client asks for (https://h.readthedocs.io/en/latest/api/)."""

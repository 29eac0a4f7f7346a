"""What `doctor` looks at: a file for each check, which says what it found in one sentence.

Nothing here prints, signs in, renews or asks, and no finding holds a secret.
"""

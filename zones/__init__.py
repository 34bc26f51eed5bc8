"""Sites on the ground: what they are made of, what is measured on them, what is said of them."""

__version__ = "0.1.0"

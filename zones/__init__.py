"""Sites on the ground: what they are made of, what is measured on them, what is said of them."""

"""Files become raw frames, in a process that has no network, few drivers and little memory."""

"""The books (台账) of the 收文 room."""

"""Forms of sign-in, one's own account, and the section 系统; one file a subject."""

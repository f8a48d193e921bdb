"""Every write of units, persons, accounts, roles and stand-ins; one file a subject, always `*, by: Actor`."""

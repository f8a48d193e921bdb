"""来文收取: optional takers bring files from a mailbox or a scanner's folder to the same gate as any upload."""

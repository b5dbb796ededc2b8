"""Hand messages over to mail servers: a relay that sends them, and a mailbox that takes drafts."""

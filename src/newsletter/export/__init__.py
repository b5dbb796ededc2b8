"""An issue for a mailing service: with the tags of the service instead of the fields of each reader."""

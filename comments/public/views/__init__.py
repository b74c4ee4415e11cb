"""What readers and writers of comments ask for; the moderators' screens are in `admin`."""

"""The variables that the settings read: what each is for, where its value comes from."""

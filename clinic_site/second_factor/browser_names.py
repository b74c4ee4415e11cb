"""What a browser is called, as its owner would call it: "Safari on iPhone"."""

# In this order: each also claims to be those below it.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
DEVICES = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "Chromebook",
    "Macintosh": "Mac",
    "Windows": "Windows",
    "Linux": "Linux",
}


def browser_name(user_agent: str) -> str:
    """Return the name of a browser and of the device; parts that it does not tell are left out."""
    browser = next((name for sign, name in BROWSERS.items() if sign in user_agent), "")
    device = next((name for sign, name in DEVICES.items() if sign in user_agent), "")
    return " on ".join(filter(None, (browser or "A browser", device)))

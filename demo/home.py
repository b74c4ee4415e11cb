"""How the demo's home page is composed, and the pages that answer what new patients ask.

What is said here of visits and payment is made up, as the people are who say it.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone

Block = dict[str, Any]

HERO = {
    "headline": "Stand, move and live with less pain",
    "introduction": "<p>We look at how your whole body carries itself, find what’s working too "
    "hard and what’s stopped working, and teach you how to fix it.</p>",
    "picture": None,
    "button": True,
}

TESTIMONIALS = {
    "I came about a hip and was asked how I sit, sleep and stand. Four exercises later I could "
    "tie my shoes without planning it.": "Pat R., invented for this demo",
    "No one promised me anything. They showed me what had stopped working, and I did the rest in "
    "my kitchen.": "A runner of 61, invented for this demo",
}

TEAM_INTRODUCTION = (
    "<p>Four people who work together. You choose who you see, and you can change your mind.</p>"
)

FIRST_VISIT_INTRODUCTION = (
    '<p>Start with a <a href="/services/first-consultation/">first consultation</a>: half an '
    "hour, free, and you stay dressed. If you go on, a posture assessment comes next. This is how "
    "that one goes: an hour and a quarter of listening and looking, and a plan on paper that’s "
    "yours whether you come back or not.</p>"
)
FIRST_VISIT = [
    {
        "type": "steps",
        "value": {
            "heading": "What happens",
            "steps": [
                {
                    "title": "We listen",
                    "text": "What hurts, since when, what you’ve tried, and what you’d like to do "
                    "again.",
                },
                {
                    "title": "We look",
                    "text": "Four photos of how you stand, and simple tests of each joint. We "
                    "explain everything before we do it.",
                },
                {
                    "title": "You try",
                    "text": "Your first two or three exercises, until they feel right without us.",
                },
                {
                    "title": "We write it down",
                    "text": "What we found, what to do each morning, and whether we think you "
                    "should see a doctor first.",
                },
            ],
        },
    },
    {
        "type": "text",
        "value": "<h2>What to bring</h2>"
        "<ul><li>clothes you can move in that let us see your knees and shoulders</li>"
        "<li>the shoes you walk in most</li>"
        "<li>doctor’s reports or scans, if you have any (we don’t need them to "
        "start)</li></ul>",
    },
    {
        "type": "callout",
        "value": {
            "heading": "When to see a doctor first",
            "text": "<p>Don’t wait for us after a fall, with a fever, with numbness or weakness "
            "in a leg or arm, or if you lose control of your bladder or bowels. Call your "
            "doctor, and in an emergency call 911.</p>",
        },
    },
    {
        "type": "invitation",
        "value": {
            "heading": "New here? Start with the first consultation: half an hour, free.",
            "page": None,
            "button": "Book a first consultation",
        },
    },
]

PRICES_INTRODUCTION = (
    "<p>You pay after each visit, by card or cash. No contracts, and no packages that expire.</p>"
)
PRICES = [
    {"type": "price_list", "value": {"heading": "What a visit costs"}},
    {
        "type": "text",
        "value": "<h2>Insurance</h2>"
        "<p>We don’t bill insurance. We’ll give you an itemized receipt (a superbill) to "
        "send to your insurer. Please ask them before your visit if they’ll cover "
        "it.</p>",
    },
    {
        "type": "table",
        "value": {
            "caption": "If you can’t make it",
            "columns": [
                {"type": "text", "heading": "You tell us"},
                {"type": "text", "heading": "You pay"},
            ],
            "rows": [
                {"values": ["24 hours before, or earlier", "nothing"]},
                {"values": ["less than 24 hours before", "half the price"]},
                {"values": ["you don’t let us know", "the price of the visit"]},
            ],
        },
    },
]


def home_sections() -> list[Block]:
    asked_on = (timezone.localdate() - timedelta(days=40)).isoformat()
    said = [
        {"words": words, "name": name, "consent": True, "consent_on": asked_on}
        for words, name in TESTIMONIALS.items()
    ]
    return [
        {"type": "hero", "value": HERO},
        {"type": "services", "value": {"heading": "What we do"}},
        {"type": "team", "value": {"heading": "Who will see you"}},
        {
            "type": "testimonials",
            "value": {"heading": "What people say", "testimonials": said},
        },
        {"type": "articles", "value": {"heading": "Worth reading", "count": "3"}},
        {"type": "where", "value": {"heading": "Where and when"}},
    ]

"""How the demo's home page is composed, and the pages that answer what new patients ask.

What is said here of visits and payment is made up, as the people are who say it.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone

Block = dict[str, Any]

HERO = {
    "headline": "Stand, move and live with less pain",
    "introduction": "<p>We look at how your whole body carries itself, find what works too hard "
    "and what has stopped working, and teach you to put it right.</p>",
    "picture": None,
    "button": True,
}

TESTIMONIALS = {
    "I came about a hip and was asked how I sit, sleep and stand. Four exercises later I could "
    "tie my shoes without planning it.": "Pat R., invented for this demo",
    "Nobody promised me anything. They showed me what had stopped working, and I did the rest in "
    "my kitchen.": "A runner of 61, invented for this demo",
}

TEAM_INTRODUCTION = (
    "<p>Four people who ask one another. You choose whom you see, and may change your mind.</p>"
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
                    "text": "What hurts, since when, what you have tried, and what you would like "
                    "to do again.",
                },
                {
                    "title": "We look",
                    "text": "Four photographs of how you stand, and simple tests of each joint. "
                    "Nothing is done to you that we have not explained.",
                },
                {
                    "title": "You try",
                    "text": "The first two or three exercises, until they feel right without us.",
                },
                {
                    "title": "We write it down",
                    "text": "What we found, what to do each morning, and whether we think that "
                    "you should see a doctor first.",
                },
            ],
        },
    },
    {
        "type": "text",
        "value": "<h2>What to bring</h2><ul><li>clothes in which you can move and we can see your "
        "knees and shoulders</li><li>the shoes you walk in most</li><li>reports of a doctor or "
        "pictures, if there are any; we do not need them to begin</li></ul>",
    },
    {
        "type": "callout",
        "value": {
            "heading": "When to see a doctor first",
            "text": "<p>After a fall, with a fever, with numbness or weakness in a leg or arm, or "
            "if you lose control of bladder or bowels: do not wait for us. Ring your doctor, and "
            "in an emergency 911.</p>",
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
    "<p>You pay after each visit, by card or in cash. There are no contracts and no bundles that "
    "run out.</p>"
)
PRICES = [
    {"type": "price_list", "value": {"heading": "What a visit costs"}},
    {
        "type": "text",
        "value": "<h2>Insurance</h2><p>We do not bill insurers. You get an itemised receipt that "
        "you may hand in; whether it is paid for is between you and them, so please ask before "
        "you come.</p>",
    },
    {
        "type": "table",
        "value": {
            "caption": "If you cannot come",
            "columns": [
                {"type": "text", "heading": "You tell us"},
                {"type": "text", "heading": "You pay"},
            ],
            "rows": [
                {"values": ["24 hours before, or earlier", "nothing"]},
                {"values": ["later than that", "half the price"]},
                {"values": ["not at all", "the price of the visit"]},
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

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
    "image": None,
    "button": True,
}

TESTIMONIALS = {
    "I came in for my hip and was asked how I sit, sleep and stand. Four exercises later I could "
    "tie my shoes without planning it.": "Pat R., invented for this demo",
    "No one promised me anything. They showed me what had stopped working, and I did the rest in "
    "my kitchen.": "A 61-year-old runner, invented for this demo",
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
        "<p>We don’t bill insurance. For visits with our physical therapist, we’ll give you a "
        "superbill: a receipt with the date, what we did in the codes insurers use, and what you "
        "paid. You send it to your insurer. Before your visit, ask them:</p>"
        "<ul><li>Do I have out-of-network benefits for physical therapy?</li>"
        "<li>What’s my deductible, and how much of it have I met?</li>"
        "<li>How much of the bill do you pay after that?</li>"
        "<li>Do I need a referral or your approval first?</li>"
        "<li>Where do I send a superbill, and by when?</li></ul>"
        "<p>Insurers rarely pay for training, massage or classes. If you have Medicare, please "
        "call us before you book, because other rules apply.</p>"
        "<h2>HSA and FSA</h2>"
        "<p>You can pay with your HSA or FSA card. Physical therapy for a health problem usually "
        "counts. Training and massage often count only with a letter of medical necessity from "
        "your doctor. Your plan decides, so ask them first and keep our receipts.</p>"
        "<h2>Your right to a good-faith estimate</h2>"
        "<p>If you don’t have health insurance, or don’t plan to use it for a visit, federal law "
        "(the No Surprises Act) says you can have a written estimate of what your care is expected "
        "to cost.</p>"
        "<ul><li>Ask us any time, even before you book. You’ll have it within three business "
        "days.</li>"
        "<li>If you book at least three business days ahead, you’ll have it one business day later "
        "at the latest. If you book ten or more business days ahead, it’s three.</li>"
        "<li>It isn’t a contract. You don’t have to come, and you can ask other clinics too.</li>"
        "<li>If our bill is $400 or more above our estimate, you can dispute it with the U.S. "
        "Department of Health and Human Services, up to 120 days after the date on the bill.</li>"
        "<li>Keep your estimate, or take a picture of it.</li></ul>"
        '<p>More about it: <a href="https://www.cms.gov/nosurprises">cms.gov/nosurprises</a>, or '
        "1-800-985-3059.</p>",
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

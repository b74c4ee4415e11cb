"""The demo clinic's own facts. Its people are made up; name, address and phone are not."""

from datetime import time
from decimal import Decimal

from booking.models import BookingRules, Service
from clinic_site.clinic.models.details import ClinicDetails, Specialty
from clinic_site.clinic.models.locations import Location, OpeningHours
from clinic_site.clinic.models.people import Person

WEEK = [
    *[(weekday, time(9), time(18)) for weekday in range(4)],
    (4, time(9), time(15)),
    (5, time(9), time(13)),
]

SERVICES = [
    {
        "name": "First consultation",
        "slug": "first-consultation",
        "pictogram": Service.Pictogram.TALK,
        "mode": Service.Mode.AT_ONCE,
        "buffer_minutes": 0,
        "notice_hours": 12,
        "audience": "anyone new here (start with this one)",
        "description": "We listen, look at how you stand and move, and tell you honestly whether "
        "we can help.",
        "duration_minutes": 30,
        "price_text": "free",
    },
    {
        "name": "Posture assessment",
        "slug": "posture-assessment",
        "pictogram": Service.Pictogram.LOOK,
        "mode": Service.Mode.ON_REQUEST,
        "buffer_minutes": 15,
        "audience": "most people, after their first consultation",
        "description": "Photos, simple tests of every joint, and a written plan to take home.",
        "duration_minutes": 75,
        "price_text": "$145",
    },
    {
        "name": "Posture therapy",
        "slug": "posture-therapy",
        "pictogram": Service.Pictogram.EXERCISE,
        "mode": Service.Mode.ON_REQUEST,
        "buffer_minutes": 15,
        "audience": "people who’ve had their posture assessment here",
        "description": "Gentle exercises in an order made for you, practiced until you can do "
        "them on your own. For pain that keeps coming back.",
        "duration_minutes": 60,
        "price_text": "$110",
    },
    {
        "name": "Personal training",
        "slug": "personal-training",
        "pictogram": Service.Pictogram.STRENGTH,
        "mode": Service.Mode.AT_ONCE,
        "grid_minutes": 30,
        "audience": "anyone without acute pain",
        "description": "One-on-one strength training that starts where you are. For people who "
        "want more than being out of pain.",
        "duration_minutes": 60,
        "price_text": "$95",
    },
    {
        "name": "Massage",
        "slug": "massage",
        "pictogram": Service.Pictogram.HANDS,
        "mode": Service.Mode.ON_REQUEST,
        "buffer_minutes": 15,
        "grid_minutes": 30,
        "audience": "anyone, with no assessment needed",
        "description": "Slow, deep work on the muscles that guard a sore back or hip. On its own "
        "or along with therapy.",
        "duration_minutes": 60,
        "price_text": "$105",
    },
    {
        "name": "Corrective exercise class",
        "slug": "corrective-exercise-class",
        "pictogram": Service.Pictogram.GROUP,
        "mode": Service.Mode.AT_ONCE,
        "seats": 6,
        "audience": "people who’ve been in therapy here",
        "description": (
            "Six people, mats and a little patience. For keeping up what you gained in therapy."
        ),
        "duration_minutes": 50,
        "price_text": "$25 a class",
    },
]

MADE_UP = "(made up for this demo)"

PEOPLE = [
    {
        "name": "Robin Alvarez",
        "role": "Posture therapist",
        "biography": "Came to posture therapy because of a runner’s knee that wouldn’t heal, and "
        "still runs. Notices how you walk before you’ve said hello.",
        "training": "B.S. in kinesiology, 2012\nTwo-year training in posture therapy, 2015",
        "languages": "English, Spanish",
        "interests": "Runners’ knees and hips\nWalking again after a long break",
    },
    {
        "name": "Dana Whitfield",
        "role": "Physical therapist",
        "credentials": "DPT",
        "biography": "Has looked after backs and hips for sixteen years, and reads every article "
        "on these pages before you do.",
        "training": "Doctor of Physical Therapy, 2010\nResidency in orthopedics, 2011",
        "license": f"California physical therapist, PT 00000 {MADE_UP}",
        "languages": "English",
        "interests": "Back pain that keeps coming back\nHips that won’t bend",
    },
    {
        "name": "Marisol Vega",
        "role": "Massage therapist",
        "credentials": "CMT",
        "biography": "Works slowly and deeply, and will tell you which knot can wait.",
        "training": "Massage program of 1,000 hours, 2014",
        "license": f"Certified massage therapist, CAMTC 00000 {MADE_UP}",
        "languages": "Spanish, English",
        "interests": "Necks and shoulders after desk work\nHips before and after surgery",
    },
    {
        "name": "Theo Lindqvist",
        "role": "Personal trainer",
        "credentials": "CSCS",
        "biography": "Has taught eighty-year-olds to lift more than they thought was wise. "
        "Starts with the lightest weight in the room.",
        "training": "B.S. in exercise science, 2011\nCertified strength and conditioning "
        "specialist, 2012",
        "languages": "English, Swedish",
        "interests": "Starting strength training after sixty\nHikers who want their hills back",
    },
]


def create_clinic() -> Location:
    """Create the clinic's details, its location, its people and what it offers."""
    location = Location(
        name="State Street",
        street="1129 State Street, Suite #2",
        city="Santa Barbara",
        region="CA",
        postcode="93101",
        phone="805-880-6533",
        email="hello@motionunlimited.example",
        time_zone="America/Los_Angeles",
        map_url="https://www.openstreetmap.org/search?query=1129%20State%20Street%2C%20Santa%20Barbara",
        latitude=Decimal("34.4236"),
        longitude=Decimal("-119.7059"),
        hours_note="Closed on holidays.",
        directions="On State Street between Figueroa and Anapamu Streets, across from the Museum "
        "of Art and a few doors down.",
        map_description="A map. State Street runs up the middle, with Chapala Street to its left "
        "and Anacapa Street to its right. The clinic is on the left side of State Street, halfway "
        "between Figueroa Street and Anapamu Street. City Lot 4 is behind it on Chapala Street, "
        "and City Lot 7 is one block over on Anacapa Street.",
        parking="City Lot 4 (1120 Chapala Street) is right behind us. City Lot 7, the library "
        "garage, is at 1115 Anacapa Street. Both have accessible spaces.",
        entrance="A green door beside the flower shop, with “Suite #2” on the glass. The door is "
        "open during our hours, so come right in.",
        step_free_access="No steps from the sidewalk to the treatment rooms. The doors are 36 "
        "inches wide, and there’s an accessible restroom. Need a hand from the car? Call us when "
        "you get here.",
        what_to_bring="Clothes you can move in\nA list of your medications\nReports or scans, if "
        "you have any\nYour HSA or FSA card, if you want to use it",
    )
    location.opening_hours = [
        OpeningHours(weekday=weekday, opens=opens, closes=closes) for weekday, opens, closes in WEEK
    ]
    location.save()
    details = ClinicDetails.load()
    details.name = "Motion Unlimited"
    details.tagline = "Posture. Strength. Mobility."
    details.booking_heading = "Ready to be pain free?"
    details.booking_thanks = "Please come five minutes early."
    details.trade = "posture and physical therapy"
    details.specialty = Specialty.PHYSICAL_THERAPY
    details.price_range = "$25–$145"
    details.location = location
    details.save()
    rules = BookingRules.load()
    rules.late_fee = "half the price"
    rules.save()
    for place, fields in enumerate(PEOPLE):
        Person.objects.create(sort_order=place, **fields)
    for place, service in enumerate(SERVICES):
        Service.objects.create(sort_order=place, **service)
    return location

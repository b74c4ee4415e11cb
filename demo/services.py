"""The demo clinic's page for each service. What is said here of visits is made up."""

from typing import Any

from booking.models import Service, ServicePage, ServicesPage
from clinic_site.pages.models import HomePage

INTRODUCTION = (
    "<p>New here? Start with the first consultation: it’s half an hour, it’s free, and it tells "
    "you which of the others you need, if any.</p>"
)

PAGES: dict[str, dict[str, Any]] = {
    "first-consultation": {
        "introduction": "<p>Half an hour to find out whether we’re the right people for you. If "
        "you’re new, this is the one to book.</p>",
        "steps": [
            ("You talk", "What hurts, how long it’s been going on, and what you’ve tried so far."),
            ("We look", "How you stand, walk and bend. You stay dressed."),
            ("We tell you", "What we think, what it would take, and who could help if we can’t."),
        ],
        "wear": "<p>Whatever you’re wearing is fine. Bring a list of your medications, and reports "
        "from your doctor if you have any.</p>",
        "questions": [
            ("Is it really free?", "Yes. There’s nothing to sign, and we won’t ask for a card."),
            ("Will you treat me that day?", "No. It’s a conversation and a first look. Treatment "
             "starts with a posture assessment, or with a massage if that’s all you need."),
            ("Do I need a referral?", "No. If you should see a doctor first, we’ll say so."),
        ],
    },
    "posture-assessment": {
        "introduction": "<p>Everything that comes after is built on this visit: an hour and a "
        "quarter of looking closely, and a plan on paper you take home.</p>",
        "steps": [
            ("Four photographs", "Front, back and both sides. They stay in your file."),
            ("Simple tests", "Each joint from the feet up: how far it goes, and what stops it."),
            ("Your first exercises", "Two or three, practiced until they feel right without us."),
            ("Your plan", "What we found, what to do each morning, and how many visits to plan."),
        ],
        "wear": "<ul><li>Shorts and a top that show your knees and shoulders</li><li>The shoes you "
        "walk in most</li><li>Reports or scans from a doctor, if you have any</li></ul>",
        "questions": [
            ("I’ve never been to you. Can I book this first?", "You can. Most people start with "
             "the free consultation, so they know what they’re paying for."),
            ("Who sees the photos?", "You and the people who treat you. We delete them if "
             "you ask us to."),
        ],
    },
    "posture-therapy": {
        "introduction": "<p>One hour at a time, you learn the exercises that your assessment "
        "called for, in an order made for you, until you can do them alone.</p>",
        "steps": [
            ("How did it go?", "We start with what changed since last time, for better or worse."),
            ("The sequence", "Gentle exercises, most of them lying down at first."),
            ("What’s next", "We take out what you’ve outgrown and add one thing."),
        ],
        "wear": "<p>Clothes you can move in. We have mats, blocks and straps.</p>",
        "questions": [
            ("How many visits will I need?", "Often six to eight, a week or two apart. Your plan "
             "says what we expect, and we tell you if it isn’t working."),
            ("Does it hurt?", "It shouldn’t. If an exercise hurts, we stop and find another."),
        ],
    },
    "personal-training": {
        "introduction": "<p>An hour of one-on-one strength training with someone who knows your "
        "back and your knees.</p>",
        "steps": [
            ("Warm-up", "Ten minutes that get your hips, shoulders and ankles ready."),
            ("Strength", "Four or five lifts, starting light. You rest as long as you need."),
            ("Notes", "We write down what you did, so next time begins where you stopped."),
        ],
        "wear": "<p>Flat shoes, clothes you can sweat in, and a bottle of water.</p>",
        "questions": [
            ("I’ve never lifted anything. Is that a problem?", "Not at all. The lightest weight "
             "in the room is one pound."),
            ("Can I come with an injury?", "Come for a first consultation first. If it’s acute, "
             "training waits."),
        ],
    },
    "massage": {
        "introduction": "<p>An hour of slow, deep work on the muscles that guard a sore back or "
        "hip. You don’t need an assessment for it.</p>",
        "steps": [
            ("Where is it?", "You show us what’s sore and what’s off limits."),
            ("The massage", "On a heated table, covered except where we work. You choose how "
             "firm."),
            ("Afterward", "A glass of water, and one stretch to take home."),
        ],
        "wear": "<p>Anything. You undress as far as you like, alone in the room.</p>",
        "questions": [
            ("When shouldn’t I come?", "With a fever, a fresh injury, a blood clot, or open skin. "
             "If you’re pregnant, please call us first."),
            ("Is a tip expected?", "No. The price is the price."),
        ],
    },
    "corrective-exercise-class": {
        "introduction": "<p>Fifty minutes with five others and an instructor, for people "
        "who’ve been in therapy here and want to keep what they’ve gained.</p>",
        "steps": [
            ("Ten minutes of your own", "Everyone starts with the sequence from their plan."),
            ("Together", "Balance, hips and shoulders, with a new theme each week."),
        ],
        "wear": "<p>Clothes you can move in. We have mats.</p>",
        "questions": [
            ("What if it’s full?", "Join the waiting list for that date. If a seat opens up, we’ll "
             "hold it for you and let you know."),
            ("Can I bring someone?", "Yes, if they’ve been in therapy here. Book a seat for each "
             "of you."),
        ],
    },
}  # fmt: skip


def create_service_pages(home: HomePage) -> None:
    """Publish the list of services and a page for each."""
    index = ServicesPage(
        title="Services", slug="services", introduction=INTRODUCTION, show_in_menus=True
    )
    home.add_child(instance=index)
    index.save_revision().publish()
    for service in Service.objects.bookable():
        _create_page(index, service, **PAGES[service.slug])


def _create_page(
    index: ServicesPage,
    service: Service,
    *,
    introduction: str,
    steps: list[tuple[str, str]],
    wear: str,
    questions: list[tuple[str, str]],
) -> None:
    happens = {
        "heading": "What happens",
        "steps": [{"title": title, "text": text} for title, text in steps],
    }
    asked = [
        ("question", {"question": question, "answer": f"<p>{answer}</p>"})
        for question, answer in questions
    ]
    page: ServicePage = index.add_child(
        instance=ServicePage(
            title=service.name,
            slug=service.slug,
            service=service,
            introduction=introduction,
            body=[("steps", happens)] if len(steps) > 1 else [],
            what_to_wear=wear,
            questions=asked,
        )
    )
    page.save_revision().publish()

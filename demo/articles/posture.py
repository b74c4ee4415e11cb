"""What good posture is and is not, told as the evidence tells it."""

from demo.articles.article import (
    DemoArticle,
    callout,
    cite,
    figure,
    heading,
    invitation_block,
    quote,
    refer,
    source,
    table,
    text,
)

ARTICLE = DemoArticle(
    title="What good posture is, and what it isn’t",
    slug="good-posture",
    topic="posture",
    tags=("posture", "back pain", "sitting", "strength", "walking"),
    summary=(
        "You’ve been told to stand up straight since you were five. The research is kinder: "
        "there is no one correct posture, and most backs that look crooked don’t hurt. What helps "
        "is being strong, and moving often."
    ),
    author="Robin Alvarez",
    reviewer="Dana Whitfield",
    card="posture-card",
    published_days_ago=42,
    reviewed_days_ago=44,
    body=[
        text(
            "<p>Almost everyone who comes to us apologizes for their posture before they have "
            "taken off their coat. They have seen a photo of themselves, or a parent used to poke "
            "them between the shoulder blades. They’re sure that the way they stand is the "
            "reason why they hurt. Sometimes it plays a part. More often it’s the least "
            "interesting thing about them.</p>"
        ),
        heading("No one has found the one right way to stand"),
        text(
            "<p>A spine seen from the side has three curves: in at the neck, out at the ribs, in "
            "again at the lower back. How deep they are depends a lot on the shape of your "
            "pelvis, and you were given that as you were given your nose. When surgeons took "
            "X-rays of 160 people without back trouble, they found backs so different that they "
            f"sorted them into four types, and called all four normal.{cite('roussouly')} "
            f"{refer('posture-1', 'The figure')} shows what that looks like in life.</p>"
        ),
        figure(
            "posture-1",
            caption=(
                "The same plumb line through three ankles. Only some of these people meet it, and "
                "nothing is wrong with any of them."
            ),
            alternative_text=(
                "Three people standing, seen from the right, with their spines and pelvises drawn "
                "in and a dashed plumb line through the ankle. The first has shallow curves "
                "and an "
                "ear over the ankle, the second moderate curves, the third deep curves, with ear "
                "and belly in front of the line."
            ),
        ),
        text(
            "<p>The plumb line that hangs through ear, shoulder, hip and ankle in old "
            "textbooks is "
            "a useful thing to draw against. It was never a test that a healthy person passes and "
            "a sore one fails.</p>"
        ),
        heading("Does bad posture cause pain?"),
        text(
            "<p>Less than you’ve been led to believe. Here are four of the better answers that "
            f"we have:{cite('christensen')}{cite('swain')}{cite('richards')}{cite('fedorak')}</p>"
        ),
        table(
            "Four studies of posture and pain",
            ["What was looked at", "What was found"],
            [
                [
                    "54 studies of the curves of the spine, gathered in 2008",
                    "No strong evidence that the curves are linked to any health problem, pain "
                    "included",
                ],
                [
                    "41 reviews of posture, physical work and low back pain, gathered in 2020",
                    "A link in some, none in others, and no agreement that posture is a cause",
                ],
                [
                    "686 people, photographed at 17 and asked about their necks at 22",
                    "Young women who slumped had less lasting neck pain than those who sat "
                    "upright; in young men it made no difference",
                ],
                [
                    "28 clinicians, judging the backs of 36 people from photographs",
                    "Different clinicians often disagreed about the same back",
                ],
            ],
        ),
        text(
            "<p>None of them says that posture never matters. They say that you can’t look at "
            "someone from across a room and know whether they hurt. A link doesn’t tell us which "
            "came first, either: people with a sore back hold themselves differently "
            "<i>because</i> it’s sore.</p>"
        ),
        quote(
            "I have seen beautiful posture in dreadful pain, and a man bent like a question mark "
            "who had just walked the length of Spain.",
            "Dana Whitfield, physical therapist",
        ),
        heading("Then what is good posture?"),
        text(
            "<p>We’d put it like this: a good posture is one that you can leave. It suits "
            "what you’re doing, it doesn’t tire you quickly, and it’s one of many that you "
            "have. By that measure slumping on a sofa for a while is good posture, and so is "
            "standing tall to sing. Holding either for four hours isn’t. You have more of them "
            f"than you use; {refer('posture-2', 'the figure')} shows six.</p>"
        ),
        figure(
            "posture-2",
            caption="Six good postures. What makes them good is that you can leave them.",
            alternative_text=(
                "Six people seen from the right. One sits tall on a stool, one leans back in a "
                "chair, one leans forward on a desk, one stands with a foot on a box, one walks, "
                "opposite arm and leg in front, one reaches up to stretch."
            ),
        ),
        text(
            "<p>A group of researchers who went through the beliefs about posture came to much "
            "the "
            "same advice: comfortable positions differ from person to person, it’s safe to try "
            f"those that you’ve been avoiding, and the spine can be trusted.{cite('slater')}</p>"
        ),
        heading("Three things that are worth your effort", level="h3"),
        text(
            "<ol><li><b>Variety.</b> Change position before you have to. If your back aches after "
            "forty minutes in a chair, get up after thirty.</li>"
            "<li><b>Strength.</b> A strong back tires later, in whatever shape it is. Adults are "
            "advised to do something that strengthens all the large muscles on two days a week or "
            f"more.{cite('who')}</li>"
            "<li><b>Ease.</b> Holding yourself up stiffly is work too. If you find that you are "
            "bracing your belly or pinning back your shoulders, let go and breathe out.</li></ol>"
        ),
        invitation_block(),
        heading("When posture does deserve attention"),
        text(
            "<p>There are times when we do look closely at how someone stands and moves:</p>"
            "<ul><li>One position or movement brings on <i>your</i> pain again and again, and "
            "changing it eases the pain. That’s useful to know, whatever a textbook says.</li>"
            "<li>Your work holds you in one place: driving, surgery, the violin.</li>"
            "<li>You have stopped being able to move somewhere that you used to. A shape that you "
            "can’t get out of is different from one that you’re fond of.</li>"
            "<li>You simply want to stand taller. That’s reason enough, and training helps; it "
            "doesn’t have to be dressed up as medicine.</li></ul>"
        ),
        callout(
            "See a doctor about a change of shape",
            "<p>Make an appointment if a back has become visibly more curved, in a child, a "
            "teenager or yourself; if you have lost height; or if a shoulder, a hip or the ribs "
            "on one side stand out more than they did. Scoliosis, Scheuermann’s disease and small "
            "fractures from osteoporosis can look like poor posture, but they "
            f"aren’t.{cite('medlineplus')}{cite('nhs')}</p>"
            "<p>Get help <b>right away</b> if back pain comes with numbness around the genitals "
            "or buttocks, with trouble urinating or controlling your bladder or bowels, with "
            "weakness in both legs, or after a bad fall or crash.</p>",
        ),
        heading("What to try this week"),
        text(
            "<p>Pick one place where you’re still for long: the desk, the car, the sofa. Don’t "
            "try to sit better there. Leave it more often: to fetch water, to take a call on your "
            "feet, to walk around the block. Do that for a week and notice what your back thinks "
            "of it. Most backs approve.</p>"
        ),
    ],
    sources=[
        source(
            "roussouly",
            title="Classification of the normal variation in the sagittal alignment of the human "
            "lumbar spine and pelvis in the standing position",
            publisher="Roussouly et al., Spine 30(3)",
            year=2005,
            url="https://doi.org/10.1097/01.brs.0000152379.54463.65",
        ),
        source(
            "christensen",
            title="Spinal curves and health: a systematic critical review of the epidemiological "
            "literature dealing with associations between sagittal spinal curves and health",
            publisher="Christensen and Hartvigsen, Journal of Manipulative and Physiological "
            "Therapeutics 31(9)",
            year=2008,
            url="https://doi.org/10.1016/j.jmpt.2008.10.004",
        ),
        source(
            "swain",
            title="No consensus on causality of spine postures or physical exposure and low back "
            "pain: a systematic review of systematic reviews",
            publisher="Swain et al., Journal of Biomechanics 102",
            year=2020,
            url="https://doi.org/10.1016/j.jbiomech.2019.08.006",
        ),
        source(
            "richards",
            title="Is neck posture subgroup in late adolescence a risk factor for persistent neck "
            "pain in young adults? A prospective study",
            publisher="Richards et al., Physical Therapy 101(3)",
            year=2021,
            url="https://doi.org/10.1093/ptj/pzab007",
        ),
        source(
            "fedorak",
            title="Reliability of the visual assessment of cervical and lumbar lordosis: how good "
            "are we?",
            publisher="Fedorak et al., Spine 28(16)",
            year=2003,
            url="https://doi.org/10.1097/01.BRS.0000083281.48923.BD",
        ),
        source(
            "slater",
            title="“Sit up straight”: time to re-evaluate",
            publisher="Slater et al., Journal of Orthopaedic & Sports Physical Therapy 49(8)",
            year=2019,
            url="https://doi.org/10.2519/jospt.2019.0610",
        ),
        source(
            "who",
            title="WHO guidelines on physical activity and sedentary behaviour",
            publisher="World Health Organization",
            year=2020,
            url="https://www.who.int/publications/i/item/9789240015128",
        ),
        source(
            "nhs",
            title="Kyphosis",
            publisher="NHS",
            year=None,
            url="https://www.nhs.uk/conditions/kyphosis/",
        ),
        source(
            "medlineplus",
            title="Kyphosis",
            publisher="MedlinePlus, National Library of Medicine",
            year=None,
            url="https://medlineplus.gov/ency/article/001240.htm",
        ),
    ],
)

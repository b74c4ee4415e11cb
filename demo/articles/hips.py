"""How the hip works, why it stiffens, and what helps."""

from demo.articles.article import (
    DemoArticle,
    callout,
    cite,
    figure,
    heading,
    invitation_block,
    refer,
    source,
    table,
    text,
)
from demo.articles.exercises import FOR_THE_HIPS

ARTICLE = DemoArticle(
    title="Stiff hips: why they stiffen, and what helps",
    slug="stiff-hips",
    topic="fitness",
    tags=("hips", "walking", "strength", "stretching", "sitting"),
    summary=(
        "A ball, a socket and a ring of strong muscles. The hip carries more than any other joint "
        "you have, and is among the first to feel stiff. Most stiffness gives way to movement; "
        "here’s how to tell, and where to begin."
    ),
    author="Marisol Vega",
    reviewer="Dana Whitfield",
    card="hips-card",
    published_days_ago=63,
    reviewed_days_ago=65,
    body=[
        text(
            "<p>People rarely come in and say they’ve lost movement in a hip. They say that socks "
            "have become difficult. Or that they get out of the car in two stages, like a folding "
            "ruler. The hip is hidden deep in the body, and what it loses it loses quietly, until "
            "one morning a foot is too far away.</p>"
        ),
        heading("A ball in a deep cup"),
        text(
            "<p>The thigh bone ends in a ball, and the pelvis holds that ball in a cup. Both are "
            "lined with cartilage, which glides more smoothly than ice on ice. "
            f"{refer('hips-1', 'The figure')} shows the cup opened from the front. The shoulder "
            "is "
            "built the same way, but its cup is as flat as a saucer. The hip gave up some of that "
            "freedom and was given strength instead.</p>"
        ),
        figure(
            "hips-1",
            caption=(
                "The ball of the thigh bone sits deep in the pelvis. Gluteus medius pulls on the "
                "greater trochanter, the bump that you can feel at the side."
            ),
            alternative_text=(
                "Front view of the right hip, with the rim of the socket cut away. The round head "
                "of the thigh bone lies in the socket of the pelvis, both lined with cartilage. "
                "On the outside the gluteus medius runs from the pelvis down to the greater "
                "trochanter of the thigh bone."
            ),
        ),
        text(
            "<p>It needs that strength. When four people were given artificial hips with "
            "sensors inside, the joint carried nearly two and a half times the body’s weight "
            "at an "
            f"ordinary walk, and a little more on stairs.{cite('bergmann')} Much of that load is "
            "the pull of the muscles themselves. Each time you stand on one leg, gluteus medius "
            "has to keep the pelvis level; in a walk of half an hour that’s about 1,500 "
            "times on each side.</p>"
        ),
        heading("Why hips stiffen"),
        text(
            "<p>Usually for several reasons at once:</p>"
            "<ul><li><b>Years.</b> Joints move a little less as we grow older, even healthy ones. "
            "When nearly 1,700 people aged 25 to 74 were measured, most movements of the hip and "
            "knee had shrunk by only a few degrees. One stood out: moving the thigh behind the "
            f"body had lost more than a fifth of its range.{cite('roach')}</li>"
            "<li><b>Habit.</b> A chair never asks for that movement. Neither does standing. It is "
            f"the long stride that does, as {refer('hips-2', 'the second figure')} shows. Whether "
            "sitting alone shortens a muscle is less certain than you may have heard; that people "
            "lose ease in what they never do, we see every day.</li>"
            "<li><b>Guarding.</b> Muscles around a sore joint hold on tightly. That’s a sensible "
            "thing to do for a week and a tiresome one for a year.</li>"
            "<li><b>Shape.</b> Cups differ in depth and thigh bones in their twist. Some hips "
            "will never sit cross-legged, and don’t have to.</li>"
            "<li><b>Osteoarthritis.</b> More on that below.</li></ul>"
        ),
        figure(
            "hips-2",
            caption=(
                "The hip is bent in a chair and straight in standing. In a long stride the thigh "
                "goes behind the body, and the psoas at the front has to let it."
            ),
            alternative_text=(
                "Three people seen from their right, with spine, pelvis, thigh bone and psoas "
                "drawn in. Sitting, the hip is bent and the psoas short. Standing, the hip is "
                "straight and the psoas longer. In a long stride the thigh is behind the body and "
                "the hip is opened fully."
            ),
        ),
        heading("Stiff, or arthritic?"),
        text(
            "<p>An X-ray answers that less well than you’d think. Among 946 older people, "
            "only about 16 in 100 of the hips that hurt on most days showed arthritis on the "
            "picture; and of the hips that did show it, only about 21 in 100 hurt on most "
            f"days.{cite('kim')} So the person counts for more than the picture. British guidance "
            "lets doctors diagnose osteoarthritis without a scan in anyone 45 or over whose joint "
            "hurts with use and is stiff for less than half an hour in the "
            f"morning.{cite('nice')}</p>"
            "<p>Where it hurts is a first hint, though no more than a hint:</p>"
        ),
        table(
            "Where a hip hurts, and what is often behind it",
            ["Where", "Often", "What people tell us"],
            [
                ["Groin, front of the thigh", "The joint itself", "Socks, low chairs, the car"],
                [
                    "Outside of the hip",
                    "The tendons of the gluteal muscles",
                    "Lying on that side, stairs, standing on one leg",
                ],
                ["Buttock", "The lower back, or muscles", "Long sitting, bending"],
            ],
        ),
        heading("What helps"),
        text(
            "<p>Movement helps, and strength helps, whatever the trouble is called. For "
            "arthritis of the hip, American and British guidance agree that everyone should be "
            f"offered exercise that suits them.{cite('acr')}{cite('nice')} Don’t expect wonders: "
            "over ten trials it took about 8 points off a pain scale of 100, and people moved "
            f"better, even months later.{cite('fransen')} For pain on the outside, a trial "
            "compared eight weeks of good advice and exercise with an injection, and with "
            "waiting. Of those who exercised 77 in 100 were better; after an injection 58, after "
            f"waiting 29.{cite('mellor')}</p>"
        ),
        invitation_block(),
        heading("A quarter of an hour, three times a week"),
        *FOR_THE_HIPS,
        text(
            "<p>A little soreness that has gone by the next day is fair. Pain that is sharp, or "
            "still there after a night’s sleep, means that you did too much: halve it, and go "
            "on.</p>"
        ),
        callout(
            "When a hip needs a doctor",
            "<p>Get help <b>right away</b> if pain is sudden and severe, if you can’t walk or put "
            "weight on the leg after a fall, if the leg looks shorter or turned out, or if the "
            "hip is hot and you feel sick or have a fever.</p>"
            "<p>Make an appointment if pain spoils your sleep or your day, if it grows worse or "
            "keeps coming back, if two weeks of looking after it yourself have changed nothing, "
            "or if you’re stiff for more than half an hour after "
            f"waking.{cite('medlineplus')}{cite('nhs')}</p>",
        ),
        heading("How long it takes"),
        text(
            "<p>Longer than a week. The first thing that people notice isn’t the range but the "
            "ease: the car, the stairs, the turn in bed. Give it three months before you "
            "judge it. And keep one small habit when the rest has become dull: the walk, with its "
            "last few minutes of long strides, does more for a hip than any gadget we know of.</p>"
        ),
    ],
    sources=[
        source(
            "bergmann",
            title="Hip contact forces and gait patterns from routine activities",
            publisher="Bergmann et al., Journal of Biomechanics 34(7)",
            year=2001,
            url="https://doi.org/10.1016/S0021-9290(01)00040-9",
        ),
        source(
            "roach",
            title="Normal hip and knee active range of motion: the relationship to age",
            publisher="Roach and Miles, Physical Therapy 71(9)",
            year=1991,
            url="https://doi.org/10.1093/ptj/71.9.656",
        ),
        source(
            "kim",
            title="Association of hip pain with radiographic evidence of hip osteoarthritis: "
            "diagnostic test study",
            publisher="Kim et al., BMJ 351:h5983",
            year=2015,
            url="https://doi.org/10.1136/bmj.h5983",
        ),
        source(
            "nice",
            title="Osteoarthritis in over 16s: diagnosis and management (NG226)",
            publisher="National Institute for Health and Care Excellence",
            year=2022,
            url="https://www.nice.org.uk/guidance/ng226",
        ),
        source(
            "fransen",
            title="Exercise for osteoarthritis of the hip",
            publisher="Fransen et al., Cochrane Database of Systematic Reviews",
            year=2014,
            url="https://doi.org/10.1002/14651858.CD007912.pub2",
        ),
        source(
            "mellor",
            title="Education plus exercise versus corticosteroid injection use versus a wait and "
            "see approach on global outcome and pain from gluteal tendinopathy: prospective, "
            "single blinded, randomised clinical trial",
            publisher="Mellor et al., BMJ 361:k1662",
            year=2018,
            url="https://doi.org/10.1136/bmj.k1662",
        ),
        source(
            "nhs",
            title="Hip pain in adults",
            publisher="NHS",
            year=None,
            url="https://www.nhs.uk/conditions/hip-pain/",
        ),
        source(
            "acr",
            title="2019 American College of Rheumatology/Arthritis Foundation guideline for the "
            "management of osteoarthritis of the hand, hip, and knee",
            publisher="Kolasinski et al., Arthritis Care & Research 72(2)",
            year=2020,
            url="https://doi.org/10.1002/acr.24131",
        ),
        source(
            "medlineplus",
            title="Hip pain",
            publisher="MedlinePlus, National Library of Medicine",
            year=None,
            url="https://medlineplus.gov/ency/article/003179.htm",
        ),
    ],
)

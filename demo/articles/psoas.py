"""The article "Psoas? So What?!": its facts are the clinic's, its sentences this project's.

What studies show has its source; what the clinic sees is told as that.
"""

from demo.articles.article import (
    DemoArticle,
    callout,
    cite,
    figure,
    heading,
    refer,
    source,
    text,
)

ARTICLE = DemoArticle(
    title="Psoas? So What?!",
    slug="psoas-so-what",
    topic="fitness",
    tags=("psoas", "hips", "back pain", "sitting"),
    summary=(
        "The psoas is the deep muscle that ties your spine to your legs. It gets the blame for a "
        "lot of sore hips and backs. Here’s what it really does, what we see in the clinic, and "
        "what helps."
    ),
    author="Robin Alvarez",
    reviewer="Dana Whitfield",
    card="psoas-card",
    published_days_ago=14,
    reviewed_days_ago=15,
    body=[
        heading("What is the Psoas?"),
        text(
            "<p>You say it “SO-as.” It lies so deep that you’ve probably never felt it, and yet no "
            "other muscle joins your upper body to your lower body the way it does. Its fibers lie "
            "in two layers, one deep and one closer to the surface. They begin at the 12th "
            "thoracic vertebra, where the ribs end, and take hold of every vertebra and disc of "
            "the lower back. From there they run down through the pelvis and end on the inside of "
            f"the femur, the thigh bone.{cite('bogduk')}</p>"
            "<p>In this article, what studies have shown comes with its source. What we say we see "
            "is our own experience. It’s worth something, but it isn’t proof.</p>"
        ),
        heading("What does this amazing muscle do?"),
        figure(
            "psoas-1",
            numbered=False,
            caption="The psoas reaches from the 12th thoracic vertebra to the inside of the femur.",
            alternative_text=(
                "Front view of the lower spine, pelvis, hip joints and thigh bones. On each side "
                "the psoas major runs from the 12th thoracic vertebra along the lumbar spine, over "
                "the rim of the pelvis and the front of the hip joint, to the lesser trochanter on "
                "the inside of the femur. On the left, the iliacus joins it from the ilium."
            ),
        ),
        text(
            "<p>It does two things at once. When researchers worked out how it pulls, they found "
            "that it tends to straighten the upper part of the lower back while it bends the lower "
            f"part,{cite('bogduk')} and in a sit-up it works hard as it bends your "
            f"hips.{cite('juker')} It lifts the thigh, as every runner knows. It also steadies the "
            "spine, the way guy lines steady a tent pole: when 17 women raised one leg, the psoas "
            f"of the <i>other</i> side worked just as much.{cite('hu')} Some researchers think "
            "that’s the bigger of its jobs.</p>"
            "<p>We think it needs its full length for that. In our experience, people move more "
            "freely and hurt less when the psoas can lengthen and let the spine, pelvis and hips "
            "move. No study that we know of has shown that a short psoas causes pain all by "
            "itself.</p>"
        ),
        heading("Psoas Imbalance: A Physiological Explanation"),
        figure(
            "psoas-2",
            numbered=True,
            caption=(
                "What we often see: strong erectors on the right of the back turn the spine, and "
                "the psoas on the left of the front shortens against them."
            ),
            alternative_text=(
                "Three views of one body. From behind, the spinal erectors right of the spine are "
                "dark and thick: short and tight. From the front, the left psoas is dark and "
                "thick: short and tight. The same muscles on the other side are pale and thin. "
                "From above, the two tight muscles lie diagonally across a vertebra, and an arrow "
                "shows the spine turning to the right."
            ),
        ),
        text(
            "<p>This is what we often see, and how we explain it. It’s experience, not a proven "
            "law. Two long ropes of muscle, the spinal erectors, run up either side of the spine. "
            "In many of our clients the right one is stronger than the left. An uneven pull turns "
            "the spine and adds shear, a force that tries to slide one vertebra across the next. "
            "The psoas at the front on the left may answer by shortening and bracing, like a "
            "splint, and a muscle that braces all day tends to grow weak. See "
            f"{refer('psoas-2', 'Fig. 1')}.</p>"
            "<p>That leaves a body that’s short and tight at the front on the left and short and "
            "tight at the back on the right. We think it can lead to injury or pain, but plenty of "
            "uneven bodies never hurt. In professional Australian football players the psoas was "
            "bigger on the kicking side, and the difference had nothing to do with how often they "
            f"got hurt.{cite('hides')}</p>"
        ),
        heading("Why are Psoas problems common for people in our society?"),
        text(
            "<p>We think it’s mostly how we spend our days. These tend to bring people in:</p>"
            "<ul><li>Driving</li><li>Sports that use one side more than the other</li>"
            "<li>Sitting at a desk all day</li><li>Sitting at home</li></ul>"
        ),
        heading("“What do I do?”"),
        text(
            "<p>First, don’t put it all on the psoas. Almost every week someone tells us that it’s "
            "to blame for their hip pain, back pain or sore sacroiliac joint, and many who treat "
            "such pain think so too. It’s never one muscle. When one muscle shortens, another has "
            "to lengthen, and others farther away have to hold still so the first two can work. "
            "That teamwork has a name, the kinetic chain.</p>"
        ),
        figure(
            "psoas-3",
            numbered=False,
            caption="The hip stabilizers hold the sacrum, the base that the spine stands on.",
            alternative_text=(
                "Back view of the pelvis with the sacrum in the middle and the heads of the thigh "
                "bones in their sockets. On the left, the deep layer: gluteus medius from the "
                "ilium, piriformis from the sacrum, and the deep rotators below, all ending at the "
                "greater trochanter. On the right, the surface layer: gluteus maximus from sacrum "
                "and ilium to the thigh, with gluteus medius showing above it."
            ),
        ),
        text(
            "<p>The psoas and the erectors can’t do their part if the stabilizers of the hips "
            "aren’t doing theirs. Everyone we’ve worked with so far has had some difference "
            "between the left hip and the right. That’s no cause for alarm: being a little uneven "
            "is normal. When 144 people with back pain were compared with 138 without it, an "
            f"uneven pelvis said next to nothing about who hurt.{cite('levangie')} We look at the "
            "difference because it tells us what to train.</p>"
            "<p>The hips carry the spine. The glutes and the deep rotators help steady the sacrum, "
            "the bone at its base, and help hold the ilium against it. When they don’t work "
            "together with the psoas and the erectors, the way we see it, the spine has nothing "
            "firm to stand on. It acts like anyone who feels insecure: it stiffens.</p>"
            "<p>Remember balancing a broom on your palm as a kid? The palm is your pelvis and the "
            f"broom is your spine, see {refer('psoas-4', 'Fig. 2')}. Tip your hand forward and the "
            "head of the broom drops back toward you. Tip your hand toward you and the head swings "
            "away. A spine can do far more than a broom, but the laws of physics hold for "
            "both.</p>"
        ),
        figure(
            "psoas-4",
            numbered=True,
            caption="Tilt the base and the top falls the other way, on a hand as on a pelvis.",
            alternative_text=(
                "Three pairs of pictures: a hand balancing a broom, and below it a pelvis carrying "
                "a spine, seen from the side, with a dashed plumb line. Level, both stand upright. "
                "Tilted forward, the base slides forward, and the broom head and the upper body "
                "drop back. Tilted back, the base slides back, and they go forward."
            ),
        ),
        heading("Where did my hip muscles go?"),
        text(
            "<p>Into the chair. Few things get overdone as much as sitting, and here’s one good "
            "reason to do less of it: your weight rests on the glutes and the deep rotators and "
            "squeezes the blood out of them, the way you’d squeeze water out of a sponge. Not in "
            "the first minute. But you know that numb feeling after a long movie.</p>"
            "<p>The blood comes back when you stand up. What years of sitting do is less certain. "
            "Muscles that rarely work do get smaller and weaker, and a chair asks very little of "
            "your glutes. In our experience, the erectors and the psoas then start to turn and "
            "brace to keep you upright, and after years of that the hips and the spine no longer "
            "work well. We think discs, the cartilage of the joints and the ligaments of the hips "
            "and lower back can all pay for it. Studies haven’t found that sitting by itself gives "
            f"you a bad back,{cite('roffey')} so please don’t be afraid of your chair. Just leave "
            "it often.</p>"
        ),
        heading("What can I do to keep my Psoas and Hips working?"),
        text(
            "<p>Stand as much as you can. Get outside and move. Uneven patterns are stubborn, but "
            "with patience and persistence we see people find their balance again. And for a back "
            "that has hurt for months, the American College of Physicians recommends starting with "
            f"exercise, yoga and other treatments without drugs.{cite('acp')} There are many "
            "places to begin:</p>"
            "<ul><li>Get a standing desk</li><li>Take a yoga class</li>"
            "<li>Work with a personal trainer</li><li>Get a massage</li>"
            "<li>Try posture therapy</li><li>Walk in the woods with friends</li></ul>"
            "<p>Start slowly, stop before it’s too much, and be kind to your body.</p>"
        ),
        callout(
            "When to see a doctor",
            "<p>Call 911 or go to an emergency room <b>right away</b> if back or hip pain comes "
            "with numbness around the genitals or buttocks, trouble urinating, loss of control of "
            f"your bladder or bowels, or weakness in your legs,{cite('aaos')} or if you can’t put "
            "weight on a leg after a fall.</p>"
            "<p>See a doctor <b>soon</b> if you also have a fever, are losing weight without "
            "trying, or have had cancer; if the pain is worse at night; or if it isn’t better "
            f"after a few weeks.{cite('medlineplus')}</p>",
        ),
    ],
    sources=[
        source(
            "bogduk",
            title="Anatomy and biomechanics of psoas major",
            publisher="Bogduk et al., Clinical Biomechanics 7(2)",
            year=1992,
            url="https://doi.org/10.1016/0268-0033(92)90024-X",
        ),
        source(
            "juker",
            title="Quantitative intramuscular myoelectric activity of lumbar portions of psoas and "
            "the abdominal wall during a wide variety of tasks",
            publisher="Juker et al., Medicine & Science in Sports & Exercise 30(2)",
            year=1998,
            url="https://doi.org/10.1097/00005768-199802000-00020",
        ),
        source(
            "hu",
            title="Is the psoas a hip flexor in the active straight leg raise?",
            publisher="Hu et al., European Spine Journal 20(5)",
            year=2011,
            url="https://doi.org/10.1007/s00586-010-1508-5",
        ),
        source(
            "hides",
            title="Psoas and quadratus lumborum muscle asymmetry among elite Australian Football "
            "League players",
            publisher="Hides et al., British Journal of Sports Medicine 44(8)",
            year=2010,
            url="https://doi.org/10.1136/bjsm.2008.048751",
        ),
        source(
            "levangie",
            title="The association between static pelvic asymmetry and low back pain",
            publisher="Levangie, Spine 24(12)",
            year=1999,
            url="https://doi.org/10.1097/00007632-199906150-00011",
        ),
        source(
            "roffey",
            title="Causal assessment of occupational sitting and low back pain: results of a "
            "systematic review",
            publisher="Roffey et al., The Spine Journal 10(3)",
            year=2010,
            url="https://doi.org/10.1016/j.spinee.2009.12.005",
        ),
        source(
            "acp",
            title="Noninvasive treatments for acute, subacute, and chronic low back pain: a "
            "clinical practice guideline from the American College of Physicians",
            publisher="Qaseem et al., Annals of Internal Medicine 166(7)",
            year=2017,
            url="https://doi.org/10.7326/M16-2367",
        ),
        source(
            "aaos",
            title="Cauda equina syndrome",
            publisher="American Academy of Orthopaedic Surgeons, OrthoInfo",
            year=None,
            url="https://orthoinfo.aaos.org/en/diseases--conditions/cauda-equina-syndrome/",
        ),
        source(
            "medlineplus",
            title="Back pain",
            publisher="MedlinePlus, National Library of Medicine",
            year=None,
            url="https://medlineplus.gov/backpain.html",
        ),
    ],
)

"""The article "Psoas? So What?!": its facts are the clinic's, its sentences this project's."""

from demo.articles.article import DemoArticle, figure, heading, refer, text

ARTICLE = DemoArticle(
    title="Psoas? So What?!",
    slug="psoas-so-what",
    topic="fitness",
    tags=("psoas", "hips", "back pain", "sitting"),
    summary=(
        "The psoas is the deep muscle that ties your spine to your legs. When it is short on one "
        "side it gets the blame for a sore back. Here is what it really does, and what helps."
    ),
    author="Robin Alvarez",
    reviewer="Dana Whitfield",
    card="psoas-1",
    published_days_ago=14,
    reviewed_days_ago=15,
    body=[
        heading("What is the Psoas?"),
        text(
            "<p>You say it “SO-as”. It lies so deep that you have probably never felt it, and yet "
            "no other muscle joins the upper body to the lower body as it does. Its fibres lie in "
            "two layers, one deep and one nearer the surface. They begin at the 12th thoracic "
            "vertebra, where the ribs end, and take hold of every vertebra and disc of the lower "
            "back. From there they run down through the pelvis and end on the inside of the "
            "femur, the thigh bone.</p>"
        ),
        heading("What does this amazing muscle do?"),
        figure(
            "psoas-1",
            position="right",
            numbered=False,
            caption="The psoas reaches from the 12th thoracic vertebra to the inside of the femur.",
            alternative_text=(
                "Front view of the lower spine, pelvis and thigh bones. On each side the psoas "
                "major runs from the 12th thoracic vertebra along the lumbar spine, over the rim "
                "of the pelvis, to the lesser trochanter on the inside of the femur. On the "
                "left, the iliacus joins it from the ilium."
            ),
        ),
        text(
            "<p>It does two things at once. In a sit-up, tests show, it straightens the upper part "
            "of the lower back while it bends the lower part and the hips. It lifts the thigh, as "
            "every runner knows, but studies give it a bigger task: it steadies the spine, much "
            "as the guy ropes of a tent steady the pole.</p>"
            "<p>To do that it needs its full length. Only when the psoas can lengthen are the "
            "spine, the pelvis and the hips free to move as they were built to, without pain and "
            "without wearing something out.</p>"
        ),
        heading("Psoas Imbalance: A Physiological Explanation"),
        figure(
            "psoas-2",
            position="center",
            numbered=True,
            caption=(
                "Strong erectors on the right of the back turn the spine; the psoas on the left of "
                "the front shortens against them."
            ),
            alternative_text=(
                "Three views of one body. From behind, the spinal erectors right of the spine are "
                "dark, thick and short; those on the left are pale and longer. From the front, the "
                "left psoas is dark and short; the right one is pale and longer. From above, an "
                "arrow shows the spine turning to the right."
            ),
        ),
        text(
            "<p>Two long ropes of muscle, the spinal erectors, run up either side of the spine. In "
            "many of the people who come to us the right one is stronger than the left. An uneven "
            "pull turns the spine and makes one vertebra slide across the next, which is called "
            "shear. The psoas at the front on the left may answer by shortening and bracing, as a "
            "splint would, and a muscle that braces all day grows weak. See "
            f"{refer('psoas-2', 'Fig. 1')}.</p>"
            "<p>What is left is a body that is short and tight at the front on the left and short "
            "and tight at the back on the right. Sooner or later that can hurt, or give way.</p>"
        ),
        heading("Why are Psoas problems common for people in our society?"),
        text(
            "<p>Mostly because of how we spend our days. These bring people to us:</p>"
            "<ul><li>Driving</li><li>Sports that use one side more than the other</li>"
            "<li>Sitting at a desk all day</li><li>Sitting at home</li></ul>"
        ),
        heading("“What do I do?”"),
        text(
            "<p>First, do not make the psoas the culprit. Hardly a week goes by without somebody "
            "telling us that it is to blame for an aching hip, a stiff back or a sore sacroiliac "
            "joint, and many who treat such pain think so too. It is never one muscle. When one "
            "muscle shortens, another must lengthen, and others further away must hold still so "
            "that the first two can work. That teamwork has a name, the kinetic chain.</p>"
        ),
        figure(
            "psoas-3",
            position="left",
            numbered=False,
            caption="The hip stabilisers hold the sacrum, the base that the spine stands on.",
            alternative_text=(
                "Back view of the pelvis with the sacrum in the middle. On the left, the deep "
                "layer: gluteus medius from the ilium to the greater trochanter, piriformis, and "
                "the deep rotators below it. On the right, the surface layer: gluteus maximus, "
                "with gluteus medius showing above it."
            ),
        ),
        text(
            "<p>Neither the psoas nor the erectors can do their part while the stabilisers of the "
            "hips fail at theirs. Everyone whom we have worked with so far had some difference "
            "between the left hip and the right. The hips carry the spine: the glutes and the deep "
            "rotators steady the sacrum, the bone at its base, and keep the ilium seated against "
            "it. If they do not work together with the psoas and the erectors, the spine has "
            "nothing firm to stand on. It behaves like anyone who feels insecure: it stiffens.</p>"
            "<p>Remember balancing a broom on your palm as a child? The palm is your pelvis and "
            f"the broom is your spine, see {refer('psoas-4', 'Fig. 2')}. Tip your hand "
            "forward and the head of the broom drops back towards you. Tip it towards yourself and "
            "the head swings away. A spine can do far more than a broom, but the laws of physics "
            "hold for both.</p>"
        ),
        figure(
            "psoas-4",
            position="full",
            numbered=True,
            caption="Tilt the base and the top falls the other way, on a hand as on a pelvis.",
            alternative_text=(
                "Three pairs of pictures: a hand balancing a broom, and below it a pelvis carrying "
                "a spine, seen from the side. Level, both stand upright. Tilted forward, the broom "
                "head and the upper body drop back. Tilted back, they go forward."
            ),
        ),
        heading("Where did my hip muscles go?"),
        text(
            "<p>Into the chair. Few things are done as much as sitting, and here is one good "
            "reason to do less of it: your weight rests on the glutes and the deep rotators and "
            "presses the blood out of them, as it would press the water out of a wet sponge. Not "
            "in the first minute. But you know that numb feeling after a long film.</p>"
            "<p>Muscles that are starved again and again waste away and grow weak. Then the "
            "erectors and the psoas begin to turn and to brace, to keep you upright by themselves. "
            "Let that go on for years, and the hips and the spine no longer work well. Discs, the "
            "cartilage of the joints and the ligaments of the hips and the lower back can all "
            "suffer from it.</p>"
        ),
        heading("What can I do to keep my Psoas and Hips working?"),
        text(
            "<p>Stand whenever you can. Go outside and move. An uneven pattern is a stubborn "
            "thing, but with patience you can bring your body back into balance, and there are "
            "many places to begin:</p>"
            "<ul><li>Get a desk at which you can stand</li><li>Take a yoga class</li>"
            "<li>Train with somebody who watches how you move</li><li>Have a massage</li>"
            "<li>Try posture therapy</li><li>Walk in the woods with friends</li></ul>"
            "<p>Begin slowly, stop before it is too much, and be kind to your body.</p>"
        ),
    ],
)

"""What stretching does and does not do. In review, so that the admin shows one that is."""

from demo.articles.article import (
    DemoArticle,
    callout,
    cite,
    figure,
    heading,
    refer,
    source,
    table,
    text,
)
from demo.articles.exercises import FOR_THE_FRONT_OF_THE_HIP

ARTICLE = DemoArticle(
    title="Stretching: what it does, and what it doesn’t",
    slug="stretching",
    topic="fitness",
    tags=("stretching", "hips", "psoas", "strength"),
    summary=(
        "Stretching makes you more supple, if you keep at it, and it feels good. It doesn’t do "
        "most of the other things people say it does. Here’s what the studies found, and one "
        "stretch worth doing."
    ),
    author="Marisol Vega",
    reviewer="Dana Whitfield",
    card="stretching-card",
    state="in review",
    body=[
        text(
            "<p>People lie down on my table and say that they really ought to stretch more, in "
            "the voice other people keep for the dentist. So let me take a weight off you "
            "before I "
            "touch your back. You don’t have to. But if you like to, or if you want to get "
            "somewhere that you can’t reach now, it works, and it’s worth knowing how.</p>"
        ),
        heading("Does a muscle get longer?"),
        text(
            "<p>It feels like that. You bend, something pulls, you wait, and after some weeks you "
            "get farther. The obvious reason would be that the muscle has grown, like a sweater "
            "in the wash. But when people are measured on a machine that bends the joint for "
            "them, the muscle mostly pulls back at each angle as hard as it did before. What has "
            f"changed is when they say “stop.”{cite('weppler')} A review of the studies that "
            "lasted for three to eight weeks found next to no change in muscle and tendon, and a "
            f"clear one in how much stretch people would bear.{cite('freitas')} "
            f"{refer('stretching-1', 'The figure')} shows the difference.</p>"
        ),
        figure(
            "stretching-1",
            caption=(
                "A joint is bent further and further, and the muscle pulls harder. After some "
                "weeks of stretching the curve is much the same; people go farther along it."
            ),
            alternative_text=(
                "A rising curve: the farther a joint bends, the harder the muscle pulls. Before "
                "training someone says stop about two thirds of the way along; six weeks later, "
                "on the same curve, at almost nine tenths."
            ),
        ),
        text(
            "<p>That isn’t cheating. A nervous system that trusts a position lets you have it, "
            "and "
            "the range is yours to use. Longer and harder programs may well soften the muscle "
            "too; the last word on that hasn’t been said. It does explain why the range goes "
            "when the habit goes, and why force is a poor way to win it.</p>"
        ),
        heading("What people hope for, and what was found"),
        table(
            "Stretching put to the test",
            ["Hope", "Found"],
            [
                ["More range", "Yes, in nearly every study, with any kind of stretching"],
                [
                    "Less soreness after sport",
                    "Hardly: about one point on a scale of 100 on the day after",
                ],
                [
                    "Fewer injuries",
                    "Not by stretching alone; strength training cut sports injuries to less than "
                    "a third",
                ],
                [
                    "A better warm-up",
                    "Long holds of a minute or more cost some 5 percent of performance just "
                    "after; short ones about 1, and moving afterwards makes up for it",
                ],
                [
                    "Loosening a joint that has stiffened after a stroke or an injury to the spine",
                    "No effect that would matter to the patient",
                ],
            ],
        ),
        text(
            "<p>The answers come, from top to bottom, from a review of 23 studies of "
            f"range,{cite('thomas')} a Cochrane review of 12 studies of "
            f"soreness,{cite('herbert')} "
            f"25 trials with 26,610 people who played sport,{cite('lauersen')} a review of what "
            f"stretching does to performance,{cite('behm')} and another from Cochrane, on "
            f"contractures.{cite('harvey')}</p>"
        ),
        heading("Stretch, or get strong?"),
        text(
            "<p>Both lead to the same place. When eleven trials set strength training against "
            f"stretching, people gained about as much range either way.{cite('afonso')} So if "
            "your "
            "time is short, do your strength work slowly and through all the range that you have, "
            "and you have stretched as well. If you enjoy stretching, go on enjoying it; nothing "
            "in these studies says that it does harm.</p>"
        ),
        heading("How to do it well"),
        text(
            "<ul><li><b>How long?</b> Hold for about thirty seconds. What counts is the sum: five "
            "minutes a week or more for each muscle, over five days or so, gained more than less "
            f"did.{cite('thomas')}</li>"
            "<li><b>How hard?</b> Until it pulls, and you can still breathe and talk. Pain makes "
            "a muscle guard itself, and a muscle that guards doesn’t let go.</li>"
            "<li><b>When?</b> Warm, and whenever you’ll really do it. Before a race, keep it "
            "short and then move.</li>"
            "<li><b>How soon?</b> Give it six weeks.</li></ul>"
        ),
        heading("One stretch worth doing"),
        text(
            "<p>If you sit for most of the day, make it this one, for the front of the hip. Most "
            "people do it with an arched back, and then it stretches nothing. The trick is in the "
            f"buttock, as {refer('stretching-2', 'the second figure')} shows.</p>"
        ),
        *FOR_THE_FRONT_OF_THE_HIP,
        figure(
            "stretching-2",
            caption=(
                "The buttock works and tucks the pelvis under; the psoas, at the front of the "
                "same "
                "hip, is what gets stretched."
            ),
            alternative_text=(
                "A person seen from their right, kneeling on the right knee with a pad under it, "
                "the left foot flat in front. Spine, pelvis and right thigh bone are drawn in. "
                "The buttock muscle is dark, at work, with an arrow that turns the tail down and "
                "under; at the front of the right hip the psoas is pale and long."
            ),
        ),
        callout(
            "When not to stretch",
            "<p>Leave it, and ask, if a stretch brings on sharp pain, pins and needles or "
            "numbness; if you have a fresh injury or a fracture; if you have a new hip or knee "
            "and your surgeon hasn’t cleared the movement; or if your joints bend farther than "
            "other people’s anyway. Those joints need strength, not more range.</p>"
            "<p>See a doctor <b>the same day</b> if one calf is swollen, warm and tender. That "
            "can be a clot and not a tight muscle, and must not be stretched or "
            f"massaged.{cite('medlineplus')}{cite('nhs')} If you’re short of breath or your chest "
            "hurts as well, call 911.</p>",
        ),
        heading("And massage?"),
        text(
            "<p>You may ask, since that is my trade. A massage, too, changes what your body will "
            "let you do more than it changes the muscle, and only for some hours. I like to think "
            "of it as a door held open. Whether you walk through it, on your own feet and "
            "regularly, is the part that lasts.</p>"
        ),
    ],
    sources=[
        source(
            "weppler",
            title="Increasing muscle extensibility: a matter of increasing length or modifying "
            "sensation?",
            publisher="Weppler and Magnusson, Physical Therapy 90(3)",
            year=2010,
            url="https://doi.org/10.2522/ptj.20090012",
        ),
        source(
            "freitas",
            title="Can chronic stretching change the muscle-tendon mechanical properties? A review",
            publisher="Freitas et al., Scandinavian Journal of Medicine & Science in Sports 28(3)",
            year=2018,
            url="https://doi.org/10.1111/sms.12957",
        ),
        source(
            "thomas",
            title="The relation between stretching typology and stretching duration: the effects "
            "on range of motion",
            publisher="Thomas et al., International Journal of Sports Medicine 39(4)",
            year=2018,
            url="https://doi.org/10.1055/s-0044-101146",
        ),
        source(
            "herbert",
            title="Stretching to prevent or reduce muscle soreness after exercise",
            publisher="Herbert et al., Cochrane Database of Systematic Reviews",
            year=2011,
            url="https://doi.org/10.1002/14651858.CD004577.pub3",
        ),
        source(
            "lauersen",
            title="The effectiveness of exercise interventions to prevent sports injuries: a "
            "systematic review and meta-analysis of randomised controlled trials",
            publisher="Lauersen et al., British Journal of Sports Medicine 48(11)",
            year=2014,
            url="https://doi.org/10.1136/bjsports-2013-092538",
        ),
        source(
            "behm",
            title="Acute effects of muscle stretching on physical performance, range of motion, "
            "and injury incidence in healthy active individuals: a systematic review",
            publisher="Behm et al., Applied Physiology, Nutrition, and Metabolism 41(1)",
            year=2016,
            url="https://doi.org/10.1139/apnm-2015-0235",
        ),
        source(
            "harvey",
            title="Stretch for the treatment and prevention of contractures",
            publisher="Harvey et al., Cochrane Database of Systematic Reviews",
            year=2017,
            url="https://doi.org/10.1002/14651858.CD007455.pub3",
        ),
        source(
            "afonso",
            title="Strength training versus stretching for improving range of motion: a systematic "
            "review and meta-analysis",
            publisher="Afonso et al., Healthcare 9(4):427",
            year=2021,
            url="https://doi.org/10.3390/healthcare9040427",
        ),
        source(
            "nhs",
            title="DVT (deep vein thrombosis)",
            publisher="NHS",
            year=None,
            url="https://www.nhs.uk/conditions/deep-vein-thrombosis-dvt/",
        ),
        source(
            "medlineplus",
            title="Deep vein thrombosis",
            publisher="MedlinePlus, National Library of Medicine",
            year=None,
            url="https://medlineplus.gov/deepveinthrombosis.html",
        ),
    ],
)

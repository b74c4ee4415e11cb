"""Sitting: what it does, what it does not, and how to do less of it in one go."""

from demo.articles.article import (
    DemoArticle,
    callout,
    cite,
    figure,
    handout,
    heading,
    invitation_block,
    refer,
    source,
    table,
    text,
)
from demo.articles.exercises import AFTER_SITTING

ARTICLE = DemoArticle(
    title="Sitting: it’s not the chair, it’s the hours",
    slug="sitting",
    topic="daily-life",
    tags=("sitting", "desk work", "posture", "back pain", "walking"),
    summary=(
        "Sitting has been called the new smoking. It isn’t. But hours of it without a break are "
        "hard on stiff hips and on your blood sugar, and breaking them up costs nothing. "
        "Here’s what we know, and a day that works."
    ),
    author="Marisol Vega",
    reviewer="Dana Whitfield",
    card="sitting-card",
    published_days_ago=28,
    reviewed_days_ago=29,
    body=[
        text(
            "<p>I can often tell what someone does all day before they lie down on my table. The "
            "fronts of the hips are short, the muscles between the shoulder blades are ropes, and "
            "the person says: it’s my chair, isn’t it? Usually it’s a perfectly good chair. "
            "They’ve just been in it since 8:15.</p>"
        ),
        heading("What sitting does to a body"),
        text(
            "<p>Less than the headlines say, and more than nothing. It helps to keep apart what "
            "is well established from what isn’t.</p>"
            "<p><b>Your heart and your blood sugar</b> notice long hours of sitting, "
            "especially if you do little else. In studies that followed more than a million "
            "adults, people who "
            "sat for over eight hours a day and hardly moved died earlier than those who sat "
            "little and moved a lot. Among people who were active for an hour or more a day, "
            f"the difference was gone.{cite('ekelund')} That doesn’t prove that the chair is the "
            "cause, but it’s a strong hint about the remedy.</p>"
            "<p><b>Your back</b> is a different story. People who sit all day at work do report "
            f"sore backs and necks more often,{cite('dzakpasu')} but a review that looked for "
            "cause and effect didn’t find that sitting by itself gives you a bad "
            f"back.{cite('roffey')} Sitting still can make a back that is already sore feel "
            "worse, "
            "and that is reason enough to get up.</p>"
            "<p><b>Your muscles and joints</b> grow used to whatever you do most. Hips that are "
            "bent for nine hours will complain when you ask them to straighten. They aren’t "
            "damaged, they’re out of practice.</p>"
        ),
        heading("Is there a right way to sit?"),
        figure(
            "sitting-1",
            caption="The pelvis decides what the back above it does.",
            alternative_text=(
                "Three people on a stool, hands on their thighs, seen from the right, with spine "
                "and pelvis drawn in. "
                "Slumped, the pelvis has rolled back and the back is one long curve. Relaxed, the "
                "pelvis is level and the lower back nearly straight. Arched, the pelvis has "
                "rolled "
                "forward and the lower back is hollow."
            ),
        ),
        text(
            "<p>Not one, but several. Your back follows your pelvis, as you can see in "
            f"{refer('sitting-1', 'the figure')}. Roll the pelvis back and the whole spine "
            "makes a "
            "C. Roll it forward and the lower back hollows. In between, the muscles have least to "
            "do. Try all three now, slowly, with a hand on the small of your back.</p>"
            "<p>None of them is forbidden. Slumping rests tired back muscles. Sitting tall is "
            "good "
            "for typing, and for being taken seriously. Trouble comes when one of them is the "
            "only "
            "one you have. A chair that lets you lean back, slide forward and change legs is "
            "worth "
            "more than one that holds you in a perfect shape.</p>"
        ),
        heading("How much is too much?"),
        text(
            "<p>No one can give you a number. The World Health Organization looked for one and "
            "decided that the evidence doesn’t allow it. Its advice is: sit less, replace some of "
            "it with movement of any intensity, and if you must sit a lot, make up for it with "
            f"more than 150 to 300 minutes of moderate activity a week.{cite('who')} American "
            "guidelines and Britain’s NHS say much the same: move more, sit less, and get up "
            f"regularly.{cite('hhs')}{cite('nhs')}</p>"
            "<p>Nineteen people sat in a laboratory for a day, more than once. When they rose for "
            "two minutes of easy walking every twenty minutes, their blood sugar after a sweet "
            f"drink was about a quarter lower than when they stayed put.{cite('dunstan')} Some "
            f"forty later studies, taken together, point the same way.{cite('loh')} Whether short "
            "breaks also prevent pain is less certain. A Cochrane review of six trials saw little "
            f"difference, and had little trust in what it saw.{cite('luger')}</p>"
        ),
        heading("A day that works"),
        figure(
            "sitting-2",
            caption=(
                "The same work, the same lunch. The second day has about an hour and a half less "
                "sitting in it, and no stretch longer than 45 minutes."
            ),
            alternative_text=(
                "Two bars from 9 AM to 5 PM. One break: three hours of sitting, half an hour of "
                "moving at lunch, four and a half hours of sitting. Nine breaks: sitting "
                "interrupted nine times, three times by twenty minutes of standing, "
                "otherwise by lunch and by walks of five minutes."
            ),
        ),
        text(
            f"<p>Compare the two days in {refer('sitting-2', 'the figure')}. The second needs no "
            "gym and no new furniture, only a reason to get up that comes around by itself. Hang "
            "the break on something that happens anyway:</p>"
        ),
        table(
            "Reasons to get up",
            ["When this happens", "Do this"],
            [
                ["The phone rings", "Stand for as long as the call lasts"],
                ["Your glass is empty", "Use a small glass, and the faucet farthest away"],
                ["You have sent a long message", "Walk to the window and back"],
                ["A meeting of two", "Walk it, if no one needs a screen"],
                ["The movie’s first hour is over", "Stand up, reach for the ceiling, sit down"],
                ["You have driven for an hour or so", "Stop, and walk once around the parking lot"],
            ],
        ),
        handout("breaks-at-the-desk", "Print it and put it where you sit."),
        heading("For hips that have sat all day"),
        text("<p>Three exercises that take three minutes. None of them should hurt.</p>"),
        *AFTER_SITTING,
        heading("If you can’t get up"),
        text(
            "<p>Drivers, cashiers and people on the phone all day can’t stroll around. Nor can "
            "everyone stand: if you use a wheelchair, what counts is moving what you can move, "
            "and the same studies are of little help to you. Push, reach, turn, shift your weight "
            "off one side and then the other. Small movements aren’t nothing, and your therapist "
            "can find the ones that suit you.</p>"
        ),
        invitation_block(),
        callout(
            "See a doctor about a leg that swells",
            "<p>Call your doctor <b>the same day</b> if one calf or thigh becomes swollen, warm "
            "and painful, especially after a long trip, surgery or an illness: it can be a "
            f"clot.{cite('medlineplus')}{cite('dvt')} Call 911 if you’re short of breath or have "
            "pain in the chest as well.</p>"
            "<p>Make an appointment if sitting brings on pain, tingling or weakness that runs "
            "down a leg and doesn’t go when you get up.</p>",
        ),
    ],
    sources=[
        source(
            "ekelund",
            title="Does physical activity attenuate, or even eliminate, the detrimental "
            "association of sitting time with mortality? A harmonised meta-analysis of data from "
            "more than 1 million men and women",
            publisher="Ekelund et al., The Lancet 388",
            year=2016,
            url="https://doi.org/10.1016/S0140-6736(16)30370-1",
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
            "dzakpasu",
            title="Musculoskeletal pain and sedentary behaviour in occupational and "
            "non-occupational settings: a systematic review with meta-analysis",
            publisher="Dzakpasu et al., International Journal of Behavioral Nutrition and "
            "Physical Activity 18",
            year=2021,
            url="https://doi.org/10.1186/s12966-021-01191-y",
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
            title="Why we should sit less",
            publisher="NHS",
            year=None,
            url="https://www.nhs.uk/live-well/exercise/why-sitting-too-much-is-bad-for-us/",
        ),
        source(
            "dunstan",
            title="Breaking up prolonged sitting reduces postprandial glucose and insulin "
            "responses",
            publisher="Dunstan et al., Diabetes Care 35(5)",
            year=2012,
            url="https://doi.org/10.2337/dc11-1931",
        ),
        source(
            "loh",
            title="Effects of interrupting prolonged sitting with physical activity breaks on "
            "blood glucose, insulin and triacylglycerol measures: a systematic review and "
            "meta-analysis",
            publisher="Loh et al., Sports Medicine 50",
            year=2020,
            url="https://doi.org/10.1007/s40279-019-01183-w",
        ),
        source(
            "luger",
            title="Work-break schedules for preventing musculoskeletal symptoms and disorders in "
            "healthy workers",
            publisher="Luger et al., Cochrane Database of Systematic Reviews",
            year=2019,
            url="https://doi.org/10.1002/14651858.CD012886.pub2",
        ),
        source(
            "dvt",
            title="DVT (deep vein thrombosis)",
            publisher="NHS",
            year=None,
            url="https://www.nhs.uk/conditions/deep-vein-thrombosis-dvt/",
        ),
        source(
            "hhs",
            title="The Physical Activity Guidelines for Americans",
            publisher="Piercy et al., JAMA 320(19)",
            year=2018,
            url="https://doi.org/10.1001/jama.2018.14854",
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

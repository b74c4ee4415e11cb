"""What posture therapy is and is not, said as plainly as the clinic can."""

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
    title="What posture therapy is, and what it isn’t",
    slug="what-posture-therapy-is",
    topic="posture",
    tags=("posture", "posture therapy", "back pain", "strength", "stretching"),
    summary=(
        "It’s exercise, chosen for you and taught until you can do it alone. It’s no cure for "
        "crooked bones and no substitute for a doctor. What happens, what it can do, what no one "
        "can promise, and when to stop."
    ),
    author="Robin Alvarez",
    reviewer="Dana Whitfield",
    card="posture-therapy-card",
    published_days_ago=150,
    reviewed_days_ago=152,
    review_every=6,
    body=[
        text(
            "<p>I earn my living with posture therapy, so read this with that in mind. I would "
            "still rather tell you now what it can do than have you find out after the third "
            "appointment what it can’t.</p>"
        ),
        heading("What is it?"),
        text(
            "<p>Posture therapy is a way of choosing exercises. We look at how your whole body "
            "stands, walks and moves, and not only at the place that hurts. Then we teach you a "
            "short series of exercises, most of them gentle, in an order that suits you. You do "
            "them at home, for ten to thirty minutes, on most days. We change them as you "
            "change.</p>"
            "<p>The idea behind it is simple: a joint that has lost some of its movement, or a "
            "muscle that has stopped doing its part, makes others do more. Give each its share "
            "back, and the sore one may get some peace.</p>"
            "<p>It’s a sensible idea. It is <i>not</i> a proven law, and we don’t treat it as "
            "one.</p>"
        ),
        heading("What it isn’t"),
        text(
            "<ul><li><b>It’s not a diagnosis.</b> A posture therapist can’t tell you what is "
            "wrong with a disc, a nerve or a bone, and needs no license to use that title. "
            "Physical therapists are licensed, and Dana is one.</li>"
            "<li><b>It’s not a hunt for faults.</b> Everyone is lopsided. Clinicians who judge a "
            f"back by eye often disagree with one another,{cite('fedorak')} and most of what they "
            "disagree about doesn’t matter.</li>"
            "<li><b>It’s not straightening.</b> Exercise doesn’t reshape vertebrae. Where a "
            "curve needs treatment, as in some scoliosis, that belongs with a specialist.</li>"
            "<li><b>It’s not braces, belts or insoles.</b> For back pain, British guidance says "
            f"not to use corsets or insoles at all,{cite('nice')} and the World Health "
            f"Organization advises against belts and braces.{cite('who')}</li></ul>"
        ),
        heading("What happens when you come"),
        figure(
            "posture-therapy-1",
            caption="An assessment in four parts. It takes 75 minutes, most of them in part 3.",
            alternative_text=(
                "Four numbered pictures. One, talk: two people sit facing each other. Two, "
                "look: a "
                "person from behind, with a plumb line down the middle and lines across the "
                "shoulders and the hips. Three, test: a person stands on one leg. Four, plan: a "
                "sheet of paper with tasks, two of them checked off."
            ),
        ),
        text(
            f"<p>An assessment has four parts; {refer('posture-therapy-1', 'the figure')} shows "
            "them.</p>"
            "<ol><li><b>Talk.</b> What hurts, since when, what makes it better, what you want to "
            "be able to do again. We also ask the questions that tell us whether you should see a "
            "doctor instead.</li>"
            "<li><b>Look.</b> Photographs from four sides. They’re for comparing you with "
            "yourself, later; they don’t say what is wrong.</li>"
            "<li><b>Test.</b> Bend, turn, squat, stand on one leg, lie down and let us move your "
            "hips. What you can do tells us more than how you look.</li>"
            "<li><b>Plan.</b> A page with four to eight exercises, and what should have changed "
            "by when.</li></ol>"
            "<p>You don’t have to undress. Shorts and a T-shirt are fine. You can stop anything "
            "at any time, and you don’t have to say why.</p>"
        ),
        invitation_block(),
        heading("Does it work?"),
        text(
            "<p>We know of no large, independent trial of posture therapy under that name. Anyone "
            "who tells you otherwise should show you the paper. What has been studied well is "
            "what it consists of:</p>"
            "<p><b>Exercise</b> helps lasting low back pain. A Cochrane review of 249 trials "
            "found that it probably eases pain by about 15 points on a scale of 100, compared "
            "with no treatment or usual care; what people could do in everyday life improved "
            f"less.{cite('hayden')} The American College of Physicians recommends trying it "
            "before "
            f"medication,{cite('acp')} and so do both guidelines above.</p>"
            "<p><b>Careful control of single muscles</b>, a close relative of what we teach, also "
            f"helps, but no more than other kinds of exercise.{cite('saragiotto')} So the best "
            "exercise may well be the one that you’ll do.</p>"
            "<p><b>Learning to hold yourself differently</b> has one good trial to its name. Of "
            "579 people with back pain, those who had 24 lessons in the Alexander technique had "
            f"far fewer days in pain a year later than those who had usual care.{cite('little')} "
            "That isn’t our method, but it’s a cousin.</p>"
        ),
        table(
            "What you may hear said, and what we say",
            ["Claim", "Our answer"],
            [
                ["It makes you stronger and easier to move", "Yes, if you practice"],
                [
                    "It eases lasting back or neck pain",
                    "Often, and about as well as other good exercise",
                ],
                [
                    "It corrects your alignment",
                    "You may stand more easily. Your bones stay as they are",
                ],
                ["It works when all else has failed", "Sometimes. So does time"],
                ["You’ll never have pain again", "No one can promise that"],
            ],
        ),
        heading("Who it’s for, and who it isn’t for"),
        text(
            "<p>It suits people whose pain comes and goes with what they do, who have been told "
            "that nothing serious is behind it, and who would rather be taught than treated. It "
            "suits those who have lost faith in their back and want to find out, slowly, what it "
            "can still do.</p>"
            "<p>It’s a poor choice if you want someone else to do the work, if you can’t spare "
            "ten minutes on most days, or if what you need is rest, a surgeon, or a good night’s "
            "sleep. We say so when we think so, and the first conversation is free.</p>"
        ),
        quote(
            "If nothing has changed after six weeks of honest practice, we stop and think again. "
            "You shouldn’t need us forever.",
            "Robin Alvarez, posture therapist",
        ),
        callout(
            "When to see a doctor first",
            "<p>Call 911 or go to an emergency room <b>right away</b> if back pain comes with "
            "numbness around the genitals or buttocks, trouble urinating, loss of control of your "
            "bladder or bowels, weakness in the legs, chest pain, or after a serious "
            f"accident.{cite('nhs')}</p>"
            "<p>See a doctor before you see us if you have a fever, are losing weight without "
            "trying, have had cancer, have weak bones or take steroids, or if the pain is worst "
            "at night and gets worse by the week.</p>",
        ),
    ],
    sources=[
        source(
            "fedorak",
            title="Reliability of the visual assessment of cervical and lumbar lordosis: how good "
            "are we?",
            publisher="Fedorak et al., Spine 28(16)",
            year=2003,
            url="https://doi.org/10.1097/01.BRS.0000083281.48923.BD",
        ),
        source(
            "nice",
            title="Low back pain and sciatica in over 16s: assessment and management (NG59)",
            publisher="National Institute for Health and Care Excellence",
            year=2016,
            url="https://www.nice.org.uk/guidance/ng59",
        ),
        source(
            "who",
            title="WHO guideline for non-surgical management of chronic primary low back pain in "
            "adults in primary and community care settings",
            publisher="World Health Organization",
            year=2023,
            url="https://www.who.int/publications/i/item/9789240081789",
        ),
        source(
            "hayden",
            title="Exercise therapy for chronic low back pain",
            publisher="Hayden et al., Cochrane Database of Systematic Reviews",
            year=2021,
            url="https://doi.org/10.1002/14651858.CD009790.pub2",
        ),
        source(
            "saragiotto",
            title="Motor control exercise for chronic non-specific low-back pain",
            publisher="Saragiotto et al., Cochrane Database of Systematic Reviews",
            year=2016,
            url="https://doi.org/10.1002/14651858.CD012004",
        ),
        source(
            "little",
            title="Randomised controlled trial of Alexander technique lessons, exercise, and "
            "massage (ATEAM) for chronic and recurrent back pain",
            publisher="Little et al., BMJ 337",
            year=2008,
            url="https://doi.org/10.1136/bmj.a884",
        ),
        source(
            "nhs",
            title="Back pain",
            publisher="NHS",
            year=None,
            url="https://www.nhs.uk/conditions/back-pain/",
        ),
        source(
            "acp",
            title="Noninvasive treatments for acute, subacute, and chronic low back pain: a "
            "clinical practice guideline from the American College of Physicians",
            publisher="Qaseem et al., Annals of Internal Medicine 166(7)",
            year=2017,
            url="https://doi.org/10.7326/M16-2367",
        ),
    ],
)

"""Strength after fifty: what goes, how it comes back, and how to begin."""

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
from demo.articles.exercises import FOR_STRENGTH

ARTICLE = DemoArticle(
    title="Strength after fifty: it’s not too late",
    slug="strength-after-50",
    topic="fitness",
    tags=("strength", "walking", "hips", "sitting"),
    summary=(
        "From middle age on we lose strength every year, and most of us notice only when a jar or "
        "a low sofa tells us. It comes back at any age, and it needs less than you fear: two "
        "short "
        "sessions a week and something that is a little too heavy."
    ),
    author="Theo Lindqvist",
    reviewer="Dana Whitfield",
    card="strength-card",
    published_days_ago=200,
    reviewed_days_ago=203,
    review_every=6,
    body=[
        text(
            "<p>A man of eighty-one came to us because he had stopped going to the theater. He "
            "liked the plays. It was the seats: so low that he couldn’t leave them without a "
            "stranger’s arm. We didn’t talk about muscle mass. We put a chair on two thick books "
            "and had him stand up from it, eight times. Then the books came out, one by one. It "
            "took eleven weeks, and he sends us the programs.</p>"
        ),
        heading("What goes, and how fast"),
        text(
            "<p>Muscle shrinks slowly as we age, and strength goes faster than muscle. Studies "
            "that followed the same people over time found that at around 75, men lose 3 to 4 "
            "percent of their strength a year and women 2.5 to 3, several times as fast as they "
            f"lose the muscle itself.{cite('mitchell')} You don’t feel 3 percent. You feel the "
            "day "
            "on which the stairs have become too much.</p>"
            "<p>Not all of that is age. A good part is that we do less, and the part that we do "
            "less of is the hard part: lifting, climbing, getting up from the floor.</p>"
        ),
        heading("It comes back"),
        text(
            "<p>In 1990 ten residents of a nursing home in Boston, on average ninety years old, "
            "were asked to train their thighs with heavy weights for eight weeks. The nine who "
            "saw "
            f"it through gained 174 percent in strength on average.{cite('fiatarone')} That was a "
            "tiny study, and people who start from little gain the most. But it has been followed "
            "by many. When Cochrane put together 121 trials with 6,700 older people, training "
            "with "
            "weights two or three times a week made them a great deal stronger. Getting out of a "
            f"chair improved clearly, walking speed and daily life a little.{cite('liu')}</p>"
        ),
        quote(
            "No one has ever asked me for bigger muscles at seventy. They ask for the bus, the "
            "bathtub and the grandchild.",
            "Theo Lindqvist, personal trainer",
        ),
        heading("A test that needs a chair and a watch"),
        text(
            "<p>Put a firm chair without arms, about 17 inches (43 cm) high, against a wall. "
            "Cross your arms over your chest. How many times can you stand up fully and sit down "
            "again in 30 seconds? If you have to use your arms, your score is zero. "
            f"{refer('strength-1', 'The figure')} shows what works when.</p>"
        ),
        figure(
            "strength-1",
            caption=(
                "Standing up in three steps: lean until the nose is over the toes, push, stand. "
                "The glutes and the quads, behind the hip and on the thigh, do the lifting."
            ),
            alternative_text=(
                "Three people seen from their right, with bones and two muscles drawn in. First "
                "one leans forward on a stool, feet drawn back. The second has just left the "
                "seat; "
                "the gluteal muscle and the front of the thigh are dark, at work. The third "
                "stands "
                "upright, the same muscles pale."
            ),
        ),
        table(
            "Standing up from a chair in 30 seconds: fewer than this is below average",
            ["Age", "Women", "Men"],
            [
                ["60 to 64", "12", "14"],
                ["65 to 69", "11", "12"],
                ["70 to 74", "10", "12"],
                ["75 to 79", "10", "11"],
                ["80 to 84", "9", "10"],
                ["85 to 89", "8", "8"],
                ["90 to 94", "4", "7"],
            ],
        ),
        text(
            "<p>These are the numbers that the CDC gives American doctors to tell who is at risk "
            f"of falling.{cite('cdc')} A low score isn’t a verdict. It’s a place to start, and in "
            "two months you can take the test again.</p>"
        ),
        invitation_block(),
        heading("How to begin"),
        text(
            "<p>Adults of every age are advised to do something that strengthens all the large "
            "muscles on two days a week or more; from 65 on, something for balance on three days "
            f"as well.{cite('hhs')}{cite('who')} You don’t need a gym. Here are four exercises "
            "with things you have at home; with the chair of the test you have five, and that is "
            "enough for a year.</p>"
        ),
        *FOR_STRENGTH,
        heading("How hard, how often", level="h3"),
        text(
            "<ol><li><b>Choose a weight, or a height, that you can manage eight to twelve "
            "times.</b> The last two should be hard work, and still look like the first.</li>"
            "<li><b>Rest for a minute or two and do it once more.</b> One round is fine for "
            "the first two weeks.</li>"
            "<li><b>Leave a day between.</b> Muscle is built on the days off.</li>"
            "<li><b>When twelve have become easy, make it harder.</b> This is the step that "
            "people "
            "leave out, and without it nothing happens. The experts call it progression, and "
            "agree "
            f"that it can be done safely at any age with a sensible start.{cite('nsca')}</li>"
            "<li><b>Breathe out as you push.</b> Never hold your breath.</li></ol>"
            "<p>Expect sore muscles for a day or two after the first sessions. Pain in a joint "
            "that is still there the next morning means too much, too low or too soon.</p>"
        ),
        heading("What strength doesn’t do"),
        text(
            "<p>It doesn’t take the place of walking, and it’s not the whole answer to falls. "
            "Over all the trials, exercise at home or in a group lowered the number of falls by "
            "about a quarter, and the programs that did it trained balance and everyday "
            f"movements, mostly together with strength.{cite('sherrington')} So stand on one leg "
            "while you brush your teeth, a hand near the sink. Nor can you train against too "
            "little food: if you’re losing weight without wanting to, say so to your doctor.</p>"
        ),
        callout(
            "Ask first, and when to stop",
            "<p>Talk to your doctor before you begin if you have heart disease, blood pressure "
            "that is high and not under control, an aneurysm, or thin bones with a fracture; if "
            "you have had an operation in the last three months; or if you have fallen more than "
            "once in the last year.</p>"
            "<p>Stop, and call 911, if you get pain or pressure in the chest, if you’re far more "
            "breathless than the work explains, or if you faint. Stop for the day if you are "
            "dizzy or a joint hurts sharply.</p>",
        ),
        heading("Your first week"),
        text(
            "<p>Monday: stand up from a chair eight times, press the wall eight times, rise on "
            "your toes eight times. Thursday: the same. That’s six minutes in all. Write it on "
            "the calendar in the kitchen; what is written there gets done.</p>"
        ),
    ],
    sources=[
        source(
            "mitchell",
            title="Sarcopenia, dynapenia, and the impact of advancing age on human skeletal muscle "
            "size and strength; a quantitative review",
            publisher="Mitchell et al., Frontiers in Physiology 3:260",
            year=2012,
            url="https://doi.org/10.3389/fphys.2012.00260",
        ),
        source(
            "fiatarone",
            title="High-intensity strength training in nonagenarians: effects on skeletal muscle",
            publisher="Fiatarone et al., JAMA 263(22)",
            year=1990,
            url="https://doi.org/10.1001/jama.1990.03440220053029",
        ),
        source(
            "liu",
            title="Progressive resistance strength training for improving physical function in "
            "older adults",
            publisher="Liu and Latham, Cochrane Database of Systematic Reviews",
            year=2009,
            url="https://doi.org/10.1002/14651858.CD002759.pub2",
        ),
        source(
            "cdc",
            title="Assessment: 30-second chair stand",
            publisher="Centers for Disease Control and Prevention, STEADI",
            year=2017,
            url="https://www.cdc.gov/steadi/media/pdfs/STEADI-Assessment-30Sec-508.pdf",
        ),
        source(
            "who",
            title="WHO guidelines on physical activity and sedentary behaviour",
            publisher="World Health Organization",
            year=2020,
            url="https://www.who.int/publications/i/item/9789240015128",
        ),
        source(
            "nsca",
            title="Resistance training for older adults: position statement from the National "
            "Strength and Conditioning Association",
            publisher="Fragala et al., Journal of Strength and Conditioning Research 33(8)",
            year=2019,
            url="https://doi.org/10.1519/JSC.0000000000003230",
        ),
        source(
            "sherrington",
            title="Exercise for preventing falls in older people living in the community",
            publisher="Sherrington et al., Cochrane Database of Systematic Reviews",
            year=2019,
            url="https://doi.org/10.1002/14651858.CD012424.pub2",
        ),
        source(
            "hhs",
            title="The Physical Activity Guidelines for Americans",
            publisher="Piercy et al., JAMA 320(19)",
            year=2018,
            url="https://doi.org/10.1001/jama.2018.14854",
        ),
    ],
)

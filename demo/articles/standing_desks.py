"""Standing desks: the modest case for them, and how to set one up."""

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


def _both(centimeters: int, imperial: str) -> str:
    """Return a length in both systems, American first; it breaks between them or not at all."""
    return " ".join(
        length.replace(" ", "\N{NO-BREAK SPACE}") for length in (imperial, f"({centimeters} cm)")
    )


ARTICLE = DemoArticle(
    title="Standing desks: worth it, if you also sit down",
    slug="standing-desks",
    topic="daily-life",
    tags=("desk work", "sitting", "posture", "back pain", "walking"),
    summary=(
        "A desk that goes up and down will get you out of your chair for an hour or so a day. It "
        "won’t make you thin, and it won’t fix a back by itself. What the trials found, the right "
        "height for you, and how to begin without sore feet."
    ),
    author="Theo Lindqvist",
    reviewer="Dana Whitfield",
    card="standing-desk-card",
    published_days_ago=5,
    reviewed_days_ago=6,
    state="scheduled",
    body=[
        text(
            "<p>Every month someone asks me whether to buy one. I have one, I like it, and I "
            "still answer with a question: what do you want it to do? If you want to sit less, it "
            "will help. If you want to lose weight, buy shoes. If your back hurts, read on before "
            "you spend several hundred dollars on furniture.</p>"
        ),
        heading("What a standing desk does, and what it doesn’t"),
        text(
            "<p><b>It gets you on your feet.</b> A Cochrane review put the trials together. "
            "People who were given a desk that goes up and down sat for about 100 minutes less of "
            "the working day in the first three months, and a little under an hour less after "
            f"that. The reviewers trusted the numbers only somewhat.{cite('shrestha')} In a large "
            "English trial, a program to sit less took 22 minutes a day off people’s sitting a "
            "year later; with a desk added, 64 minutes. Weight, blood pressure and blood sugar "
            f"hardly changed.{cite('edwardson')}</p>"
            "<p><b>It may ease a back a little.</b> Pooled studies of people without much pain "
            "found slightly less discomfort in the lower back when they could change between "
            f"sitting and standing.{cite('agarwal')} In people who already had pain, another "
            "Cochrane review found too little good evidence to say that such desks "
            f"help.{cite('parry')} Slightly, and perhaps: that is the honest size of it.</p>"
            "<p><b>It doesn’t burn much.</b> Standing uses about 0.15 kilocalories a minute more "
            f"than sitting.{cite('saeidifard')} Three hours of it come to 27 kilocalories, a "
            "quarter of a banana.</p>"
        ),
        heading("Standing all day isn’t the aim"),
        text(
            "<p>Cashiers and hairdressers could have told us. People who stand for more than four "
            "hours of a working day report sore backs more often than those who do "
            f"not.{cite('coenen')} In a British study of 83,000 people who wore a movement sensor, "
            "standing longer did nothing for the risk of heart disease, and beyond two hours a "
            "day it went with more varicose veins and other troubles of the "
            f"circulation.{cite('ahmadi')}</p>"
            "<p>Studies like these can’t prove what causes what. But they agree on what a body "
            "would tell you anyway: it’s the stillness that wears you out, upright or "
            "seated.</p>"
        ),
        heading("Getting the height right"),
        figure(
            "standing-desk-1",
            caption=(
                "Sitting or standing, the same three rules: forearms level with the desk, eyes "
                "level with the top of the screen, the screen an arm’s length away."
            ),
            alternative_text=(
                "Two people at a desk, seen from the right, one sitting, one standing. The "
                "forearms rest level with the desk, a dashed line runs from the eyes to the top "
                "of the screen, and the screen is an arm’s length away. For someone 5 ft 7 in "
                "(170 cm) tall, the desk is 27 in (68 cm) high for sitting and 42 in (107 cm) for "
                "standing."
            ),
        ),
        text(
            "<p>Stand in the shoes you work in, let your arms hang, and bend your elbows to a "
            "right angle. The height of your elbow above the floor is the height of your desk, as "
            f"in {refer('standing-desk-1', 'the figure')}. An elbow comes at about 63 percent of "
            f"a person’s height,{cite('winter')} which gives the numbers below to begin with. "
            "Shoes add an inch. Then trust your shoulders: if they creep up, the desk is too "
            "high; if you lean on your wrists, it’s too low.</p>"
        ),
        table(
            "Where to begin: height of the desk from the floor",
            ["Your height", "Sitting", "Standing"],
            [
                [_both(150, "4 ft 11 in"), _both(60, "24 in"), _both(95, "37 in")],
                [_both(160, "5 ft 3 in"), _both(64, "25 in"), _both(101, "40 in")],
                [_both(170, "5 ft 7 in"), _both(68, "27 in"), _both(107, "42 in")],
                [_both(180, "5 ft 11 in"), _both(72, "28 in"), _both(113, "45 in")],
                [_both(190, "6 ft 3 in"), _both(76, "30 in"), _both(120, "47 in")],
            ],
        ),
        text(
            "<p>The top of the screen belongs at the height of your eyes or a little lower, and "
            f"20 to 40 inches away.{cite('osha')} If you wear bifocals or progressive lenses, put "
            "it lower, or you’ll tip your head back all day to read. A laptop can’t be right "
            "for eyes and hands at once: raise it on books and plug in a keyboard.</p>"
        ),
        heading("How to begin"),
        text(
            "<ol><li><b>First week:</b> ten minutes on your feet, twice in the morning and twice "
            "in the afternoon. Tie it to something: the mail, a call, the half hour.</li>"
            "<li><b>Second week:</b> fifteen to twenty minutes, four times.</li>"
            "<li><b>After that:</b> whatever feels good, up to half the day. A panel of experts "
            "suggested working up to two hours of standing and light walking a day, then to four; "
            "they said themselves that this is judgment more than "
            f"proof.{cite('buckley')}</li></ol>"
            "<p>Go down <i>before</i> you’re tired. While you’re up, don’t stand at attention: "
            "shift your weight, put one foot on a low box, change feet, walk in place while a "
            "page loads. A soft mat and shoes that you could walk a mile in do more than the "
            "motor of the desk.</p>"
            "<p>Not sure yet? A kitchen counter with a sturdy box on it, or a dresser, is close "
            "enough to the right height. Work there for two weeks before you buy. If you have "
            "stopped by then, you have saved yourself a desk.</p>"
        ),
        callout(
            "Ask first",
            "<p>Talk to your doctor or physical therapist before you stand for long if you are "
            "pregnant, faint easily, have varicose veins or swollen legs, or have had surgery on "
            "a hip, knee or foot in the last few months.</p>"
            "<p>Stop and have it looked at if standing gives you pain in the back or the legs "
            "that goes when you sit or bend forward, or if a foot goes numb.</p>",
        ),
        heading("So, should you buy one?"),
        text(
            "<p>If you have a desk job and can spare the money, yes: the best chair is the one "
            "you leave, and this makes leaving easy. If you can’t, you lose little: a brisk walk "
            "at lunch and a little strength work twice a week will, we think, do you more good "
            "than any desk. If you’re sore already, bring us a photo of where you work. Often "
            "all it takes is one turned screw and a raised screen, and it costs nothing.</p>"
        ),
    ],
    sources=[
        source(
            "shrestha",
            title="Workplace interventions for reducing sitting at work",
            publisher="Shrestha et al., Cochrane Database of Systematic Reviews",
            year=2018,
            url="https://doi.org/10.1002/14651858.CD010912.pub5",
        ),
        source(
            "edwardson",
            title="Effectiveness of an intervention for reducing sitting time and improving health "
            "in office workers: three arm cluster randomised controlled trial",
            publisher="Edwardson et al., BMJ 378",
            year=2022,
            url="https://doi.org/10.1136/bmj-2021-069288",
        ),
        source(
            "agarwal",
            title="Sit-stand workstations and impact on low back discomfort: a systematic review "
            "and meta-analysis",
            publisher="Agarwal et al., Ergonomics 61(4)",
            year=2018,
            url="https://doi.org/10.1080/00140139.2017.1402960",
        ),
        source(
            "parry",
            title="Workplace interventions for increasing standing or walking for decreasing "
            "musculoskeletal symptoms in sedentary workers",
            publisher="Parry et al., Cochrane Database of Systematic Reviews",
            year=2019,
            url="https://doi.org/10.1002/14651858.CD012487.pub2",
        ),
        source(
            "saeidifard",
            title="Differences of energy expenditure while sitting versus standing: a systematic "
            "review and meta-analysis",
            publisher="Saeidifard et al., European Journal of Preventive Cardiology 25(5)",
            year=2018,
            url="https://doi.org/10.1177/2047487317752186",
        ),
        source(
            "coenen",
            title="Associations of occupational standing with musculoskeletal symptoms: a "
            "systematic review with meta-analysis",
            publisher="Coenen et al., British Journal of Sports Medicine 52(3)",
            year=2018,
            url="https://doi.org/10.1136/bjsports-2016-096795",
        ),
        source(
            "ahmadi",
            title="Device-measured stationary behaviour and cardiovascular and orthostatic "
            "circulatory disease incidence",
            publisher="Ahmadi et al., International Journal of Epidemiology 53(6)",
            year=2024,
            url="https://doi.org/10.1093/ije/dyae136",
        ),
        source(
            "winter",
            title="Biomechanics and Motor Control of Human Movement, 4th edition",
            publisher="Winter, Wiley",
            year=2009,
            url="https://doi.org/10.1002/9780470549148",
        ),
        source(
            "osha",
            title="Computer Workstations eTool",
            publisher="US Occupational Safety and Health Administration",
            year=None,
            url="https://www.osha.gov/etools/computer-workstations",
        ),
        source(
            "buckley",
            title="The sedentary office: an expert statement on the growing case for change "
            "towards better health and productivity",
            publisher="Buckley et al., British Journal of Sports Medicine 49(21)",
            year=2015,
            url="https://doi.org/10.1136/bjsports-2015-094618",
        ),
    ],
)

"""Lower back pain: how it goes, what helps, and the signs that need a doctor."""

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

ARTICLE = DemoArticle(
    title="Lower back pain: most of it passes",
    slug="lower-back-pain",
    topic="daily-life",
    tags=("back pain", "walking", "posture", "sitting", "strength"),
    summary=(
        "It can floor you in a second, and in most people it’s far better within six weeks. What "
        "helps is to keep moving, a little more each day. And a few signs can’t wait: you’ll "
        "find them here."
    ),
    author="Robin Alvarez",
    reviewer="Dana Whitfield",
    card="back-card",
    published_days_ago=21,
    reviewed_days_ago=23,
    body=[
        callout(
            "Don’t wait with these",
            "<p>Call 911 or go to an emergency room <b>right away</b> if back pain comes with any "
            "of these:</p>"
            "<ul><li>numbness around the genitals, the buttocks or the anus</li>"
            "<li>trouble urinating, or losing control of your bladder or bowels</li>"
            "<li>weakness, numbness or tingling in both legs</li>"
            "<li>chest pain</li>"
            "<li>a bad fall or a crash just before</li></ul>"
            "<p>See a doctor <b>soon</b> if you also have a fever, are losing weight without "
            "trying, have or have had cancer, take steroids or have thin bones; if a lump or a "
            "new change of shape has appeared; if the pain is worse at night or when you lie "
            "down; or if it isn’t better after a few "
            f"weeks.{cite('medlineplus')}{cite('nhs')}</p>",
        ),
        heading("What is in a lower back"),
        text(
            "<p>Five large vertebrae, with a disc between each and the next. Small joints behind "
            "them, which guide the movement. Nerves, which leave through openings on either side. "
            f"Around all of it, more muscle than you’d think. {refer('back-1', 'The figure')} "
            "shows the bones from the side.</p>"
        ),
        figure(
            "back-1",
            caption=(
                "The lower back from the side. Discs join the vertebrae in front, small joints "
                "behind, and a nerve leaves on each side in between."
            ),
            alternative_text=(
                "Side view of the vertebrae of the lower back, the front of the body to the "
                "right. "
                "Discs lie between the bodies of the vertebrae. Behind them small joints link "
                "each "
                "vertebra to the next, and in between yellow nerves leave the spine."
            ),
        ),
        text(
            "<p>Each of these parts can hurt. In most people, though, there’s no way to tell for "
            f"sure which one does.{cite('lancet')} That sounds like bad news and isn’t. Serious "
            "causes are rare, and a back isn’t a stack of porcelain: it has been carrying you, "
            "your shopping and your children for years. Nothing has to have “slipped” or “gone "
            "out” for it to hurt a great deal.</p>"
        ),
        heading("How long it lasts"),
        text(
            "<p>The steepest improvement comes early. When 95 studies were gathered, people whose "
            "pain was new rated it at about 56 out of 100 to begin with and at about 26 six weeks "
            f"later.{cite('wallwork')}</p>"
            "<p>An honest clinic tells you the rest as well. In Sydney, 973 people were followed "
            "from the first two weeks of a new episode. Half of those who had cut down on work "
            "were back to normal within two weeks, but after a year only 72 in 100 had "
            f"recovered completely.{cite('henschke')} And pain that has gone often comes back. "
            "None of that means damage. It means that it’s worth looking after a back between "
            "the episodes, too.</p>"
        ),
        heading("Why a scan seldom helps"),
        text(
            "<p>Because it finds so much. Scans of 3,110 people who had <i>no</i> pain showed "
            "worn discs in more than a third of those aged 20 and in nearly everyone aged 80, as "
            f"{refer('back-2', 'the second figure')} shows.{cite('brinjikji')} They’re much like "
            "gray hair. If your back does hurt, the scan will show your gray hair as well, and "
            "you may be told that it’s the cause.</p>"
        ),
        figure(
            "back-2",
            caption=(
                "People without back pain whose scan shows worn discs, by age. Most of what a "
                "scan "
                "finds is age, not illness."
            ),
            alternative_text=(
                "Bar chart of people without back pain: the share whose scan shows worn discs is "
                "37 percent at 20 years of age, 52 at 30, 68 at 40, 80 at 50, 88 at 60, 93 at 70 "
                "and 96 at 80."
            ),
        ),
        text(
            "<p>A scan is right when something in the callout above is true of you, or when its "
            "result would change what is done next. Otherwise neither American nor British "
            f"guidance recommends one as a routine.{cite('acp')}{cite('nice')}</p>"
        ),
        heading("What helps, and what doesn’t"),
        table(
            "Common treatments for lower back pain, and what is known of them",
            ["Treatment", "What is known"],
            [
                [
                    "Keeping active",
                    "A little better than bed rest in new back pain; in sciatica about the same",
                ],
                [
                    "Exercise",
                    "Probably helps pain that has lasted three months or more; no one kind has "
                    "to be the right one",
                ],
                ["Heat", "Eases many people, harms few"],
                [
                    "Massage and manual therapy",
                    "Worth having together with exercise, not in its place",
                ],
                [
                    "Anti-inflammatory pills (ibuprofen, naproxen)",
                    "Can help for a short time, at the lowest dose; not for everyone, so ask a "
                    "pharmacist first",
                ],
                [
                    "Acetaminophen (Tylenol) by itself",
                    "Little help for back pain",
                ],
                ["Belts, corsets, insoles, traction", "Not advised"],
            ],
        ),
        text(
            "<p>The first two lines come from Cochrane reviews, the rest from the guidance of the "
            "American College of Physicians and of Britain’s National Health "
            f"Service.{cite('dahm')}{cite('hayden')}{cite('acp')}{cite('nice')}{cite('nhs')}</p>"
        ),
        invitation_block(),
        heading("The first week"),
        text(
            "<ol><li><b>Find a position that is bearable.</b> For many that is lying on the floor "
            "with the calves on a chair. Stay for ten minutes, not for the day.</li>"
            "<li><b>Walk every hour or two</b>, even if it’s just around the kitchen. Slowly is "
            "fine.</li>"
            "<li><b>Bend gently.</b> On your back, draw one knee up, then the other. The aim is "
            "not to stretch anything but to show the back that bending is safe.</li>"
            "<li><b>Keep what you can of your day</b>, work included, and put off what you "
            "can’t. Change position before your back asks you to.</li>"
            "<li><b>Do a little more tomorrow.</b> Some pain on the way is to be expected, and is "
            "no sign of harm.</li></ol>"
        ),
        heading("Keeping it away"),
        text(
            "<p>The best news of recent years is cheap. In an Australian trial 701 people who "
            "had just gotten over back pain were either left alone or given a plan for "
            "walking, with "
            "some explaining, by a physical therapist. Without the plan, half had trouble again "
            "within 112 days; with it, within 208. The plan led up to half an hour of walking on "
            f"five days a week.{cite('walkback')}</p>"
            "<p>If yours comes back again and again, or has stayed for more than three months, "
            "don’t just wait for the next one. Ask us, or any therapist, for a plan that starts "
            "from what you can do already, and expect to do most of the work yourself. We would "
            "rather teach you than treat you.</p>"
        ),
    ],
    sources=[
        source(
            "nhs",
            title="Back pain",
            publisher="NHS",
            year=None,
            url="https://www.nhs.uk/conditions/back-pain/",
        ),
        source(
            "lancet",
            title="What low back pain is and why we need to pay attention",
            publisher="Hartvigsen et al., The Lancet 391(10137)",
            year=2018,
            url="https://doi.org/10.1016/S0140-6736(18)30480-X",
        ),
        source(
            "wallwork",
            title="The clinical course of acute, subacute and persistent low back pain: a "
            "systematic review and meta-analysis",
            publisher="Wallwork et al., CMAJ 196(2)",
            year=2024,
            url="https://doi.org/10.1503/cmaj.230542",
        ),
        source(
            "henschke",
            title="Prognosis in patients with recent onset low back pain in Australian primary "
            "care: inception cohort study",
            publisher="Henschke et al., BMJ 337:a171",
            year=2008,
            url="https://doi.org/10.1136/bmj.a171",
        ),
        source(
            "brinjikji",
            title="Systematic literature review of imaging features of spinal degeneration in "
            "asymptomatic populations",
            publisher="Brinjikji et al., American Journal of Neuroradiology 36(4)",
            year=2015,
            url="https://doi.org/10.3174/ajnr.A4173",
        ),
        source(
            "nice",
            title="Low back pain and sciatica in over 16s: assessment and management (NG59)",
            publisher="National Institute for Health and Care Excellence",
            year=2016,
            url="https://www.nice.org.uk/guidance/ng59",
        ),
        source(
            "dahm",
            title="Advice to rest in bed versus advice to stay active for acute low-back pain and "
            "sciatica",
            publisher="Dahm et al., Cochrane Database of Systematic Reviews",
            year=2010,
            url="https://doi.org/10.1002/14651858.CD007612.pub2",
        ),
        source(
            "hayden",
            title="Exercise therapy for chronic low back pain",
            publisher="Hayden et al., Cochrane Database of Systematic Reviews",
            year=2021,
            url="https://doi.org/10.1002/14651858.CD009790.pub2",
        ),
        source(
            "walkback",
            title="Effectiveness and cost-effectiveness of an individualised, progressive walking "
            "and education intervention for the prevention of low back pain recurrence in "
            "Australia (WalkBack): a randomised controlled trial",
            publisher="Pocovi et al., The Lancet 404(10448)",
            year=2024,
            url="https://doi.org/10.1016/S0140-6736(24)00755-4",
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
            "medlineplus",
            title="Back pain",
            publisher="MedlinePlus, National Library of Medicine",
            year=None,
            url="https://medlineplus.gov/backpain.html",
        ),
    ],
)

"""The exercises that the articles teach, each with its drawing."""

from demo.articles.article import exercise

FOR_THE_HIPS = [
    exercise(
        "Stand up and sit down",
        "strength-card",
        alternative_text=(
            "Someone rises from a stool, leaning forward. The muscles of the buttock and of the "
            "front of the thigh are drawn in."
        ),
        steps=[
            "Sit near the front of a firm chair, high enough to manage without your hands.",
            "Lean forward until your nose is over your toes, and stand up.",
            "Sit down again as slowly as you can.",
        ],
        how_often="10 times",
        feeling="Work in your thighs and buttocks.",
        stop="If your hip or knee hurts sharply, take a higher chair. If it still hurts, leave it.",
    ),
    exercise(
        "Bridge",
        "exercise-bridge",
        alternative_text=(
            "Someone lies on the back with bent knees and has lifted the hips, so that shoulders, "
            "hips and knees are in line. The buttock is drawn in; an arrow points up."
        ),
        steps=[
            "Lie on your back, knees bent, feet flat, arms at your sides.",
            "Squeeze your buttocks and lift your hips until they’re in line with your knees.",
            "Hold for one slow breath, and come down.",
        ],
        how_often="10 times",
        feeling="Work in your buttocks, not in your lower back.",
        stop="If your back hurts, lift less. If a cramp doesn’t let go, stop.",
    ),
    exercise(
        "Side lift",
        "exercise-side-lift",
        alternative_text=(
            "Someone lies on one side, seen from the front, head on a pillow, and has raised the "
            "straight upper leg. The gluteus medius is drawn in; an arrow points up."
        ),
        steps=[
            "Lie on your side, head on a pillow, both legs straight.",
            "Raise the upper leg a foot or so, toes to the front, without rolling back.",
            "Lower it slowly.",
        ],
        how_often="10 times on each side",
        feeling="Work at the side of the hip, under your hand.",
        stop="If lying on that hip hurts, put a pillow between your knees or skip this one.",
    ),
    exercise(
        "Half-kneel",
        "stretching-card",
        alternative_text=(
            "Someone kneels on one knee, the other foot flat in front. The buttock muscle is dark; "
            "the psoas at the front of the hip is pale and long. An arrow turns the tail under."
        ),
        steps=[
            "Kneel on a cushion with one knee, the other foot flat in front of you.",
            "Squeeze the buttock of the kneeling side until the front of that hip stretches.",
            "Stay, and breathe.",
        ],
        how_often="Half a minute on each side",
        feeling="A pull at the front of the hip, easy enough to talk.",
        stop="If your knee hurts in spite of the cushion, or the hip pinches in front.",
    ),
    exercise(
        "Walk with a long stride",
        "exercise-stride",
        alternative_text=(
            "Someone walks with a long stride, opposite arm and leg in front. Pelvis, thigh bone "
            "and psoas are drawn in: the thigh behind the body opens the hip."
        ),
        steps=[
            "Walk at your own pace.",
            "For the last few minutes make your steps longer, and push off with your back foot.",
        ],
        how_often="As far as you like",
        feeling="The front of the hip opens with every step.",
        stop="If you begin to limp, go back to your usual step.",
    ),
]

FOR_STRENGTH = [
    exercise(
        "Press a wall",
        "exercise-wall",
        alternative_text=(
            "Someone leans with both hands on a wall, the body straight. The back of the upper "
            "arm is drawn in."
        ),
        steps=[
            "Stand an arm’s length from a wall, hands on it at the height of your chest.",
            "Bend your arms until your nose is near the wall, your body straight.",
            "Press yourself away. Stand farther back to make it harder.",
        ],
        how_often="8 to 12 times",
        feeling="Work in your chest and the backs of your arms.",
        stop="If a shoulder hurts, place your hands lower. If it still hurts, leave it.",
    ),
    exercise(
        "Rise on your toes",
        "exercise-toes",
        alternative_text=(
            "Someone stands on the toes, one hand on the back of a chair. The calf is drawn in; "
            "an arrow points up."
        ),
        steps=[
            "Stand behind a chair, one hand on its back.",
            "Rise on your toes as high as you can, and hold for a breath.",
            "Come down slowly. When it’s easy, use one leg.",
        ],
        how_often="8 to 12 times",
        feeling="Work in your calves.",
        stop="If the tendon above your heel hurts, rise less high.",
    ),
    exercise(
        "Step up",
        "exercise-step",
        alternative_text=(
            "Someone steps up on a step, one foot on it, the other leaving the floor. Buttock and "
            "thigh of the upper leg are drawn in."
        ),
        steps=[
            "Stand in front of the lowest stair, near the rail.",
            "Put one foot on it, lean forward a little, and push up with that leg.",
            "Come down slowly with the same leg on the stair.",
        ],
        how_often="8 to 12 times with each leg",
        feeling="Work in your thigh and buttock.",
        stop="If your knee hurts sharply, take a lower step. Hold the rail if you’re unsteady.",
    ),
    exercise(
        "Carry",
        "exercise-carry",
        alternative_text=(
            "Someone walks upright with a bag in one hand. The muscles of the forearm are drawn in."
        ),
        steps=[
            "Fill a bag until it’s a little too heavy for comfort.",
            "Walk with it for half a minute, without leaning to either side.",
            "Change hands.",
        ],
        how_often="Twice with each hand",
        feeling="Work in your hand, your forearm and your sides.",
        stop="Put it down if your back hurts or your grip gives way.",
    ),
]

AFTER_SITTING = [
    exercise(
        "Long step back",
        "exercise-step-back",
        alternative_text=(
            "Someone, one hand on the back of a chair, has taken one foot a long step back. The "
            "buttock is dark, the psoas at the front of that hip pale and long; an arrow turns "
            "the tail under."
        ),
        steps=[
            "Stand, hold on to a desk or chair, and take one foot a long step back.",
            "Tuck your tail under until you feel the front of that hip.",
            "Breathe five times, and change legs.",
        ],
        how_often="Once on each side, whenever you’ve sat for an hour or two.",
        feeling="A mild stretch at the front of the hip that is behind you.",
        stop="Stop if your lower back pinches. Take a shorter step.",
    ),
    FOR_THE_HIPS[0],
    exercise(
        "Look at the ceiling",
        "exercise-ceiling",
        alternative_text=(
            "Someone sits in a chair, hands behind the head, the upper back bent over the edge of "
            "the backrest, and looks up. The spine is drawn in."
        ),
        steps=[
            "Sit back in a chair whose backrest ends below your shoulder blades.",
            "Put your hands behind your head to carry it, lean back over the edge, and look "
            "at the ceiling.",
            "Stay for three breaths.",
        ],
        how_often="Once or twice a day.",
        feeling="Your chest opens and your upper back bends, the neck at rest in your hands.",
        stop="Stop if you’re dizzy, or if your neck hurts or an arm tingles.",
    ),
]

FOR_THE_FRONT_OF_THE_HIP = [
    exercise(
        "Half-kneeling hip stretch",
        "stretching-card",
        alternative_text=(
            "Someone kneels on the right knee with a pad under it, the left foot flat in front. "
            "The buttock is drawn at work, the psoas long."
        ),
        steps=[
            "Kneel on a cushion with one knee, the other foot flat in front of you. Hold on "
            "to a chair if you wobble.",
            "Squeeze the buttock of the kneeling side and tuck your tail under, as if you "
            "were buckling a belt upward. Many feel the stretch at once.",
            "Only then move the whole body forward, by an inch or two. Don’t let the back arch.",
            "Stay, breathe, and change sides.",
        ],
        how_often="Thirty seconds on each side, twice, on five days a week.",
        feeling="A mild pull at the front of the hip. You can still breathe and talk.",
        stop="Stop if it hurts, if the knee complains, or if your leg tingles or goes numb.",
    ),
]

"""Plurals that no rule of the stemmer knows: calves, feet, menisci, diagnoses.

Much of what is said of a body is Latin or Greek: patients ask for a meniscus, an article names both
menisci. A pair is what a word is read as, and the word; what is regular, the stemmer knows.
"""

import re

_FEET = re.compile(r"(.*)(feet|teeth|women|children|itides)$")
_FOOT = {
    "feet": "foot", "teeth": "tooth", "women": "woman", "children": "child", "itides": "itis",
}  # fmt: skip
_SHORTEST_GREEK = 6  # letters; not oasis, not basis

_PAIRS = """
    calf calves|half halves|knife knives|life lives|wife wives|leaf leaves|shelf shelves
    scarf scarves|hoof hooves|loaf loaves|thief thieves|wolf wolves|elf elves|self selves
    sheaf sheaves|man men|person people|goose geese|mouse mice|louse lice|ox oxen|bus buses
    gas gases|lens lenses|quiz quizzes|iris irises|canvas canvases|pancreas pancreases
    pelvis pelvises|pelvis pelves|testis testes|axis axes|coccyx coccyges|larynx larynges
    pharynx pharynges|meninx meninges|thorax thoraces|cortex cortices|apex apices|vertex vertices
    vortex vortices|cervix cervices|appendix appendices|index indices|matrix matrices
    varix varices|cicatrix cicatrices|hallux halluces|calyx calyces|meniscus menisci|radius radii
    humerus humeri|stimulus stimuli|focus foci|thrombus thrombi|embolus emboli|bronchus bronchi
    nucleus nuclei|fungus fungi|locus loci|ramus rami|nevus nevi|bacillus bacilli
    calcaneus calcanei|talus tali|tarsus tarsi|carpus carpi|gluteus glutei|callus calli
    alveolus alveoli|villus villi|torus tori|sulcus sulci|gyrus gyri|fundus fundi|cactus cacti
    tophus tophi|trapezius trapezii|malleolus malleoli|syllabus syllabi|alumnus alumni
    digitus digiti|peroneus peronei|soleus solei|rhomboideus rhomboidei|phenomenon phenomena
    criterion criteria|ganglion ganglia|bacterium bacteria|sacrum sacra|ilium ilia|ischium ischia
    cranium crania|labrum labra|sternum sterna|acetabulum acetabula|septum septa|atrium atria
    ovum ova|diverticulum diverticula|datum data|tuberculum tubercula|retinaculum retinacula
    ligamentum ligamenta|medium media|spectrum spectra|stratum strata|serum sera
    olecranon olecrana|mitochondrion mitochondria|cerebellum cerebella|hematoma hematomata
    stigma stigmata|fibroma fibromata|lipoma lipomata|stoma stomata|trauma traumata|femur femora
    foramen foramina|lumen lumina|corpus corpora|crus crura|os ossa|viscus viscera|genus genera
    genu genua|cornu cornua|caput capita|phalange phalanx|base basis
"""
SINGULAR = {
    plural: singular
    for singular, plural in (pair.split() for pair in re.split(r"[|\n]", _PAIRS.strip()))
}


def regular(word: str) -> str:
    """Return a form of a folded word whose stem is also that of its singular or plural."""
    if word in SINGULAR:
        return SINGULAR[word]
    if found := _FEET.fullmatch(word):
        return found[1] + _FOOT[found[2]]
    if word.endswith("sis") and len(word) >= _SHORTEST_GREEK:  # diagnosis: as diagnoses, diagnosed
        return f"{word[:-3]}ses"
    return word

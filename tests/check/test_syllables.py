"""The syllable counter behind the reading grade."""

from __future__ import annotations

import pytest

from newsletter.check.syllables import syllables

WORDS = {
    1: """
        cell named used year strength hope helped walked source caused cause nerve nerves rooms eight guard
        lives makes takes guide league blue shoe free eye whole sleep speech real brain brains
    """,
    2: """
        wanted treated needed table tables able little doctor patient patients treatment hopeful careful
        safely safety disease before after relapse study studies being trial sometimes question social
        action nation language persuade symptoms immune system transplant offered science fatigue muscle
        muscles changes boxes watches pages walking trying going seeing doing people because special
        precious region million union vaccine MS poem quiet diet tissue asleep balance bladder vision create
        really theatre neural spinal
    """,
    3: """
        diseases quality multiple relapses clinical remitting intensive infection evidence sclerosis
        hospital researchers average randomised similar conclusive medicine medical appointment previous
        serious obvious various period radio video media idea area continue usual gradual scientist
        cognitive energy exercise studying everyone official religious opinion MRI NHS swallowing nausea
        reaction museum
    """,
    4: """
        neurology neurologist comparison activity transplantation information continuous usually society
        variety experience autologous diagnosis spasticity exercises available community especially antibody
        pneumonia insomnia anxiety
    """,
    5: """
        disability chemotherapy immediately
    """,
    6: """
        physiotherapy rehabilitation
    """,
    7: """
        haematopoietic
    """,
}


@pytest.mark.parametrize(("count", "word"), [(count, word) for count, words in WORDS.items() for word in words.split()])
def test_syllables(count: int, word: str) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize(("word", "count"), [("1.7", 1), ("follow-up", 3), ("aHSCT", 5), ("WHO", 5), ("Zoë's", 2)])
def test_tokens(word: str, count: int) -> None:
    assert syllables(word) == count

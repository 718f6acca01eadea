"""Words that cannot end a sentence, in the languages that archives bring most."""

from __future__ import annotations

WORDS = """
من إلى الى على في عن ثم أن إن ان التي الذي الذين اللذين اللتين لم لن لا قد كما أو او أم بل حتى حيث إذ إذا
عند عندما بعد قبل بين مع كان كانت يكون هو هي هذا هذه ذلك تلك كل بعض غير منذ خلال ضد نحو لدى دون وفق

از به در با که را تا بر برای این آن
کے کی کا میں سے اور پر

של את על אל כי אשר עם או כל זה זו אם גם

the a an of and or to in for with that which who by from at on as is was were are be been this these his her
their its le la les de des du et ou à au aux en dans pour par sur que qui un une der die das den dem des und
oder zu mit von im ein eine el los las y o por para con del al ad ex cum per ut non sed ac atque

ο η το οι τα του της των τον την και ή σε με για από που να στο στη στην στον
"""
FUNCTION_WORDS = frozenset(WORDS.split())

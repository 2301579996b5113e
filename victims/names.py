"""The room of how names are written: letters of every script in Latin ones, and forms of one given name.

Both lie in tables that the migrations fill, where the triggers that keep search keys read them.
"""

import unicodedata
from collections.abc import Iterator

from anyascii import anyascii

# Arabic writes no short vowels; its long ones are read so that `victims_sound` meets the usual Latin form.
# "W" is w where a word begins, else u.
ARABIC = {
    **dict.fromkeys("اأإآٱعىة", "a"),
    **dict.fromkeys("يئی", "i"),
    **dict.fromkeys("وؤ", "W"),
    "ء": "",
}
# Marks that join rather than part: O'Brien, d’Arc, Ol’ga, zero-width joiners.
JOINING = "'`’‘ʼʻʹ´\u200b\u200c\u200d\u2060\u00ad"
LAST = 0xFFFF  # beyond it lie scripts that nobody living writes a name in
# Scripts in which each sign is a syllable of the name.
SYLLABIC = ("CJK", "HANGUL")


def letters() -> Iterator[tuple[str, str]]:
    """Every letter, mark and digit beyond ASCII, with the small Latin letters that it is searched by."""
    yield from ((letter, "") for letter in JOINING)
    for code in range(128, LAST + 1):
        letter = chr(code)
        category = unicodedata.category(letter)
        if category[0] not in "LMN" or category == "Lm" or letter in JOINING:
            continue
        latin = "".join(c for c in anyascii(letter).lower() if c.isalnum() and c.isascii())
        latin = ARABIC.get(letter, latin)
        if latin and unicodedata.name(letter, "").startswith(SYLLABIC):
            latin = f" {latin}"
        if latin or category[0] == "M" or letter in ARABIC:
            yield letter, latin


# Given names that are one name, in Latin letters. The first is what the others are found under; a form may
# stand in several lines. Spelling that `victims_sound` hears alike needs no line.
_LINES = """
alexander aleksandr oleksandr alex sasha sander xander iskander skander
alexandra aleksandra oleksandra sasha
andrew andrei andrey andrii andrej andy
ann anne anna hanna annie ana
anthony antony antonio anton tony antoni
bartholomew bartek bart
benjamin ben benny
catherine katherine kathryn kate kathy katie ekaterina katerina kateryna katarzyna kasia katya katia
charles charlie chuck karol karl carlos
christopher chris krzysztof christo
daniel dan danny danil danylo
david dave davy dawid dawit davit daoud dawud
deborah debbie
dmitri dmitry dima dmytro dimitri
edward ed eddie ted teddy edvard
elizabeth elisabeth liz beth betty eliza lizzie elzbieta
emmanuel emanuel manuel manny
eugene evgeny yevgeny evgeni yevhen
eugenia evgenia yevgenia zhenya
fatima fatma fatimah fatoumata fatou
francis francisco frank franciszek
gabriel gabi gavriel jibril
gregory grigory grzegorz hryhoriy greg
helen elena yelena olena helena ilena lena
henry harry hank henryk
abraham ibrahim ebrahim avraham brahim
abdullah abdallah abdulla abdalla
abdulrahman abdurrahman abdelrahman abdrahman
ahmed ahmad ahmet ahmad
aisha ayesha aicha ayse aishah aixa
ali aliyu
hassan hasan
hussein husain husayn hossein hossain huseyin
isaac ishaq ishak yitzhak
ishmael ismail ismael esmail
jacob jakub yakub yaqub jake jakob iakov yakov james
james jim jimmy jamie
jan ian ivan ioan yan janek
jane jean joan joanna ioana
jesus isa issa eisa
john jon johnny johnnie jack juan joao giovanni yohannes yohanes yahya ivan jan
jonathan jon jonny
joseph joe joey jozef yusuf yousef youssef yusef yosef jose giuseppe iosif
julia yulia iulia yuliya
khalid khaled halid
laurence lawrence larry lorenzo
leo leon lev
luke luka lukas lucas lukasz
margaret maggie meg peggy malgorzata margarita rita
mark marcus marek markus
martha marta
mary maria maryam mariam miriam marie maryja mariya
matthew matt mateusz matvey
michael mike mick mikey michal mikhail mykhailo misha miguel mihai mikael
mohammed mohammad mohamed mohamad muhammad muhammed muhammet muhamed mahomet mehmet mohd mhmd mehemmed mamadou
moses musa moussa moshe
mustafa moustapha mustapha
natalia natalya nataliya natasha nataliia natali
nicholas nick nicky nikolai nikolay mykola nico nikola mikolaj
olga olha olya
omar umar omer oumar
patrick paddy pat patryk
paul pavel pavlo pawel pablo paulo
peter pete pyotr petro piotr pedro petr pierre
philip phil filip
rebecca becky rebeka
richard rick ricky dick rich
robert rob bob bobby robbie
samuel sam sammy
sarah sara sarai
sebastian seb
sergei sergey serhii serhiy
simon shimon szymon semyon simeon
solomon suleiman sulayman suleyman sulaiman soliman
sophia sofia sofiya sophie zofia
stanislav stan stanislaw stas
stephen steven steve stefan stepan szczepan esteban etienne
susan sue suzanne zuzanna susanna
tatiana tatyana tanya tetiana tania
theodore fyodor fedor teodor
thomas tom tommy tomasz tomas
vasily vasiliy vasyl basil wasyl
victor viktor vic wiktor
victoria viktoria vicky viktoriia wiktoria
vladimir volodymyr vova vlad wladimir
vladislav vladyslav vlad wladyslaw
william will bill billy willie liam guillermo
yuri yuriy yurii iurii george
george giorgos georgios georgi jerzy jorge giorgi gheorghe
zachary zack zakaria zakariya
"""


def forms() -> Iterator[tuple[str, str]]:
    """Each form of a given name with the name that it is found under."""
    for line in _LINES.split("\n"):
        first, *others = [*line.split(), ""]
        if first:
            yield from ((form, first) for form in sorted({first, *others} - {""}))

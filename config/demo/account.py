"""The account of an invented person, as the national form asks for it: enough of it to be sent."""

from random import Random
from typing import Any

from config.demo import words
from config.demo.plan import Person
from pages.answers import Answer
from victims.models import AgeBand

AGES = {AgeBand.CHILD: "yes", AgeBand.ADULT: "no", AgeBand.UNSURE: "not-sure"}
TOLD = {
    "reference": "Car wash, March",
    "user-email": "officer@northmoor.police.uk",
    "user-organisation": "Kent Police",
    "fr-location": "england",
    "birthplace": "A village by a river, two days from the coast",
    "family": "A mother and a younger brother at home",
    "education": "School until about fourteen",
    "employment-history": "Helped on a market stall",
    "potential-victim-exploitative-situation-multiple": "no",
    "when-did-the-exploitation-take-place": "From about last spring until the day we met",
    "how-did-the-exploitation-start": "“A friend of my cousin said there was work with a room.”",
    "were-they-taken-somewhere-by-their-exploiter": "yes",
    "were-they-taken-somewhere-by-their-exploiter-journey-details": "A van at night, then a lorry",
    "what-were-they-required-to-do": "Washed cars from seven until dark, six days a week",
    "living-conditions": "A caravan behind the yard, four people, no heating",
    "how-they-were-treated": "Shouted at, pushed once; the papers were kept in a safe",
    "still-in-exploitative-situation": "no",
    "how-why-did-they-leave-the-situation": "Walked out when the gate was left open",
    "when-last-contact": "within-the-last-month",
    "is-this-the-first-chance-to-report": "no",
    "why-report-now": "Was told that the police would send them home",
    "modern-slavery-indicators": "yes",
    "modern-slavery-indicators-details": "No pay, no papers, afraid of the manager",
    "where-how-interview-carried-out": "A quiet room, a water and a break, an interpreter by phone",
    "professional-insight": "What was told fits what was seen at the yard",
    "evidence-of-dishonesty": "no",
    "are-others-involved": "no",
    "where-exploitation-happened": "uk",
    "where-exploitation-happened-uk-city-1": "Unknown",
    "current-pv-location-uk-city": "Unknown",
    "current-pv-location-uk-region": "Unknown",
    "who-exploited-pv": "A man called the Boss, grey beard, drives a white van",
    "exploiters-location": "no",
    "types-of-exploitation-forced-to-work": "true",
    "types-of-exploitation-wages-taken": "true",
    "any-other-pvs": "not-sure",
    "future-exploitation-concerns": "yes",
    "future-exploitation-reasons": "They say that there is a debt",
    "reported-to-police": "no",
    "authorities-cooperation": "yes",
    "does-pv-have-children": "no",
    "pv-gender": "female",
    "pv-nationality": "Unknown",
    "pv-other-help-with-communication": "no",
    "pv-ho-reference": "no",
    "fr-details-role": "Investigator",
    "fr-details-phone": "01632 960001",
    "fr-alternative-contact": "desk@northmoor.police.uk",
}
OF_A_CHILD = {
    "local-authority-contacted-about-child-local-authority-name": "Kent County Council",
    "local-authority-contacted-about-child-local-authority-phone": "01632 960002",
    "local-authority-contacted-about-child-local-authority-email": "desk@children.example.org",
}
OF_AN_ADULT = {
    "pv-under-age-at-time-of-exploitation": "no",
    "does-pv-need-support": "yes",
    "pv-phone-number": "no",
    "no-contact-details": "Has no phone yet",
    "who-contact": "potential-victim",
    "pv-contact-details": "email",
    "pv-contact-details-email-input": "someone@example.org",
    "pv-contact-details-email-check": "true",
}


def account_of(who: Person, officer: str, rng: Random) -> dict[str, Any]:
    """The answers about this invented person, by this invented officer."""
    first, last = officer.rsplit(" ", 1)
    needs = who.interpreter == Answer.YES
    answers = TOLD | (OF_AN_ADULT if who.age_band == AgeBand.ADULT else OF_A_CHILD)
    answers |= {
        "pv-under-age": AGES[who.age_band],
        "pv-name-first-name": who.called or rng.choice(words.GIVEN),
        "pv-name-last-name": rng.choice(words.FAMILY),
        "pv-interpreter-requirements": "yes" if needs else "no",
        "fr-details-first-name": first,
        "fr-details-last-name": last,
    }
    return answers | ({"pv-interpreter-requirements-language": who.language} if needs else {})

"""The words of the invented force: names that nobody bears, places that nobody lives in."""

# Given names beside birds, plants and weather: together they are nobody.
# fmt: off
GIVEN = (
    "Abeo", "Adel", "Amara", "Anh", "Ardit", "Asmera", "Bao", "Besa", "Binta", "Cosmin",
    "Dalia", "Dardan", "Desta", "Drita", "Elira", "Farah", "Feven", "Gentian", "Hodan",
    "Ilinca", "Jory", "Kesete", "Kofi", "Lan", "Liri", "Luan", "Maha", "Milan", "Mirela",
    "Nadira", "Nour", "Oanh", "Petru", "Quyen", "Rezart", "Ruta", "Sabra", "Selam", "Senait",
    "Sorin", "Tamsin", "Thuy", "Tirana", "Ubah", "Vesa", "Wren", "Xuan", "Yonas", "Zahra",
    "Zora",
)
FAMILY = (
    "Ashwater", "Barnacre", "Brambling", "Chiffchaff", "Cloudberry", "Dunnock", "Elderflow",
    "Fieldfare", "Foxglove", "Goldcrest", "Greenshank", "Harebell", "Honeydew", "Kittiwake",
    "Larkspur", "Meadowpipit", "Mistlethrush", "Nightjar", "Nuthatch", "Ouzel", "Pipistrelle",
    "Quillwort", "Redstart", "Sandmartin", "Shearwater", "Silverweed", "Skylark", "Snowbunting",
    "Stonechat", "Tamarisk", "Thistledown", "Turnstone", "Waxwing", "Wheatear", "Whimbrel",
    "Willowherb", "Woodruff", "Yellowrattle",
)
OPERATIONS = (
    "Gannet", "Marram", "Pebble", "Tideline", "Bulrush", "Cinder", "Dovetail", "Eiderdown",
    "Fernbrake", "Gorse", "Hazel", "Inkwell", "Juniper", "Kelp", "Lantern", "Milestone",
    "Nettle", "Oakmoss", "Pumice", "Quince",
)
# fmt: on
SAME_PERSON = "The same name, language and place; they say that they know us."
SURELY_ONE = "The story is the same in both records, and they confirmed it."
# What is known for all cases of an operation: of what kind, and in which words.
SHARED = (
    ("vehicle", "White van, invented plate NM{n}0 ABC, brings them at six in the morning."),
    ("person", "Called the Captain by all of them. Counts the money on Fridays."),
    ("place", "A second address behind the old ropewalk: it was somebody else's."),
)
STREETS = (
    "Quillfeather Row",
    "Nonesuch Lane",
    "Old Ropewalk Yard",
    "Marrowbone Steps",
    "Tidewrack Close",
    "Upper Mothwing Street",
    "Candlewick Parade",
    "Saltpetre Wharf",
    "Thimble Court",
    "Gullwing Terrace",
)
KINDS_OF_PLACE = (
    "Car wash behind {street}, Northmoor",
    "Nail bar at {number} {street}, Northmoor",
    "Flat above the shop, {number} {street}, Northmoor",
    "House at {number} {street}, Northmoor",
    "Farm track past {street}, near Fellgate",
    "Custody suite, Harbour Road",
    "Bus station, {street}, Northmoor",
    "Restaurant kitchen, {number} {street}, Eastvale",
    "Hospital emergency department, {street}",
    "Care home, {number} {street}, Northmoor",
)
# Those whom every document and test knows.
KNOWN = ("Mai", "Rosa", "Tuan")
# A word of each language in its own script, borne as a name by nobody.
IN_SCRIPT = {
    "Vietnamese": "Chim Sâm Cầm",
    "Tigrinya": "ጸሓይ ብርሃን",
    "Sudanese Arabic": "زهرة البحر",
    "Kurdish (Sorani)": "گوڵی بەهار",
    "Pashto": "د بحر ګل",
    "Amharic": "የባህር ፀሐይ",
    "Mandarin": "海燕子",
}
AUTHORITIES = ("Northmoor City Council", "Fellgate Borough Council", "Eastvale County Council")
SOCIAL_WORKERS = (
    "Duty desk, Perrin Oakmoss",
    "Duty desk, Ottoline Bracken",
    "Duty desk, Jem Saltbeck",
)
# The long tail of languages among people not from here [domain 5.5].
LANGUAGES = {
    "Albanian": 17,
    "Vietnamese": 16,
    "Tigrinya": 14,
    "Sudanese Arabic": 9,
    "Somali": 9,
    "Romanian": 9,
    "Kurdish (Sorani)": 6,
    "Polish": 4,
    "Mandarin": 4,
    "Amharic": 4,
    "Hausa": 3,
    "Portuguese": 2,
    "Pashto": 2,
    "Tagalog": 1,
}
# By what happened to them [domain 5.5]: words as an officer typed them, and the signs that were ticked.
STORIES = {
    "criminal": (
        (
            "Found tending plants in a locked house. He may not go out.",
            ("brought", "lives_at_work"),
        ),
        (
            "Stopped with two phones. Older boys told her where to take the bag.",
            ("gone_missing", "owes_money"),
        ),
        (
            "Third time found far from home. Says he has a debt to work off.",
            ("gone_missing", "owes_money"),
        ),
        (
            "Strangers have taken over her flat. She sleeps in the kitchen.",
            ("afraid", "never_alone"),
        ),
        (
            "Taken to shops and told what to steal. Somebody waits outside for him.",
            ("brought", "never_alone"),
        ),
    ),
    "labour": (
        (
            "Works at the car wash every day. Has been paid twice since spring.",
            ("not_paid", "lives_at_work"),
        ),
        (
            "Says the agent keeps his passport until he has paid for the journey.",
            ("no_papers", "owes_money"),
        ),
        (
            "Six people sleep behind the kitchen. A van takes them to work.",
            ("lives_at_work", "brought"),
        ),
        (
            "Paid for a care visa, and is given no shifts. Afraid to complain.",
            ("owes_money", "afraid"),
        ),
        (
            "Brought to pick vegetables. The wages go to a card that he has never seen.",
            ("not_paid", "brought"),
        ),
    ),
    "sexual": (
        (
            "Asked the receptionist for help when he left the room.",
            ("afraid", "never_alone"),
        ),
        (
            "Moved between flats every few days. She does not choose who comes.",
            ("brought", "never_alone"),
        ),
    ),
    "domestic": (
        (
            "Looks after a family's children day and night. They have her papers.",
            ("no_papers", "not_paid"),
        ),
        (
            "Brought to marry a cousin and cooks and cleans for nine people. Has no key.",
            ("never_alone", "not_paid"),
        ),
    ),
    "several": (
        (
            "Cleans by day and is taken to other houses at night. Would not say what for.",
            ("brought", "afraid"),
        ),
        (
            "Made to open bank accounts, then to work at a warehouse for the same people.",
            ("owes_money", "no_papers"),
        ),
    ),
    "unknown": (
        (
            "Would not speak while the other man was near. Seemed frightened.",
            ("afraid", "same_words"),
        ),
    ),
}
SHARES = {"criminal": 35, "labour": 32, "sexual": 12, "domestic": 5, "several": 12, "unknown": 4}
SPOKE = (
    "Sleeping better. Asked when the interview is.",
    "Well, and has eaten. Wants to phone home first.",
    "Worried about their papers. Told them what happens next.",
    "Asked us to call only in the afternoon.",
    "Glad that somebody called. Nothing new to tell.",
    "Asked for the same interpreter as last time.",
)
TRIED = ("No answer. No message left.", "The phone was off. No message left.")
FINDINGS = (
    "Plan is sound. Keep the weekly call with the support worker.",
    "Contact is regular and safe. Chase the phone download.",
    "Support is in place. Next: ask about the interview again, no pressure.",
    "Read in full. Nothing is waiting for us but the Home Office.",
    "Good record of what was told. Do not ask about the journey again.",
)
TOLD = {
    "control": "Their papers were kept and somebody slept by the door.",
    "journey": "Came by lorry and two cars; the last part at night.",
    "work": "Every day from before light, no day off.",
    "money": "A debt that grew each month.",
    "family": "A sister at home who must not be told.",
}
QUESTION = "Is there anybody at the address who must not see our worker arrive?"
ANSWER = "Nobody now. Please ring first and use the code word in the safe contact rule."
WITNESSED = (
    "anybody but the older man in the house",
    "anybody from the car wash",
    "anybody who says that they are a cousin",
)

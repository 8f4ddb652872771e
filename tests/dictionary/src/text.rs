//! Invented sentences, in English and Welsh, as people write them into a record: notes, goals, plans, what gets in the
//! way, ideas. Nobody wrote them: they are put together by dice that fall the same for the same seed.

/// Sentences with gaps: a word in capitals stands for one of its list.
const ENGLISH: &[&str] = &[
    "Walked to the PLACE and back.",
    "Walked to the PLACE. It was WEATHER.",
    "WEATHER today, so I stayed at home and did it indoors.",
    "Did NUMBER minutes, then a rest. Felt FELT after.",
    "Did NUMBER minutes of EXERCISE after MEAL.",
    "Felt FELT this TIME. BODY hurt a bit.",
    "BODY was sore, so only did half.",
    "Too FELT today. Will try again tomorrow.",
    "Slept badly. Got up late and missed it.",
    "FRIEND came with me. Nice to have a chat.",
    "FRIEND rang, so I did it later in the TIME.",
    "Took my tablets with MEAL.",
    "Forgot my tablets this TIME, took them later.",
    "Sugar was high this TIME. Had a sandwich with too much bread.",
    "Blood pressure was a bit better than last week.",
    "Breathing was FELT on the stairs. Used the inhaler twice.",
    "Managed the stairs without stopping.",
    "Did the stretches from the sheet, NUMBER times each side.",
    "Cooked MEAL with vegetables. FRIEND liked it too.",
    "No biscuits after MEAL for NUMBER days now.",
    "Had a bad night, pain in my BODY.",
    "Rested most of the day because of the flare.",
    "At the hospital for a check. All fine.",
    "Went with the group at the PLACE. There were NUMBER of us.",
    "It is getting easier. I want to go a bit further next time.",
    "Not much energy, but I did it anyway.",
    "Quite pleased with that.",
    "Better than yesterday.",
    "Same as last week.",
    "The bus was late so I walked.",
    "I want to walk to the PLACE with FRIEND without stopping.",
    "I want to be able to play with the grandchildren in the PLACE.",
    "I want to sleep through the night again.",
    "I want to get back to EXERCISE once a week.",
    "I would like to cook MEAL for FRIEND every Sunday.",
    "To manage my BODY without so many tablets.",
    "To get out of the house every day, even when it is WEATHER.",
    "Walk NUMBER minutes",
    "Walk to the PLACE",
    "EXERCISE for NUMBER minutes",
    "after MEAL",
    "before MEAL, in the TIME",
    "round the PLACE",
    "at home, in the kitchen",
    "in the PLACE with FRIEND",
    "FRIEND will come along",
    "FRIEND will ring me in the TIME",
    "3 times a week",
    "every day",
    "on Mondays, Wednesdays and Fridays",
    "twice a week",
    "When it rains I do not want to go out.",
    "I am too FELT in the TIME.",
    "There is nobody to go with.",
    "I forget when the family is here.",
    "My BODY hurts when it is cold.",
    "It costs too much to get to the PLACE.",
    "Put the shoes by the door the evening before.",
    "Ask FRIEND to come along on Tuesdays.",
    "Set the alarm on my phone for the TIME.",
    "Do it in two halves, with a rest in between.",
    "Do it indoors when it is WEATHER.",
    "Start with NUMBER minutes and add one each week.",
    "Because I have done it before.",
    "Because FRIEND is helping me.",
    "I am not sure about the weekends.",
    "It is a bit much with my BODY.",
    "Went well: out three times a week and met FRIEND at the PLACE.",
    "Hard: the TIME, and when my BODY hurts. The weather was WEATHER.",
    "The new time works better. Would like to keep it as it is.",
    "We talked about the plan and kept it.",
    "Please ring in the TIME, not before ten.",
    "My family and the garden matter most to me.",
    "Speak slowly and look at me when you talk.",
];

const WELSH: &[&str] = &[
    "Cerddais i'r PLACE ac yn ôl.",
    "Cerddais i'r PLACE. Roedd hi'n WEATHER.",
    "Roedd hi'n WEATHER, felly arhosais gartref.",
    "Gwnes i NUMBER munud, wedyn gorffwys. Teimlo'n FELT wedyn.",
    "Gwnes i NUMBER munud o EXERCISE ar ôl MEAL.",
    "Teimlo'n FELT y TIME 'ma. BODY yn brifo tipyn.",
    "Roedd fy mhen-glin yn boenus, felly dim ond hanner.",
    "Rhy FELT heddiw. Rhof gynnig arall yfory.",
    "Cysgais yn wael. Codais yn hwyr.",
    "Daeth FRIEND gyda fi. Braf cael sgwrs.",
    "Ffoniodd FRIEND, felly gwnes i fe yn hwyrach.",
    "Cymerais fy nhabledi gyda MEAL.",
    "Anghofiais fy nhabledi y TIME 'ma.",
    "Roedd y siwgr yn uchel y TIME 'ma.",
    "Llwyddais i ddringo'r grisiau heb stopio.",
    "Coginiais MEAL gyda llysiau. Roedd FRIEND yn ei hoffi hefyd.",
    "Dim bisgedi ar ôl MEAL ers NUMBER diwrnod.",
    "Noson wael, poen yn fy BODY.",
    "Gorffwysais y rhan fwyaf o'r dydd.",
    "Yn yr ysbyty am archwiliad. Popeth yn iawn.",
    "Mae'n mynd yn haws. Hoffwn fynd ymhellach y tro nesaf.",
    "Dim llawer o egni, ond gwnes i fe beth bynnag.",
    "Gwell na ddoe.",
    "Yr un fath â'r wythnos diwethaf.",
    "Hoffwn gerdded i'r PLACE gyda FRIEND heb stopio.",
    "Hoffwn chwarae gyda'r wyrion yn y PLACE.",
    "Hoffwn gysgu drwy'r nos eto.",
    "Hoffwn goginio MEAL i FRIEND bob dydd Sul.",
    "Cerdded am NUMBER munud",
    "ar ôl MEAL",
    "cyn MEAL, yn y TIME",
    "gartref, yn y gegin",
    "yn y PLACE gyda FRIEND",
    "Bydd FRIEND yn dod gyda fi",
    "3 gwaith yr wythnos",
    "bob dydd",
    "ar ddydd Llun a dydd Gwener",
    "Pan mae hi'n bwrw glaw dydw i ddim eisiau mynd allan.",
    "Rydw i'n rhy FELT yn y TIME.",
    "Does neb i fynd gyda fi.",
    "Mae fy BODY yn brifo pan mae hi'n oer.",
    "Rhoi'r esgidiau wrth y drws y noson cynt.",
    "Gofyn i FRIEND ddod ar ddydd Mawrth.",
    "Gosod y larwm ar fy ffôn.",
    "Dechrau gyda NUMBER munud ac ychwanegu un bob wythnos.",
    "Achos fy mod wedi ei wneud o'r blaen.",
    "Aeth yn dda: allan dair gwaith yr wythnos gyda FRIEND.",
    "Anodd: y TIME, a phan mae fy BODY yn brifo.",
    "Siaradwch yn araf, os gwelwch yn dda.",
];

const GAPS: &[(&str, &[&str], &[&str])] = &[
    (
        "PLACE",
        &[
            "shop",
            "park",
            "library",
            "river",
            "bus stop",
            "church",
            "garden",
            "corner",
            "market",
            "bridge",
            "chapel",
            "hall",
            "surgery",
            "school",
            "allotment",
            "pool",
            "beach",
            "post office",
            "field",
            "town",
        ],
        &[
            "siop",
            "parc",
            "llyfrgell",
            "afon",
            "capel",
            "ardd",
            "farchnad",
            "bont",
            "neuadd",
            "feddygfa",
            "ysgol",
            "traeth",
            "pwll",
            "dref",
            "cae",
        ],
    ),
    (
        "WEATHER",
        &[
            "windy", "wet", "cold", "sunny", "raining", "icy", "warm", "dark", "lovely", "foggy",
        ],
        &[
            "wyntog", "wlyb", "oer", "heulog", "braf", "dywyll", "gynnes", "niwlog",
        ],
    ),
    (
        "NUMBER",
        &[
            "5", "10", "15", "20", "30", "ten", "two", "three", "a few", "45",
        ],
        &["5", "10", "15", "20", "30", "deg", "pum", "tri", "dau"],
    ),
    (
        "EXERCISE",
        &[
            "stretching",
            "swimming",
            "gardening",
            "cycling",
            "chair exercises",
            "dancing",
            "yoga",
            "bowls",
            "walking",
        ],
        &[
            "ymestyn", "nofio", "garddio", "seiclo", "dawnsio", "ioga", "gerdded",
        ],
    ),
    (
        "MEAL",
        &[
            "breakfast",
            "lunch",
            "tea",
            "dinner",
            "supper",
            "soup",
            "a cup of tea",
            "porridge",
        ],
        &["brecwast", "cinio", "te", "swper", "cawl", "paned", "uwd"],
    ),
    (
        "FELT",
        &[
            "tired",
            "good",
            "better",
            "stiff",
            "out of breath",
            "dizzy",
            "low",
            "fine",
            "shaky",
            "calm",
            "worn out",
            "a bit worse",
        ],
        &[
            "flinedig",
            "dda",
            "well",
            "stiff",
            "fyr o wynt",
            "benysgafn",
            "isel",
            "iawn",
            "dawel",
        ],
    ),
    (
        "TIME",
        &["morning", "afternoon", "evening", "night"],
        &["bore", "prynhawn", "nos", "dydd"],
    ),
    (
        "BODY",
        &[
            "knee", "back", "hip", "shoulder", "chest", "feet", "hands", "head", "legs", "diabetes",
        ],
        &[
            "cefn", "clun", "ysgwydd", "coes", "llaw", "troed", "pen-glin", "pen",
        ],
    ),
    (
        "FRIEND",
        &[
            "my daughter",
            "my son",
            "my sister",
            "the nurse",
            "Jean",
            "Tom",
            "my neighbour",
            "my wife",
            "my husband",
            "Sue",
            "Dai",
            "the dog",
            "Mari",
        ],
        &[
            "fy merch",
            "fy mab",
            "fy chwaer",
            "y nyrs",
            "Mair",
            "Dafydd",
            "fy ngŵr",
            "fy ngwraig",
            "Siân",
            "y ci",
            "cymydog",
        ],
    ),
];

/// Dice that fall the same for the same seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.roll() % end as u64) as usize
    }
}

/// One sentence with its gaps filled.
fn sentence(dice: &mut Dice, welsh: bool) -> String {
    let all = if welsh { WELSH } else { ENGLISH };
    let mut text = all[dice.below(all.len())].to_owned();
    for (gap, english, cymraeg) in GAPS {
        let list = if welsh { cymraeg } else { english };
        while let Some(at) = text.find(gap) {
            let mut word = list[dice.below(list.len())].to_owned();
            if at == 0 {
                word = word[..1].to_uppercase() + &word[1..];
            }
            text.replace_range(at..at + gap.len(), &word);
        }
    }
    text
}

/// Words of lists, as they stand among the sentences of a record.
const WORDS: &[&str] = &[
    "active",
    "on_hold",
    "achieved",
    "set_aside",
    "importance",
    "confidence",
    "agree",
    "smaller",
    "amount",
    "time",
    "often",
    "place",
    "pause",
    "resume",
    "stop",
    "flare",
    "unwell",
    "hospital",
    "away",
    "choose",
    "result",
    "worked",
    "partly",
    "did_not_work",
    "phone",
    "visit",
    "clinic",
    "text",
    "email",
    "keep",
    "change",
    "new_plan",
    "reached",
    "no_answer",
    "agreed",
    "talked_about",
    "information",
    "group",
    "course",
    "not_at_all",
    "a_bit",
    "fairly",
    "very",
    "person",
    "nurse",
    "carer",
    "staff",
];

/// What segments are trained on: one to three sentences, now and then with words of lists between them.
pub fn samples() -> Vec<Vec<u8>> {
    let mut dice = Dice(1);
    let sample = |dice: &mut Dice| {
        let welsh = dice.below(3) == 0;
        let mut text = String::new();
        for _ in 0..1 + dice.below(3) {
            text.push_str(&sentence(dice, welsh));
            match dice.below(4) {
                0 => text.push_str(WORDS[dice.below(WORDS.len())]),
                _ => text.push(' '),
            }
        }
        text.trim_end().as_bytes().to_vec()
    };
    (0..6000).map(|_| sample(&mut dice)).collect()
}

### Cairn: the words a person or staff member reads, in Welsh.
###
### This Welsh awaits a native reader: it was written from the English and nobody has checked it yet.
### Same order, keys and arguments as en.ftl. Numbers are digits, so the noun mutates as when read aloud (3 pheth).
### A "check-in" is a "sgwrs", "how sure" is "pa mor siŵr", a "rest" is "gorffwys".

### About me

about-empty = Does dim byd wedi'i ysgrifennu yma eto.
about-helped-by = Helpodd { $name } i ysgrifennu hyn.
about-section-how-to-communicate = Sut i gyfathrebu â mi
about-section-please-do = Gwnewch hyn, plîs
about-section-please-dont = Peidiwch â gwneud hyn, plîs
about-section-what-matters = Beth sy'n bwysig i mi
about-section-who-matters = Pwy sy'n bwysig i mi

### Access to a record

access-ended = Wedi dod i ben
access-open = Ar agor

### Agenda

agenda-question = Am beth hoffech chi siarad?
agenda-state-agreed = Byddwn ni'n siarad am hyn
agenda-state-open = Heb gytuno eto
agenda-state-talked-about = Rydyn ni wedi siarad am hyn
agenda-state-waited = Mae hyn yn aros tan y tro nesaf
agenda-topic-food = Bwyd
agenda-topic-health = Iechyd
agenda-topic-home = Cartref
agenda-topic-medicines = Moddion
agenda-topic-money = Arian
agenda-topic-mood = Hwyliau
agenda-topic-moving = Symud
agenda-topic-people = Pobl
agenda-topic-sleep = Cwsg
agenda-topic-something-else = Rhywbeth arall

### App: the phone app itself

app-no-record = Does dim cofnod ar y ffôn hwn eto.

### Asking (the conversation's questions)

ask-agreed = Mae eich cynllun wedi'i gytuno. Eich cynllun chi yw hwn, a gallwch ei newid.
ask-aside-why = Beth sy'n gwneud i chi ddweud na? Ysgrifennwch ef yn eich geiriau eich hun.
ask-band = { $low } i { $high }: { $words }
ask-band-one = { $low }: { $words }
ask-bit = Gyda pha ran ohono hoffech chi ddechrau?
ask-change-done = Dyna'r cyfan
ask-change-to = Sut hoffech chi iddo fod?
ask-change-what = Beth hoffech chi ei newid?
ask-check-in-on = Bydd eich sgwrs { $on }.
ask-check-in-saved = Diolch. Mae'r hyn a ddywedoch wedi'i gadw.
ask-choose-idea = Pa syniad fyddwch chi'n ei drio gyntaf?
ask-day = { $day }. { $when }.
ask-did-on = Sut aeth hi { $on }?
ask-did-today = Sut aeth hi heddiw?
ask-goal-kept = Mae eich nod wedi'i gadw. Gallwch wneud cynllun ar ei gyfer unrhyw ddiwrnod.
ask-idea-chosen = Byddwch chi'n trio hyn: { $idea }.
ask-idea-result = Roeddech chi'n trio'r syniad hwn. Sut aeth hi?
ask-keep-going = Mae eich cynllun yn mynd ymlaen fel y mae.
ask-logged-on = Wedi'i gadw. { $did }, { $day }.
ask-line-channel = Sut byddwn ni'n cysylltu
ask-line-suggested = Awgrym
ask-line-said = Sut rydych chi'n ei ddweud
ask-look-at = Gawn ni chwilio am syniadau i wneud hyn yn haws?
ask-looked-at = Mae'r hyn a ddywedoch wedi'i gadw. Mae eich cynllun yn mynd ymlaen, a'ch syniadau gydag ef.
ask-make-it-yours = Mae cam sy'n syniad i chi eich hun yn haws i'w gadw. Gallwch newid unrhyw ran ohono.
ask-matters = Beth sy'n bwysig i chi?
ask-matters-hint = Mae'n dod gyntaf ar eich cofnod. Ysgrifennwch gyn lleied neu gymaint ag yr hoffech.
ask-menu = Beth hoffech chi ei wneud?
ask-menu-carry-on = Cario ymlaen â: { $about }
ask-menu-check-in = Cael y sgwrs nawr: { $what }
ask-menu-did = Ysgrifennu sut aeth hi heddiw: { $what }
ask-menu-goal = Gosod nod newydd
ask-menu-more = Ychwanegu sut oedd yn teimlo heddiw, neu nodyn
ask-menu-other-day = Ychwanegu rhywbeth ar gyfer diwrnod arall
ask-menu-plan = Gwneud cynllun ar gyfer: { $goal }
ask-menu-progress = Gweld sut mae'n mynd
ask-menu-read = Darllen y cynllun cyfan: { $what }
ask-menu-stop = Stopio am heddiw
ask-moved-on = Cafodd hyn ei ateb yn rhywle arall yn y cyfamser. Mae'r ateb hwnnw wedi'i gadw. Dyma beth sy'n dod nesaf.
ask-name = Pa enw hoffech chi ei ddefnyddio?
ask-name-hint = Dyna sut bydd Cairn yn eich cyfarch. Mae'r hyn a ysgrifennwch yn aros ar y cyfrifiadur hwn, dan glo.
ask-needs-answer = Mae angen ychydig eiriau neu rif yma. Gallwch ei adael am y tro hefyd.
ask-not-a-choice = Nid yw hynny'n un o'r atebion yma. Does dim wedi mynd. Dewiswch un o'r rhestr.
ask-not-now = Mae hynny'n iawn. Mae'r hyn a ddywedoch wedi'i gadw, a gallwch gario ymlaen rywbryd eto.
ask-not-really = Nid mewn gwirionedd
ask-note = Hoffech chi ychwanegu nodyn?
ask-nothing-written = Dim wedi'i ysgrifennu
ask-offer-later = Mae hynny'n iawn. Bydd Cairn yn gofyn eto ymhen 7 diwrnod.
ask-often = Pa mor aml fyddwch chi'n ei wneud?
ask-often-1 = 3 gwaith yr wythnos
ask-often-2 = bob dydd Mawrth
ask-often-3 = unwaith erbyn dydd Gwener
ask-often-hint = Er enghraifft: { $example }.
ask-own-words = Ysgrifennwch ef yn eich geiriau eich hun.
ask-plan-now = Gawn ni wneud cynllun ar ei gyfer nawr?
ask-plan-now-hint = Cam bach yw'r cyfan sydd ei angen.
ask-plan-now-yes = Iawn, gwneud cynllun
ask-replace-why = Beth fydd yn wahanol y tro hwn, a pham?
ask-rest-now = Hoffech chi i'ch cynlluniau orffwys am ychydig?
ask-rest-until = Am ba hyd hoffech chi orffwys?
ask-rest-why = Pam mae angen gorffwys arnoch chi?
ask-reword = Hoffech chi ddweud eich nod mewn ffordd arall?
ask-reword-hint = Mae nod llai, neu un gwahanol, yn iawn. Mae eich geiriau cyntaf yn cael eu cadw hefyd.
ask-role = Pwy fydd yn defnyddio Cairn yma?
ask-role-person = Fi, ar gyfer fy iechyd fy hun
ask-role-staff = Fi, ac rydw i'n gweithio ym maes gofal
ask-role-staff-next = Yma rydych chi'n gosod eich nodau eich hun, yn yr un camau.
ask-smaller = Sut fyddech chi'n ei ddweud nawr?
ask-smaller-saved = Mae eich cam llai wedi'i gadw.
ask-started-again = Mae eich cynlluniau wedi dechrau eto.
ask-stop-why = Beth sy'n gwneud i chi fod eisiau stopio? Ysgrifennwch ef yn eich geiriau eich hun.
ask-stopped = Mae'r cynllun hwn wedi dod i ben. Chi biau popeth a wnaethoch gydag ef o hyd.
ask-support = Pwy fydd yn eich cefnogi gyda hyn?
ask-support-hint = Gall fod yn un person, yn grŵp, neu'n neb.
ask-title-change = Newid eich cynllun
ask-title-check-in = Eich sgwrs
ask-title-goal = Eich nod
ask-title-log = Ysgrifennu am ddiwrnod
ask-title-plan = Eich cynllun
ask-title-problem = Beth ddaeth yn y ffordd
ask-title-rest = Gorffwys
ask-title-welcome = Croeso i Cairn
ask-what = Beth yn union fyddwch chi'n ei wneud?
ask-what-hint = Gwnewch ef yn rhywbeth y gallwch eich gweld eich hun yn ei wneud. Er enghraifft: cerdded i'r fainc ac yn ôl.
ask-when = Pryd yn y dydd fyddwch chi'n ei wneud?
ask-when-hint = Er enghraifft: ar ôl brecwast.
ask-where = Ble fyddwch chi'n ei wneud?
ask-which-day = Pa ddiwrnod yw hwn?
ask-which-plan = Pa gynllun yw hwn?
ask-word-skip = neidio
ask-word-stop = stopio
ask-zone = Ym mha gylchfa amser ydych chi'n byw?
ask-zone-hint = Ein dyfaliad ni yw { $zone }. Gallwch ei adael, neu ysgrifennu dinas arall, fel Lisbon.
ask-zone-unknown = Dydyn ni ddim yn gwybod am gylchfa amser o'r enw hwnnw. Does dim wedi mynd. Ysgrifennwch ddinas fawr yn agos atoch, fel London.
### Attachments

attachment-kind-aac = Sain (AAC)
attachment-kind-heic = Llun (HEIC)
attachment-kind-jpeg = Llun (JPEG)
attachment-kind-m4a = Sain (M4A)
attachment-kind-ogg = Sain (Ogg)
attachment-kind-pdf = Dogfen (PDF)
attachment-kind-png = Llun (PNG)
attachment-kind-wav = Sain (WAV)
attachment-kind-webp = Llun (WebP)
attachment-not-here = Nid yw'r ffeil hon i gyd yma eto. Does dim wedi'i golli. Bydd yn dod pan fyddwch yn cysoni nesaf â rhywun sydd â hi.
attachment-not-kept = Ni allwn gadw'r math hwn o ffeil. Does dim wedi newid. Dewiswch lun, sain neu PDF.
attachment-place = Efallai fod y ffeil hon yn dweud ble cafodd ei gwneud. Ni allwn dynnu hynny o'r math hwn o ffeil.
attachment-too-large = Mae { $size } MB yn y ffeil hon, a 25 MB yw'r mwyaf. Does dim wedi newid. Dewiswch un lai, neu dewch â hi mewn 2 ran.

### Backup

backup-made = Mae popeth yn { $file }. Dim ond eich cod adfer sy'n ei agor. Cadwch ef ar wahân i'r ddyfais hon.
backup-no-code = Ni wnaed copi wrth gefn. Nid oes dim wedi'i golli. Gwnewch god adfer yn gyntaf, yna'r copi.
backup-no-file = Nid copi wrth gefn yw'r ffeil honno. Mae'n aros fel y mae. Dewiswch enw arall.
backup-not-one = Nid copi wrth gefn yw'r ffeil honno. Nid oes dim wedi newid. Dewiswch ffeil a wnaed gyda: cairn backup make.

### Barrier (on screen: what got in the way)

barrier-helped-before = Helpodd hyn chi o'r blaen:
barrier-over = Sut gallech chi ddod drosto?
barrier-question = Beth allai ddod yn y ffordd?
barrier-question-after = Beth ddaeth yn y ffordd?
barrier-state-let-go = Wedi gadael iddo fynd
barrier-state-open = Yn y ffordd o hyd
barrier-state-solved = Wedi'i ddatrys
barrier-state-trying = Yn trio syniad

### Because (why a prompt, a person or a meeting line is shown)

because-activation = Daw'r canlyniad ysgogiad diwethaf o { $day }. Mae'n bryd mesur eto.
because-annual-review = Does dim adolygiad blynyddol wedi bod ers { $day }.
because-barrier-open = Yn y ffordd o hyd: { $text }
because-below-7 = Pa mor siŵr: { $sure }. Mae 7 neu fwy yn helpu'r rhan fwyaf.
because-course = Chafodd cwrs hunanreoli ddim ei gynnig eto.
because-decision = I'w wneud erbyn { $day }: { $text }
because-due = Sgwrs ddilynol i'w chynnal heddiw. { $channel }.
because-edited = Newidiodd y cynllun ar ôl ei gytuno. Ydy e'n iawn o hyd?
because-fell = Pa mor siŵr oedd { $before }. Nawr mae'n { $now }.
because-missed-twice = Wnaeth y 2 dro diwethaf yn y cynllun ddim digwydd.
because-need = Angen: { $need }
because-new-goal = Nod newydd: { $text }
because-new-request = Hoffai siarad am: { $text }
because-no-goal = Does dim nod eto.
because-overdue = Nid yw sgwrs ddilynol { $day } wedi digwydd eto. { $channel }.
because-plan-ended = Daeth y cynllun i ben. Does dim cynllun wedi bod ers { $day }.
because-two-follow-ups = Cytunwyd 2 sgwrs ddilynol ar gyfer 1 cynllun. Pa un sy'n aros?
because-two-owners = Enwyd 2 berson i ofalu am y person hwn. Pa un ydyw?
because-two-plans = Daeth 2 gynllun yn lle 1 cynllun. Pa un sy'n aros?

### Channel

channel-clinic = Yn y clinig
channel-email = Drwy e-bost
channel-gp = Ym meddygfa'r meddyg teulu
channel-group = Yn y grŵp
channel-peer = Gyda chefnogwr cyfoed
channel-phone = Dros y ffôn
channel-text = Drwy neges destun
channel-visit = Ar ymweliad â'r cartref

### Check-in (in code: follow-up)

follow-up-date-limit = Dewiswch ddiwrnod hyd at { $day }. Mae hynny 14 diwrnod o heddiw.
follow-up-date-question = Pryd byddwn ni'n cael sgwrs eto?
follow-up-gone-by = Mae'r diwrnod hwnnw wedi mynd heibio. Nid oes dim wedi newid. Dewiswch heddiw neu ddiwrnod diweddarach.
follow-up-harder = Beth oedd yn anoddach?
follow-up-how-question = Sut byddwn ni'n cysylltu?
follow-up-in-days =
    { $days ->
        [0] Heddiw
        [one] Ymhen { $days } diwrnod
        [two] Ymhen { $days } ddiwrnod
       *[other] Ymhen { $days } diwrnod
    }
follow-up-next-question = Beth nesaf?
follow-up-no-channel = Dywedwch sut y bu i chi gysylltu: neges destun, ffôn, ymweliad neu ffordd arall. Nid oes dim wedi newid. Ychwanegwch sut, yna cadwch eto.
follow-up-no-day = Dywedwch i ba ddiwrnod y mae'r cysylltu yn symud. Nid oes dim wedi newid. Dewiswch heddiw neu ddiwrnod diweddarach.
follow-up-no-day-or-channel = Mae angen diwrnod a ffordd o gysylltu. Nid oes dim wedi newid. Dewiswch y ddau, yna cadwch eto.
follow-up-own = Mae eich sgwrs nesaf { $on }. { $how }.
follow-up-reach-moved = Wedi symud i ddiwrnod arall
follow-up-reach-no-answer = Dim ateb y tro hwn
follow-up-reach-reached = Fe gawson ni sgwrs
follow-up-soon-helps = Mae sgwrs yn fuan yn helpu'r rhan fwyaf o bobl.
follow-up-state-done = Wedi'i wneud
follow-up-state-due = I'w wneud heddiw
follow-up-state-no-longer-needed = Dim ei angen mwyach
follow-up-state-overdue = Yn hwyr
follow-up-state-waiting = Ar y ffordd
follow-up-well = Beth aeth yn hwylus?
# $on is "ddydd Gwener 27 Mawrth 2026".
follow-up-will-clinic = Bydd { $name } yn eich gweld yn y clinig { $on }.
follow-up-will-email = Bydd { $name } yn anfon e-bost atoch { $on }.
follow-up-will-gp = Bydd { $name } yn eich gweld yn y feddygfa { $on }.
follow-up-will-group = Bydd { $name } yn eich gweld yn y grŵp { $on }.
follow-up-will-peer = Bydd { $name }, cefnogwr cyfoed, yn cysylltu â chi { $on }.
follow-up-will-phone = Bydd { $name } yn eich ffonio { $on }.
follow-up-will-text = Bydd { $name } yn anfon neges destun atoch { $on }.
follow-up-will-visit = Bydd { $name } yn ymweld â chi { $on }.

### Dates and times

date-at = { $day } am { $time }
date-day = Dydd { $weekday } { $date }
date-near = { $near }, { $day }
date-on = { $weekday } { $date }
date-plain = { $day } { $month } { $year }
date-today = Heddiw
date-tomorrow = Yfory
date-yesterday = Ddoe
month-1 = Ionawr
month-2 = Chwefror
month-3 = Mawrth
month-4 = Ebrill
month-5 = Mai
month-6 = Mehefin
month-7 = Gorffennaf
month-8 = Awst
month-9 = Medi
month-10 = Hydref
month-11 = Tachwedd
month-12 = Rhagfyr
weekday-1 = Llun
weekday-2 = Mawrth
weekday-3 = Mercher
weekday-4 = Iau
weekday-5 = Gwener
weekday-6 = Sadwrn
weekday-7 = Sul
# As said of when something happens: "dydd" becomes "ddydd".
weekday-on-1 = ddydd Llun
weekday-on-2 = ddydd Mawrth
weekday-on-3 = ddydd Mercher
weekday-on-4 = ddydd Iau
weekday-on-5 = ddydd Gwener
weekday-on-6 = ddydd Sadwrn
weekday-on-7 = ddydd Sul

### Devices

device-code = Ar eich dyfais newydd, teipiwch hyn: cairn device join { $code }
device-code-until = Mae'r cod yn gweithio unwaith, tan { $at }.
device-in-use = Dyma'r ddyfais rydych yn ei defnyddio nawr. Nid oes dim wedi newid. Os yw ar goll, dywedwch hynny ar un arall o'ch dyfeisiau.
device-state-lost = Wedi'i thynnu allan
device-state-present = Yn cael ei defnyddio

### Disagreement (answers that do not match)
differ = Dydy { $count } ateb ddim yr un fath.
differ-about = Dydy { $count } ateb ddim yr un fath: { $about }

### Ending

ended-asked = Gofynnodd am gael stopio
ended-died = Wedi marw
ended-discharged = Mae'r gofal wedi gorffen
ended-moved = Wedi symud i ffwrdd

### Errors: what happened, what is safe, what to do

error-advice-not-asked = Rydyn ni'n gofyn cyn cynnig. Nid yw hyn wedi'i ysgrifennu eto, ac nid oes dim arall wedi newid. Gofynnwch a hoffen nhw ei glywed. Os ydyn nhw'n cytuno, ychwanegwch ef eto a dweud eich bod wedi gofyn.
error-already-agreed = Mae'r cynllun hwn wedi'i gytuno'n barod. Nid oes dim wedi newid. I'w newid, golygwch y cynllun hwn neu gwnewch un newydd.
error-ambiguous-id = Mae mwy nag un peth â chod sy'n dechrau fel yna. Nid oes dim wedi newid. Ysgrifennwch fwy o'r cod.
error-bad-date = Nid yw hynny'n ddiwrnod nac yn amser y gallwn ei ddefnyddio yma. Nid oes dim wedi newid. Ysgrifennwch ddiwrnod fel 2026-08-06, neu amser fel 09:40. Lle mae angen diwrnod sydd i ddod, dewiswch heddiw neu'n hwyrach.
error-confidence-below-7 = Mae eich cynllun wedi'i gadw, a heb ei gytuno eto. Mae pobl gan amlaf yn gwneud eu cynllun pan fyddan nhw'n dweud 7 neu fwy. Mae 4 ffordd ymlaen. Edrychwch ar beth allai ddod yn y ffordd. Gwnewch ef yn gam llai. Meddyliwch eto am y nod. Neu gwnewch ef beth bynnag, a dweud pam yn eich geiriau eich hun. Eich cynllun chi yw hwn. Chi sy'n dewis.
error-confidence-missing = Mae eich cynllun wedi'i gadw, a heb ei gytuno eto. Dywedwch pa mor siŵr ydych chi y gallwch ac y byddwch yn ei wneud. Defnyddiwch rif o 0 i 10, neu eiriau. Neu gwnewch ef beth bynnag, a dweud pam yn eich geiriau eich hun.
error-damaged = Ni allwn ddarllen rhan o'r cofnod hwn. Mae'r hyn y gallwn ei ddarllen yma o hyd. Peidiwch â dileu dim byd. Cysonwch â rhywun rydych chi'n rhannu â nhw, neu adferwch gopi wrth gefn.
error-date-in-future = Nid yw'r diwrnod neu'r amser hwnnw wedi dod eto. Nid oes dim wedi newid. Dewiswch heddiw neu ddiwrnod cynharach.
error-empty = Nid oes geiriau yma eto. Nid oes dim wedi newid. Ysgrifennwch ychydig o eiriau, yna cadwch eto.
error-follow-up-in-past = Mae'r diwrnod hwnnw wedi mynd heibio. Mae'r cynllun wedi'i gadw, a heb ei gytuno eto. Dewiswch ddiwrnod o heddiw hyd at 14 diwrnod o heddiw.
error-follow-up-missing = Mae angen diwrnod a ffordd o gysylltu ar bob cynllun. Mae hwn wedi'i gadw, a heb ei gytuno eto. Dewiswch ddiwrnod yn y 14 diwrnod nesaf. Yna dewiswch sut i gysylltu.
error-follow-up-too-late = Mae'r diwrnod hwnnw fwy na 14 diwrnod i ffwrdd. Mae'r cynllun wedi'i gadw, a heb ei gytuno eto. Mae sgwrs yn fuan yn helpu'r rhan fwyaf o bobl. Dewiswch ddiwrnod o heddiw hyd at 14 diwrnod o heddiw.
error-goal-not-taken-up = Awgrymodd rhywun y nod hwn. Mae wedi'i gadw, ac yn aros i'r person ei ddewis. Gofynnwch a yw'r person am ei ddewis. Yna gwnewch gynllun ar ei gyfer.
error-locked = Mae'r cofnod hwn wedi'i gloi, neu ar agor yn rhywle arall. Mae popeth ynddo yn ddiogel. Datglowch ef yma neu ei gau yno, yna triwch eto.
error-message-too-long =
    { $length ->
        [one] Mae { $length } nod yn y neges hon.
       *[other] Mae { $length } o nodau yn y neges hon.
    } Mae lle i 160 mewn neges destun. Nid oes dim wedi'i anfon na'i newid. Gwnewch hi'n fyrrach, yna cadwch eto.
error-not-allowed = Nid yw'r rhan hon wedi'i rhannu â chi, neu nid chi sydd i'w newid. Nid oes dim wedi newid. Gofynnwch i'r person a hoffai ei rhannu.
error-not-an-answer = Nid yw hynny'n un o'r dewisiadau yma. Mae pob ateb wedi'i gadw. Edrychwch ar y dewisiadau eto, yna dewiswch un.
error-often-not-understood = Doedden ni ddim yn gallu darllen pa mor aml. Nid oes dim wedi newid. Triwch eiriau fel “3 gwaith yr wythnos”, “bob dydd Mawrth” neu “unwaith erbyn dydd Gwener”.
error-out-of-range = Nid yw { $given } rhwng { $low } a { $high }. Nid oes dim wedi newid. Dewiswch rif o { $low } i { $high }.
error-scale-missing = Nid oes gan y nod hwn ei 5 brawddeg eto. Nid oes dim wedi newid. Ysgrifennwch sut olwg sydd ar lawer llai, llai, fel y disgwyl, gwell a llawer gwell. Yna rhowch sgôr.
error-storage = Doedden ni ddim yn gallu cadw na darllen hyn. Mae'r hyn a gadwoch o'r blaen yn ddiogel. Triwch eto. Os bydd yn digwydd eto, dangoswch y geiriau hyn i rywun sy'n eich helpu: { $reason }
error-storage-full = Mae'r ffôn neu'r cyfrifiadur hwn yn llawn. Mae'r hyn a gadwoch o'r blaen yn ddiogel. Gwnewch le, yna cadwch eto.
error-tampered = Mae'r pethau diweddaraf a gadwyd yma wedi mynd. Mae'r hyn a gadwoch cyn hynny yn ddiogel. Peidiwch â dileu dim byd. Cysonwch â rhywun rydych chi'n rhannu â nhw, neu adferwch gopi wrth gefn.
error-too-long = Mae hynny'n { $length } o nodau, a 100,000 yw'r mwyaf. Nid oes dim wedi newid. Gwnewch ef yn fyrrach, neu ei gadw mewn 2 ran.
error-unknown-id = Does dim byd yma â'r cod hwnnw. Nid oes dim wedi newid. Edrychwch ar y rhestr, yna copïwch y cod ohoni.
error-unreachable = Doedden ni ddim yn gallu cyrraedd yr ochr arall. Mae popeth yma o hyd. Bydd yn cael ei anfon yn nes ymlaen.
error-usage = Doedden ni ddim yn gallu darllen y rhan hon: { $what }. Nid oes dim wedi newid. Edrychwch ar y cymorth, yna triwch eto.
error-wrong-key = Nid yw'r allwedd hon yn agor y cofnod hwn. Nid oes dim wedi'i ddileu. Triwch eich allwedd eich hun eto, neu defnyddiwch eich cod adfer.

### Goal

goal-empty = Does dim wedi'i gynllunio heddiw. Ar beth hoffech chi weithio?
goal-how = Sut gallech chi fynd ati?
goal-importance-question = Pa mor bwysig yw hyn i chi?
goal-question = Ar beth hoffech chi weithio?
goal-state-achieved = Wedi'i gyrraedd
goal-state-active = Yn gweithio arno
goal-state-on-hold = Yn aros am nawr
goal-state-proposed = Wedi'i awgrymu
goal-state-set-aside = Wedi'i roi o'r neilltu
goal-suggested = Awgrymodd { $name } hyn. Hoffech chi ei ddewis?
goal-sure-question = Pa mor siŵr ydych chi y gallwch ei wneud?

### Handover

handover-state-accepted = Wedi'i dderbyn
handover-state-made = Yn aros am ateb
handover-state-refused = Heb ei dderbyn

### Idea

idea-aim = Mae 3 syniad neu fwy yn helpu.
idea-count =
    { $count ->
        [0] Dim syniadau eto. Mae 3 neu fwy yn helpu.
        [one] { $count } syniad. Mae 2 arall yn helpu.
        [2] { $count } syniad. Mae 1 arall yn helpu.
       *[other] { $count } syniad.
    }
idea-offer = Mae gan { $name } syniad. Hoffech chi ei glywed?
idea-offer-no = Dim diolch
idea-offer-yes = Hoffwn, plîs
idea-offered-by = Syniad { $name } yw hwn.
idea-question = Beth allai helpu? Ysgrifennwch bob syniad ar ei linell ei hun.
idea-state-chosen = Yn trio hwn
idea-state-did-not-work = Doedd hyn ddim yn help y tro hwn
idea-state-new = Heb ei drio eto
idea-state-partly = Helpodd ychydig
idea-state-worked = Helpodd

### Links: two devices that meet

link-asks = Mae { $name } yn gofyn am gael ymuno. Ar y ffôn, cymharwch y 6 gair hyn â'u geiriau nhw: { $words }. Os ydyn nhw yr un fath, teipiwch: cairn circle approve { $id }. Os nad ydyn nhw, teipiwch: cairn circle refuse { $id }.
link-carried-brought = Wedi'i gludo yma i chi gan y ddyfais hon: { $count }.
link-carried-kept = Parseli dan sêl a gludir i eraill: { $count }. Ni all y ddyfais hon eu hagor.
link-carried-left = Parseli dan sêl y mae'r ddyfais hon yn eu cludo i eraill: { $count }. Ni all eu hagor.
link-carried-made-room = Parseli hŷn a wnaeth le: { $count }. Nid oes dim wedi'i golli: mae'r cynnwys gan y sawl a'u gadawodd o hyd.
link-code = Dangoswch y cod hwn neu ei ddarllen yn uchel. Mae'n gadael un ddyfais i mewn, ac yn dod i ben ymhen 7 diwrnod.
link-device-joined = Mae eich dyfais arall i mewn nawr.
link-in-already = Rydych i mewn yn barod, felly nid oes angen y cod hwn arnoch. Nid oes dim wedi newid. Cysonwch i weld beth sy'n newydd.
link-invitation-over = Mae'r cod hwn wedi dod i ben, neu mae rhywun arall wedi'i ddefnyddio. Nid oes dim wedi newid. Gofynnwch am god newydd.
link-invitation-unknown = Nid y ddyfais a atebodd a wnaeth y cod hwn. Nid oes dim wedi newid. Edrychwch ar y cod a'r cyfeiriad, neu gofynnwch am god newydd.
link-joined = Mae { $name } i mewn nawr.
link-listening = Yn aros am y ddyfais arall yn { $address }. Pwyswch Ctrl-C i stopio.
link-not-known = Nid yw'r ddyfais a atebodd a'r ddyfais hon yn adnabod ei gilydd. Nid oes dim wedi'i anfon, ac mae popeth yma o hyd. Edrychwch ar y cyfeiriad, neu ymunwch â chod yn gyntaf.
link-not-let-in = Fe ddewison nhw beidio â gadael y ddyfais hon i mewn. Nid oes dim wedi newid, ac mae'r hyn a ysgrifennoch yma o hyd. Os ydych chi'n meddwl bod cymysgu wedi bod, siaradwch â nhw.
link-port-in-use = Mae rhywbeth arall ar y cyfrifiadur hwn yn defnyddio'r porth hwnnw. Nid oes dim wedi newid. Dewiswch rif arall, neu 0 am unrhyw un.
link-progress = Wedi'i drosglwyddo: { $given } o { $give }. Wedi'i dderbyn: { $taken } o { $take }. Gallwch stopio a chario ymlaen yn nes ymlaen.
link-stopped = Rydych chi wedi stopio hyn. Mae'r hyn sydd wedi'i drosglwyddo hyd yma wedi'i gadw. Cysonwch eto i fynd ymlaen.
link-synced = Wedi'i drosglwyddo: { $given }. Wedi'i dderbyn: { $taken }. Wedi'i gadw o'r neilltu am y tro: { $aside }.
link-turned-away = Daeth dyfais â chod sydd wedi dod i ben neu wedi'i ddefnyddio. Ni chafodd ei gadael i mewn.
link-waiting = Mae ceisiadau i ymuno â'r cofnod hwn. Edrychwch arnyn nhw gyda: cairn circle show.
link-waiting-other = Mae ceisiadau i ymuno â chofnod sydd yma. Edrychwch arnyn nhw gyda: cairn --person { $person } circle show.
link-waiting-team = Mae ceisiadau i ymuno â'ch tîm. Edrychwch arnyn nhw gyda: cairn team show.
link-waits = Mae eich cais ganddyn nhw nawr. Ar y ffôn, cymharwch y 6 gair hyn â'u geiriau nhw: { $words }. Pan fyddan nhw wedi'ch gadael i mewn, ymunwch eto â'r un cod.
link-words = Mae'r ddwy sgrin yn dangos y 6 gair hyn: { $words }. Os yw'r sgrin arall yn dangos rhai eraill, peidiwch â rhannu â nhw mwyach.

### Log

log-add-more = Ychwanegu mwy
log-amount-question = Faint wnaethoch chi?
log-change = Newid hyn
log-correct-kept = Mae'r hyn a ysgrifennoch chi o'r blaen yn cael ei gadw hefyd.
log-day = { $day }, { $written }
log-day-question = Pa ddiwrnod yw hwn?
log-did-could-not = Ddim yn gallu
log-did-did = Wedi'i wneud
log-did-part = Wedi gwneud rhan
log-did-rested = Wedi gorffwys
log-did-tried = Wedi trio
log-felt-question = Sut oedd yn teimlo?
log-help-now = Does neb yn darllen hyn ar unwaith. Os oes angen help arnoch nawr, ffoniwch 999 neu 111.
log-how-question = Sut aeth hi?
log-note-question = Eich nodyn
log-nothing-written = dim wedi ei ysgrifennu
log-offer-rest = Hoffech chi orffwys eich cynlluniau am ychydig?
log-plan-question = Pa gynllun yw hwn?
log-reason-away = I ffwrdd o gartref
log-reason-flare = Pwl o'r cyflwr
log-reason-hospital = Yn yr ysbyty
log-reason-other = Rhywbeth arall
log-reason-unwell = Roeddwn i'n sâl
log-save = Cadw
log-saved = Wedi'i gadw. { $did }, { $day } am { $time }.
log-saved-lock-screen = Wedi'i gadw o'r sgrin glo. { $did }, { $day } am { $time }.
log-saved-why = Wedi'i gadw. Beth ddaeth yn y ffordd?
log-skip = Neidio heibio

### Message (in code: message)

message-state-due = Yn barod i'w hanfon heddiw
message-state-may-not-have-gone = Efallai nad yw wedi mynd
message-state-not-needed = Dim ei hangen
message-state-sending = Yn mynd allan nawr
message-state-sent = Wedi'i hanfon
message-state-stopped = Wedi'i stopio
message-state-waiting = Yn aros am ei diwrnod

### Needs (accessible information)

need-audio = Geiriau ar lafar, nid print
need-bsl = Iaith Arwyddion Prydain (BSL)
need-carer-present = Angen i ofalwr fod yno
need-easy-read = Hawdd ei ddarllen
need-large-print-20 = Print mawr, 20 pwynt
need-large-print-24 = Print mawr, 24 pwynt
need-large-print-28 = Print mawr, 28 pwynt
need-no-texts = Dim negeseuon testun
need-text-only = Cysylltu drwy neges destun yn unig
need-text-relay = Ffonio drwy wasanaeth cyfnewid testun
need-via-carer = Cysylltu drwy ofalwr

### Next (after a check-in)

next-change = Newid rhywbeth
next-keep = Dal ati
next-new-goal = Dewis nod newydd
next-new-plan = Gwneud cynllun newydd
next-stop = Stopio am nawr

### Nouns: what a line is about

noun-about = Amdanaf i
noun-activation = Sgôr gweithredu
noun-agenda = I siarad amdano
noun-ambivalence = Dwy ochr newid
noun-attachment = Ffeil
noun-barrier = Beth sydd yn y ffordd
noun-barrier-act = Beth sydd yn y ffordd
noun-circle = Cofnod
noun-concern = Pryder
noun-decision = Penderfyniad
noun-ending = Diwedd y gofal
noun-entry = Ysgrifennwyd
noun-follow-up = Sgwrs
noun-goal = Nod
noun-handover = Trosglwyddo
noun-idea = Syniad
noun-meeting = Cyfarfod
noun-member = Aelod
noun-message = Neges
noun-need = Angen
noun-observation = Gwelwyd gan staff
noun-owner = Pwy sy'n gofalu amdanyn nhw
noun-plan = Cynllun
noun-plan-act = Cynllun
noun-prompt = I edrych arno
noun-rating = Pa mor siŵr, neu pa mor bwysig
noun-review = Beth ddaeth o'r sgwrs
noun-saw = Pwy edrychodd
noun-score = Sgôr
noun-support = Cymorth
noun-team = Tîm
noun-zone = Cylchfa amser

### Offer (2 planned times did not happen)

offer-fine = Mae fy nghynllun yn iawn
offer-look = Iawn, gadewch i ni edrych
offer-not-now = Nid nawr
offer-question = Wnaeth y 2 dro diwethaf yn y cynllun ddim digwydd. Gawn ni edrych ar beth ddaeth yn y ffordd?

### Page: what stands on every page

page-back = Yn ôl
page-help = Cymorth
page-opening = Yn agor

### Place: the bar of places

place-goals = Nodau
place-more = Mwy
place-today = Heddiw

### Plan

plan-agree = Cytuno ar y cynllun hwn
plan-agree-here = Dyma eich cynllun.
plan-anyway-question = Dywedwch yn eich geiriau chi pam rydych chi am ei wneud.
plan-anyway-saved = Chi biau eich cynllun. Gallwn gael sgwrs yn gynt os hoffech chi.
plan-day-state-done = Wedi'i wneud
plan-day-state-paused = Yn gorffwys
plan-day-state-rested = Wedi gorffwys
plan-day-state-to-do = I'w wneud
plan-gate-choose = Eich cynllun chi yw hwn. Chi sy'n dewis.
plan-gate-closed = Dywedoch chi { $sure }. Mae pobl gan amlaf yn gwneud eu cynllun pan fyddan nhw'n dweud 7 neu fwy.
plan-gate-own-idea = Ai eich syniad chi oedd y cam hwn?
plan-gate-question = Beth fyddai'n helpu?
plan-make-smaller = Beth allai fod yn llai?
plan-over = Mae'r cynllun hwn wedi dod i ben, neu cafodd ei dynnu'n ôl. Nid oes dim wedi newid. Gwnewch gynllun newydd ar gyfer nod rydych yn gweithio arno.
plan-smaller-amount = Faint
plan-smaller-often = Pa mor aml
plan-smaller-place = Ble
plan-smaller-time = Am ba hyd
plan-state-agreed = Wedi'i gytuno
plan-state-draft = Heb ei gytuno eto
plan-state-ended = Wedi dod i ben
plan-state-paused = Yn gorffwys
plan-still = Ai hwn yw eich cynllun o hyd?
plan-still-yes = Ie, hwn yw fy nghynllun
plan-sure-question = Pa mor siŵr ydych chi y gallwch ac y byddwch yn gwneud hyn?
plan-teach-back = Yn eich geiriau eich hun, beth ydych chi'n mynd i'w wneud?
plan-teach-back-staff = I mi wybod fy mod wedi egluro'n glir, allwch chi ddweud eich cynllun wrtha i?
plan-way-anyway = Rydw i am ei wneud beth bynnag
plan-way-barrier = Edrych ar beth allai ddod yn y ffordd
plan-way-goal-changed = Meddwl eto am y nod
plan-way-smaller = Ei wneud yn gam llai
plan-week = { $done } o { $wanted } wedi'u gwneud yr wythnos hon
plan-week-more = { $done } wedi'u gwneud yr wythnos hon, { $wanted } oedd y nod

### Practice

practice-name = Person ymarfer

### Print

print-title = { $name }: fy nghynlluniau

### Rating: the bands (0, 1 to 3, 4 to 6, 7 to 10)

felt-a-bit = anodd
felt-fairly = iawn
felt-not-at-all = anodd iawn
felt-very = aeth yn hwylus
importance-a-bit = ychydig yn bwysig
importance-fairly = eithaf pwysig
importance-not-at-all = ddim yn bwysig o gwbl
importance-very = pwysig iawn
sure-a-bit = ychydig yn siŵr
sure-fairly = eithaf siŵr
sure-not-at-all = ddim yn siŵr o gwbl
sure-very = siŵr iawn
rating-none = Heb roi rhif eto
rating-number = { $value } allan o 10
rating-sentence = { $value } allan o 10, { $words }

### Rating: the next questions

rating-next-down = Beth sy'n ei wneud yn { $value } ac nid yn { $below }?
rating-next-up = Beth fyddai'n ei godi i { $above }?
rating-next-importance-a-bit = Beth sy'n ei wneud ychydig yn bwysig?
rating-next-importance-a-bit-up = Beth fyddai'n ei wneud yn eithaf pwysig?
rating-next-importance-bottom = Beth fyddai'n gwneud hyn yn fwy pwysig i chi?
rating-next-importance-fairly = Beth sy'n ei wneud yn eithaf pwysig, ac nid ychydig yn unig?
rating-next-importance-fairly-up = Beth fyddai'n ei wneud yn bwysig iawn?
rating-next-importance-not-at-all = Beth fyddai'n gwneud hyn yn fwy pwysig i chi?
rating-next-importance-top = Beth sy'n gwneud hyn mor bwysig i chi?
rating-next-importance-very = Beth sy'n gwneud hyn mor bwysig i chi?
rating-next-sure-a-bit = Beth sy'n eich gwneud ychydig yn siŵr?
rating-next-sure-a-bit-up = Beth fyddai'n eich gwneud yn eithaf siŵr?
rating-next-sure-bottom = Beth fyddai'n eich helpu i deimlo ychydig yn fwy siŵr?
rating-next-sure-fairly = Beth sy'n eich gwneud yn eithaf siŵr, ac nid ychydig yn unig?
rating-next-sure-fairly-up = Beth fyddai'n eich gwneud yn siŵr iawn?
rating-next-sure-not-at-all = Beth fyddai'n eich helpu i deimlo ychydig yn fwy siŵr?
rating-next-sure-top = Beth sy'n eich helpu i deimlo mor siŵr?
rating-next-sure-very = Beth sy'n eich helpu i deimlo mor siŵr?

### Recovery

recovery-ask = Teipiwch eich cod adfer.
recovery-asks = Mae eich cais yno nawr. Does dim wedi'i golli. Rhaid i rywun sy'n rhannu eich cofnod gysoni â'r un ffolder neu gof bach. Yna defnyddiwch eich cod eto.
recovery-code = Eich cod adfer: { $code }
recovery-keep = Argraffwch ef, neu ysgrifennwch ef ar bapur. Dim ond unwaith y caiff ei ddangos.
recovery-next = Mae'r cod a ddefnyddiwyd wedi dod i ben. Mae hwn yn cymryd ei le.
recovery-tried = Mae'r cod yn gweithio. Mae'n agor popeth sydd yma.
recovery-try-it = Yna gwelwch a yw'n hawdd ei ddarllen. Teipiwch: cairn recovery try CODE
recovery-used = Mae hon bellach yn ddyfais i { $name }.
recovery-used-soon = Eich dyfais chi yw hon nawr. Daw'r hyn sydd wedi'i ysgrifennu ar ôl i'r lleill gysoni â'r ffolder neu'r cof bach hwnnw. Yna cysonwch ag ef eto.

### Reminder
reminder-time = { $name }, mae'n bryd gwneud eich cynllun.
reminder-time-you = Mae'n bryd gwneud eich cynllun.

### Rest (in code: pause)

rest-1-week = 1 wythnos, tan { $day }
rest-3-days = 3 diwrnod, tan { $day }
rest-all-plans = Fy holl gynlluniau
rest-need = Mae angen gorffwys arna i
rest-not-sure = Dydw i ddim yn siŵr eto
rest-nothing = Does dim cynllun i'w orffwys nawr.
rest-pick-day = Diwrnod arall
rest-saved = Mae eich cynllun yn gorffwys. Nid yw gorffwys yn tynnu dim oddi ar yr hyn rydych wedi'i wneud.
rest-start-again = Dechrau eto nawr
rest-takes-nothing = Nid yw gorffwys yn tynnu dim oddi ar yr hyn rydych wedi'i wneud.
rest-until = Yn gorffwys tan { $date }
rest-until-you-say = Yn gorffwys nes i chi ddechrau eto

### Roles, parts and members

history-saw = Edrychodd ar y rhan hon: { $part }
member-ended = Mae rhannu gyda nhw wedi dod i ben. Nid oes dim wedi newid. I rannu eto, gwahoddwch nhw gyda chod newydd.
member-no-such-part = Nid yw'r rhan honno'n cael ei rhannu yn y rôl honno. Nid oes dim wedi newid. Mae rhan y tîm ar gyfer nyrs neu'r tîm. Mae gweinyddwr yn cael y nodau a dim rhan arall.
member-no-team = Nid oes tîm ganddynt eto. Nid oes dim wedi newid. Gallant wneud un, yna cysoni gyda chi.
member-state-asks = Yn gofyn am gael ymuno
member-state-ended = Ddim yn rhannu mwyach
member-state-invited = Wedi'i wahodd
member-state-member = Yn rhannu
member-state-refused = Heb ei adael i mewn
member-their-own = Eu cofnod nhw yw hwn, felly maen nhw'n aros ynddo gyda'r cyfan. Nid oes dim wedi newid.
part-about = Amdana i
part-all = Popeth
part-goals = Nodau a chynlluniau
part-log = Yr hyn a ysgrifennais
part-team = Nodiadau'r tîm
role-admin = Gweinyddwr
role-carer = Gofalwr
role-nurse = Nyrs
role-person = Y person
role-proxy = Yn gweithredu dros y person
role-staff = Staff gofal
role-team = Aelod o'r tîm
sharing-ended = Daeth y rhannu â chi i ben ar y diwrnod y cytunwyd arno. Mae'r hyn oedd gennych yma i'w ddarllen o hyd. Nid oes dim wedi newid. Os yw'r dyddiad hwn yn anghywir, edrychwch ar gloc y ddyfais hon. Neu gofynnwch i'r person rannu eto.

### Sending

send-all = Mae popeth wedi'i anfon. Anfonwyd ddiwethaf heddiw am { $time }.
send-everything = Mae popeth wedi'i anfon.
send-waiting =
    { $count ->
        [one] Mae { $count } peth heb ei anfon eto. Mae'n ddiogel ar y ffôn hwn.
        [two] Mae { $count } beth heb eu hanfon eto. Maen nhw'n ddiogel ar y ffôn hwn.
        [few] Mae { $count } pheth heb eu hanfon eto. Maen nhw'n ddiogel ar y ffôn hwn.
        [many] Mae { $count } pheth heb eu hanfon eto. Maen nhw'n ddiogel ar y ffôn hwn.
       *[other] Mae { $count } o bethau heb eu hanfon eto. Maen nhw'n ddiogel ar y ffôn hwn.
    }
sent-never = Ar y ddyfais hon yn unig
send-not-yet =
    { $count ->
        [one] Ddim eto. Mae { $count } peth ar y ffôn hwn yn unig.
        [two] Ddim eto. Mae { $count } beth ar y ffôn hwn yn unig.
        [few] Ddim eto. Mae { $count } pheth ar y ffôn hwn yn unig.
        [many] Ddim eto. Mae { $count } pheth ar y ffôn hwn yn unig.
       *[other] Ddim eto. Mae { $count } o bethau ar y ffôn hwn yn unig.
    }
send-part-way = { $done } o { $all } newid wedi'u pasio ymlaen. Gallwch stopio a chario ymlaen wedyn.
send-safe = Ydy. Mae'n ddiogel rhoi'r ffôn hwn yn ôl.
sent-waiting = Yn aros i gael ei anfon
sent-yes = Wedi'i anfon

### Silff: y ffolder neu'r cof bach lle mae parseli'n mynd

shelf-fault = Doedden ni ddim yn gallu darllen nac ysgrifennu i'r ffolder neu'r cof bach hwnnw. Mae popeth yma o hyd. Edrychwch a yw wedi'i gysylltu ac a oes modd ysgrifennu ato, yna cysonwch eto. Mae'r cyfrifiadur yn dweud: { $reason }
shelf-full = Mae'r ffolder neu'r cof bach yn llawn. Mae popeth yma o hyd. Gwnewch le arno neu cymerwch un arall, yna cysonwch eto.

### Support

support-kind-coach = Hyfforddwr iechyd
support-kind-community = Gwasanaeth cymunedol
support-kind-course = Cwrs
support-kind-group = Grŵp
support-kind-information = Gwybodaeth
support-kind-peer = Cefnogaeth gan gyfoedion
support-kind-tool = Teclyn
support-state-not-now = Nid nawr
support-state-offered = Wedi'i gynnig
support-state-taken-up = Wedi'i dderbyn
support-state-tried = Wedi'i drio

### Today
today-add-goal = Ychwanegu nod
today-carry-on = Ewch ymlaen â'r hyn roeddech chi'n ei ysgrifennu
today-check-in = Eich sgwrs nesaf
today-hello = Helo { $name }
today-hello-you = Helo
today-other-answers = Atebion eraill
today-other-day = Ychwanegu rhywbeth at ddiwrnod arall
today-read-plan = Darllen y cynllun cyfan

### Trouble

trouble-newer = Ysgrifennwyd gan Cairn mwy newydd. Mae wedi'i gadw.
trouble-pin =
    { $minutes ->
        [one] Nid yw'r PIN yn gywir. Triwch eto ymhen { $minutes } munud. Nid oes dim wedi'i ddileu.
        [two] Nid yw'r PIN yn gywir. Triwch eto ymhen { $minutes } funud. Nid oes dim wedi'i ddileu.
       *[other] Nid yw'r PIN yn gywir. Triwch eto ymhen { $minutes } munud. Nid oes dim wedi'i ddileu.
    }
trouble-rating = Edrychwch ar hyn: dewiswch rif neu air.

### Verify: what could not be read back

verify-attachment = ffeil wrth ochr y cofnod
verify-caseload = y rhestr o bobl
verify-file = y ffeil sy'n dal y cyfan
verify-record = yr hyn mae cofnod yn ei ddweud
verify-signature = yr hyn sy'n dangos pwy a'i hysgrifennodd
verify-tail = y pethau diweddaraf a gadwyd

### Command line: what each command does

help-about-set = Ysgrifennu rhan o "amdana i".
help-about-show = Dangos "amdana i".
help-activation-record = Cofnodi canlyniad ysgogiad claf.
help-agenda-add = Ychwanegu rhywbeth i siarad amdano.
help-agenda-agree = Cytuno beth sy'n dod gyntaf.
help-agenda-list = Dangos beth sydd i siarad amdano.
help-ambivalence = Ysgrifennu'r ddwy ochr: sut mae pethau, a newid.
help-attach = Rhoi llun, sain neu PDF gyda rhywbeth. Gyda --get, ei gadw fel ffeil eto.
help-backup-make = Gwneud un ffeil o bopeth sydd yma. Dim ond eich cod adfer sy'n ei hagor.
help-backup-restore = Dod â chopi wrth gefn yn ôl gyda'ch cod adfer.
help-barrier-add = Ysgrifennu beth sy'n dod yn ffordd cynllun.
help-barrier-let-go = Gollwng gafael ar yr hyn ddaeth yn y ffordd.
help-barrier-list = Dangos beth ddaeth yn y ffordd.
help-barrier-show = Dangos un peth ddaeth yn y ffordd.
help-barrier-withdraw = Tynnu'n ôl yr hyn ddaeth yn y ffordd.
help-caseload = Dangos pwy sydd angen sylw gyntaf.
help-circle-approve = Gadewch i mewn rywun a ofynnodd, pan fydd y 6 gair yr un fath ar y ddwy ochr.
help-circle-change = Rhannu rhannau eraill gyda rhywun, neu tan ddiwrnod arall.
help-circle-invite = Gwahodd rhywun i rannu'r cofnod hwn. Dywedwch pa ran.
help-circle-join = Ymuno â chofnod gyda'r cod a gawsoch.
help-circle-late = Dangos beth ysgrifennodd rhywun cyn gwybod bod y rhannu wedi dod i ben. Ei gynnwys.
help-circle-refuse = Peidio â gadael i mewn rywun a ofynnodd. Neu dynnu'n ôl god nad oes neb wedi'i ddefnyddio.
help-circle-remove = Peidio â rhannu gyda rhywun. Ni fyddant yn cael dim byd newydd.
help-circle-show = Dangos pwy sy'n rhannu'r cofnod hwn.
help-concern-add = Ysgrifennu pryder am risg.
help-decide = Ysgrifennu dewis a wnaed.
help-demo = Chwarae 6 wythnos person dychmygol, nyrs a gofalwr, ar 3 dyfais.
help-device-add = Dangos cod sy'n gadael dyfais arall o'ch eiddo i mewn.
help-device-join = Gwneud hon yn ddyfais arall i chi, gyda'r cod a gawsoch.
help-device-list = Dangos dyfeisiau'r proffil hwn.
help-device-lost = Tynnu allan ddyfais sydd ar goll. Ni fydd yn cael dim byd newydd.
help-disagreements = Dangos lle'r atebodd pobl yn wahanol.
help-draft-get = Dangos beth gafodd ei deipio heb ei orffen.
help-draft-put = Cadw beth gafodd ei deipio hyd yma.
help-drop = Ateb tra bo'r cofnod ar glo.
help-erase = Dileu popeth ar y ddyfais hon.
help-export = Tynnu'r cofnod allan.
help-figures = Dangos y 2 ffigur am sgyrsiau dilynol.
help-follow-up-add = Ychwanegu sgwrs ddilynol at gynllun.
help-follow-up-list = Dangos y sgyrsiau dilynol.
help-follow-up-record = Ysgrifennu sut aeth sgwrs ddilynol.
help-follow-up-show = Dangos un sgwrs ddilynol.
help-goal-achieve = Dweud bod nod wedi'i gyrraedd.
help-goal-add = Ychwanegu nod yn eich geiriau eich hun.
help-goal-clinical = Rhoi geiriad clinigol wrth ochr nod.
help-goal-hold = Gohirio nod am nawr.
help-goal-list = Dangos y nodau.
help-goal-rate = Dweud pa mor bwysig yw nod, neu pa mor siŵr ydych chi.
help-goal-resume = Mynd ymlaen â nod.
help-goal-reword = Dweud nod mewn geiriau eraill.
help-goal-scale = Ysgrifennu 5 brawddeg nod.
help-goal-score = Sgorio nod o -2 i 2.
help-goal-set-aside = Rhoi nod o'r neilltu.
help-goal-show = Dangos un nod.
help-goal-t-score = Dangos sgôr T nodau, i staff.
help-goal-take-up = Derbyn nod a awgrymwyd.
help-goal-withdraw = Tynnu nod yn ôl.
help-handover-accept = Derbyn trosglwyddiad.
help-handover-make = Trosglwyddo pobl i gydweithiwr.
help-handover-refuse = Dweud pam na allwch dderbyn trosglwyddiad.
help-history = Dangos pwy wnaeth beth.
help-idea-add = Ychwanegu syniad allai helpu.
help-idea-choose = Dewis syniad i'w drio.
help-idea-result = Dweud sut aeth trio syniad.
help-idea-withdraw = Tynnu syniad yn ôl.
help-import = Dod â'r hyn a dynnwyd allan yn ôl i mewn.
help-init = Gwneud proffil newydd.
help-log = Ysgrifennu sut aeth amser yn y cynllun.
help-log-correct = Newid beth gafodd ei ysgrifennu.
help-log-list = Dangos beth gafodd ei ysgrifennu.
help-log-withdraw = Tynnu'n ôl beth gafodd ei ysgrifennu.
help-meeting = Dangos llinellau cyfarfod yr wythnos.
help-meeting-decide = Ysgrifennu beth gafodd ei benderfynu.
help-messages-list = Dangos y negeseuon sy'n mynd allan.
help-messages-stop = Stopio neges.
help-need-add = Ychwanegu beth sydd ei angen i ddarllen neu siarad.
help-need-list = Dangos beth sydd ei angen i ddarllen neu siarad.
help-observe = Ysgrifennu arsylwad.
help-offer-fine = Dweud bod y cynllun yn iawn.
help-offer-later = Edrych ar hyn wedyn.
help-offline = Nid oes signal gan y ddyfais.
help-online = Mae signal gan y ddyfais eto.
help-owner-set = Dweud pwy sy'n gofalu am berson.
help-people = Dangos y bobl sy'n cael gofal yma.
help-people-add = Ychwanegu person heb ffôn.
help-people-end = Dod â gofal i ben, neu ei ailddechrau.
help-people-same = Dweud bod 2 gofnod yn perthyn i 1 person.
help-plan-agree = Cytuno ar gynllun.
help-plan-edit = Newid cynllun.
help-plan-list = Dangos y cynlluniau.
help-plan-new = Gwneud cynllun ar gyfer nod.
help-plan-pause = Gorffwys cynllun.
help-plan-rate = Dweud pa mor siŵr ydych chi o gynllun.
help-plan-resume = Dechrau cynllun eto.
help-plan-show = Dangos un cynllun.
help-plan-smaller = Gwneud cynllun yn llai.
help-plan-stop = Stopio cynllun.
help-plan-teach-back = Dweud y cynllun yn eich geiriau eich hun.
help-plan-withdraw = Tynnu'n ôl gynllun heb ei gytuno.
help-practice-end = Gorffen ymarfer.
help-practice-start = Ymarfer gyda pherson dychmygol.
help-profile-list = Dangos y proffil yn y ffolder hon.
help-progress = Dangos sut mae'n mynd.
help-prompt-later = Gohirio nodyn atgoffa, a dweud pam.
help-prompts = Dangos beth i edrych arno gyda pherson.
help-record-show = Dangos y cofnod cyfan.
help-recovery-make = Gwneud cod adfer i'w gadw ar bapur.
help-recovery-try = Gweld a yw eich cod adfer yn gweithio. Nid oes dim yn newid.
help-recovery-use = Dod â'ch cofnod yn ôl gyda'ch cod adfer.
help-reminders = Dangos amserau'r 14 diwrnod nesaf.
help-replay = Chwarae taith o ffeil.
help-rest = Gorffwys pob cynllun.
help-restore = Dod â'r hyn a dynnwyd yn ôl i'r golwg eto.
help-search = Dod o hyd i eiriau yn y cofnod.
help-settle = Dewis un o'r atebion gwahanol.
help-status = Dangos beth sydd heb ei anfon eto.
help-support-add = Ysgrifennu cefnogaeth a gynigiwyd.
help-support-answer = Dweud beth ddaeth o'r gefnogaeth.
help-support-list = Dangos cefnogaeth a gynigiwyd.
help-sync = Cydamseru gyda dyfais arall, neu drwy ffolder neu gof bach. Gyda --text-only, bydd ffeiliau yn aros tan dro arall. Gyda --carry, mae dyfais staff yn cludo parseli dan sêl i eraill.
help-team-invite = Gwahoddwch rywun i'ch tîm. Mae ceidwad yn dweud pwy sydd ynddo.
help-team-leave = Dywedwch pwy sy'n cymryd drosodd, a thynnwch rywun o'r tîm.
help-team-make = Gwneud tîm.
help-team-remove = Tynnwch rywun o'r tîm, ble bynnag maen nhw i mewn drwyddo.
help-team-show = Dangos y tîm.
help-today = Dangos beth sydd yn y cynllun heddiw.
help-use = Dewis cofnod pwy i'w ddefnyddio o hyn ymlaen.
help-verify = Darllen popeth yn ôl a'i wirio.
help-visit-end = Gorffen yr ymweliad a rhestru beth gafodd ei gadw.
help-visit-give-back = Cymryd y ffôn yn ôl.
help-visit-hand-phone = Rhoi'r ffôn i'r person.
help-visit-start = Dechrau ymweliad, neu barhau ag un.
help-zone-set = Gosod y gylchfa amser.

### Command line: sentences

cli-drop-stays = Nid oedd modd ychwanegu ateb a roesoch tra oedd hwn ar glo. Mae wedi'i gadw. Nid yw'r cynllun hwnnw gennym yma, neu nid yw'n cymryd atebion nawr. Os yw'r cynllun ar ddyfais arall, cysonwch â hi. Caiff yr ateb ei ychwanegu wedyn.
cli-late-none = Nid oes dim yn aros i gael ei adael i mewn.
cli-erase-first = Nid oes dim wedi'i ddileu eto. Tynnwch y cofnod allan yn gyntaf, os hoffech chi: cairn export json --to FFEIL. Yna ychwanegwch --yes.
cli-erase-unread = Nid oes modd agor y cofnod hwn yma nawr. Felly ni allwn ddweud beth sydd ar y ddyfais hon yn unig.
cli-erased = Mae popeth ar y ddyfais hon wedi'i ddileu.
cli-erased-here = Cafodd y cofnod ar y ddyfais hon ei ddileu. Nid oes dim ohono yma bellach. Efallai fod gan eraill oedd yn ei rannu gopi o hyd. Cydamserwch unwaith gyda phob un, a bydd eu dyfeisiau nhw'n ei ddileu hefyd. Pan fydd pawb wedi cael gwybod, gall y cartref gwag hwn fynd: cairn erase --yes.
cli-erased-shared = Mae'r cofnod hwn wedi'i ddileu yma. Cadwch y ddyfais hon nes iddi gwrdd â'r lleill oedd yn ei rannu. Bydd eu dyfeisiau nhw yn ei ddileu bryd hynny. Efallai y bydd rhaid i glinig gadw ei gopi ei hun. Ni allwn gymryd yn ôl yr hyn a ysgrifennodd neu a argraffodd eraill.
cli-example = Er enghraifft:
cli-example-code = Mae { $code } yn sefyll am god. Mae rhestr yn dangos codau, fel: cairn goal list.
cli-how-one = I ddarllen mwy am un ohonyn nhw, gydag enghraifft: cairn goal add --help.
cli-how-talk = Neu teipiwch cairn yn unig. Yna bydd Cairn yn gofyn, un cwestiwn ar y tro.
cli-later = Nid yw hyn yn Cairn eto. Nid oes dim wedi newid. Bydd mewn fersiwn ddiweddarach.
cli-never-sent = Pethau oedd ar y ddyfais hon yn unig: { $count }.
cli-how = Teipiwch cairn, yna gorchymyn. Dyma beth allwch chi ei deipio.
cli-how-all = Mae'r rhain yn mynd gyda phob gorchymyn: --home FFOLDER, --json, --now AMSER, --lang en neu cy, --person COD, --for-person.
cli-init = Helo { $name }. Mae eich cofnod yn { $home }.
cli-init-key = Mae ei allwedd yn { $file }. Cadwch y ffeil honno'n ddiogel ac i chi'ch hun. Gall pwy bynnag sydd â hi ddarllen y cofnod.
cli-no = Na
cli-no-profile = Does dim cofnod yma eto. I wneud un, rhedwch: cairn init --name ENW --role person.
cli-not-shown = Nid oedd modd ysgrifennu'r ateb lle gofynnoch. Efallai nad oes lle yno. Mae'r hyn sydd wedi'i gadw yma yn ddiogel. Gwnewch le, neu darllenwch ef ar y sgrin.
cli-not-shown-code = Nid oedd modd ysgrifennu'r cod adfer newydd, felly nid yw'n cyfrif. Mae cod oedd gennych o'r blaen yn dal i weithio. Gwnewch le, neu darllenwch ef ar y sgrin, yna rhowch gynnig arall arni.
cli-not-shown-kept = Mae eich cofnod yma. Nid oedd modd ysgrifennu'r cod adfer nesaf, felly nid yw'n cyfrif. Mae'r un a ddefnyddioch yn dal i weithio. Gwnewch un arall nawr: cairn recovery make.
cli-not-shown-next = Mae eich cofnod yma. Nid oedd modd ysgrifennu'r cod adfer nesaf, ac mae'r un a ddefnyddioch wedi dod i ben. Gwnewch un arall nawr: cairn recovery make.
cli-not-text = Ni allwn ddarllen rhai o'r llythrennau a deipioch. Nid oes dim wedi newid. Gosodwch eich terfynell i UTF-8, yna teipiwch ef eto.
cli-nothing = Does dim byd yma eto.
cli-profile-there = Mae cofnod yn y ffolder hon yn barod. Nid oes dim wedi newid. Defnyddiwch ffolder arall gyda --home.
cli-saved = Wedi'i gadw.
cli-verify-broken = Does dim modd darllen rhan ohono yn ôl: { $what }. Peidiwch â dileu dim byd. Adferwch gopi wrth gefn.
cli-verify-ok = Darllenwyd popeth yn ôl ac mae'n gyfan. Cofnodion: { $records }. Pethau a ysgrifennwyd: { $entries }.
cli-yes = Ie
demo-end = Mae cofnod y stori hon yn { $home }. Mae ei allwedd yno hefyd. Edrychwch arno fel hyn:
demo-end-others = Mae gan lechen y nyrs a ffôn y gofalwr ffolderi eu hunain yno. Edrychwch ynddyn nhw fel hyn:
notice-device-out = Tynnwyd y ddyfais hon allan o'r cofnod. Gellir darllen yr hyn sydd yma o hyd. Mae'r hyn rydych yn ei ysgrifennu yma nawr yn aros ar y ddyfais hon. Nid oes neb arall yn ei gael. Ysgrifennwch ar ddyfais arall o'ch eiddo chi.
notice-not-checked = Allwn ni ddim dweud a oes rhywbeth wedi mynd. Mae'r hyn sydd yma yn gyfan.
notice-tail-lost = Mae'r pethau diweddaraf a gadwyd yma wedi mynd. Mae'r hyn a gadwyd cynt yn gyfan ac yn ddiogel.
notice-taken-out = Nid yw'r cofnod hwn yn cael ei rannu â chi bellach. Mae'r hyn oedd gennych yma i'w ddarllen o hyd. Mae'r hyn rydych yn ei ysgrifennu ynddo nawr yn aros ar y ddyfais hon. Nid oes neb arall yn ei gael. Gofynnwch i'r person a hoffai ei rannu eto.
notice-used-code = Defnyddiwyd y cod adfer ar ddyfais arall cyn hyn, felly ni adawyd y ddyfais hon i mewn. Gellir darllen yr hyn sydd yma o hyd. Nid yw'r hyn rydych yn ei ysgrifennu yma yng nghofnod neb arall. Mae'n aros yno nes i'r person ei adael i mewn gyda: cairn circle late.
replay-check = { $number }. { $when }, { $name }. Edrychwyd: { $what }
replay-ok = Aeth pob un o'r { $count } cam fel mae'r stori'n dweud.
replay-step = { $number }. { $when }, { $name }: { $what }
replay-step-other = Mae rhywbeth yn digwydd i'r ddyfais.
replay-step-sync = Mae'r dyfeisiau'n cydamseru.
replay-stopped = Nid aeth cam { $number } fel mae'r stori'n dweud: { $why }
status-aside-forked = Rhannau a gadwyd o'r neilltu, gan { $name }: { $count }. Nid ydynt yn cyd-fynd â'r hyn a ddaeth o'r blaen. Aeth y ddyfais honno yn ôl i ddiwrnod cynharach. Does dim wedi'i golli. Gofynnwch i { $name } ddod i mewn eto ar ddyfais newydd.
status-aside-refused = Rhannau a gadwyd o'r neilltu, gan { $name }: { $count }. Maent yn torri'r rheolau rhannu yma. Nid ydynt yn newid dim.
status-aside-waits = Rhannau a gadwyd o'r neilltu, gan { $name }: { $count }. Nid yw rhywbeth y mae arnynt ei angen wedi dod eto. Cydamserwch eto i'w gael.
status-carries = Parseli dan sêl a gludir i eraill: { $count }. Nid ydynt yn eich atal rhag rhoi'r ddyfais hon yn ôl: mae'r cynnwys gan y sawl a'u gadawodd o hyd.
status-do-backup-make = Gwnewch gopi wrth gefn, fel nad oes dim yma'n unig: cairn backup make FILE
status-do-join-again = Mae'r ddyfais hon allan. I fynd ymlaen gyda hi, gwnewch god ar ddyfais arall o'ch eiddo chi: cairn device add. Yna teipiwch yma: cairn --home NEWYDD device join COD --peer CYFEIRIAD
status-do-meet = Cydamserwch gyda rhywun sy'n rhannu hwn.
status-do-recovery-make = Gwnewch god adfer i'w gadw ar bapur: cairn recovery make
status-do-recovery-try = Gwelwch a yw eich cod adfer yn gweithio: cairn recovery try CODE
status-missing = Mae gan eraill rywbeth nad yw yma eto. Cydamserwch eto i'w gael.
status-never = Pethau ar y ddyfais hon yn unig: { $count }.
status-not-safe = Nid yw'n ddiogel rhoi'r ddyfais hon yn ôl eto.
status-somebody = rhywun
status-used-twice = Defnyddiwyd eich cod adfer ar ddwy ddyfais, ac mae'r ddwy i mewn. Edrychwch arnyn nhw gyda: cairn device list. Os nad chi sydd biau un, tynnwch hi allan gyda: cairn device lost ID
status-waiting = Pethau'n aros i gael eu hanfon: { $count }.

### Command line: words in the examples

sample-barrier = Mae'n bwrw glaw yn aml
sample-change = Byddwn i'n gweld mwy o bobl
sample-goal = Cerdded i'r siop ac yn ôl
sample-idea = Mynd ag ymbarél
sample-level-1 = Rydw i'n aros i mewn
sample-level-2 = Rydw i'n cyrraedd y giât
sample-level-3 = Rydw i'n cyrraedd y fainc
sample-level-4 = Rydw i'n cyrraedd y siop
sample-level-5 = Rydw i'n cerdded o gwmpas y parc
sample-matters = Gweld fy nheulu
sample-name = Mair Evans
sample-note = Eisteddais yn yr haul
sample-option-1 = Grŵp cerdded
sample-option-2 = Dosbarth gartref
sample-what = Cerdded i'r fainc ac yn ôl
sample-when = Ar ôl brecwast
sample-why = Hoffwn i gael cwmni
sample-word = mainc

### Command line: the conversation

talk-how-list = Ysgrifennwch 1, yna pwyswch Enter. Pan na fydd gennych fwy, pwyswch Enter yn unig.
talk-answer = Eich ateb:
talk-before = Dyma beth ysgrifennoch o'r blaen: { $text }
talk-carry-on = Gadewch i ni gario ymlaen o'r lle roeddech chi.
talk-chosen = { $words } (eich ateb nawr)
talk-for-person = Rydych chi'n ysgrifennu geiriau { $name } ei hun.
talk-hello = Helo { $name }.
talk-how-choice = Teipiwch rif, yna pwyswch Enter.
talk-how-date = Teipiwch rif, neu ddiwrnod fel 6 Awst, yna pwyswch Enter.
talk-how-number = Teipiwch rif o 0 i 10, yna pwyswch Enter.
talk-how-scale = Teipiwch rif o 0 i 10, neu'r geiriau, yna pwyswch Enter.
talk-how-skip = Mae Enter yn unig yn gadael hyn allan.
talk-how-text = Ysgrifennwch eich ateb, yna pwyswch Enter.
talk-leave = Teipiwch nid nawr i adael cwestiwn. Teipiwch stopio i orffen. Mae popeth a ddywedwch yn cael ei gadw.
talk-line-full = Mae'r llinell honno mor hir ag y gall y sgrin hon ei derbyn, felly gall ei diwedd fod ar goll. Darllenwch hi, ac ychwanegwch y gweddill ar linell arall.
talk-not-text = Doedden ni ddim yn gallu darllen y llinell honno. Does dim wedi mynd. Teipiwch hi eto.
talk-own-words = Yn eich geiriau chi: { $words }
talk-question = Cwestiwn { $number } o { $of }
talk-staff = Ar gyfer y bobl rydych chi'n gofalu amdanyn nhw, teipiwch: cairn --help.
talk-stopped = Mae popeth a ddywedoch wedi'i gadw. Teipiwch cairn i gario ymlaen o'r fan hon. Hwyl am y tro.
talk-welcome = Mae Cairn yn eich helpu i osod nod, gwneud cynllun bach, a gweld sut mae'n mynd.

### Command line: labels before a value

label-about = Am
label-access = Mynediad
label-added = Ychwanegwyd
label-agreed = Cynlluniau wedi'u cytuno
label-agreed-on = Cytunwyd ar
label-also = Yr un person
label-amount = Faint
label-answers = Atebion
label-anyway = Ei wneud beth bynnag, oherwydd
label-at = Amser
label-attachments = Ffeiliau
label-barriers = Beth sydd yn y ffordd
label-because = Oherwydd
label-bit = Pa ran o'r nod
label-born = Ganwyd
label-by = Gan
label-bytes = Maint mewn beitiau
label-challenging = Beth oedd yn anoddach
label-change = Beth fyddai newid yn ei gynnig
label-channel = Sut
label-choice = Dewis
label-chose = Dewiswyd
label-clinical-words = Geiriau clinigol
label-confidence = Pa mor siŵr
label-date = Diwrnod
label-dates = Dyddiadau nesaf
label-decisions = Penderfyniadau
label-did = Beth ddigwyddodd
label-due = Sgwrs ddilynol ar
label-ended = Daeth gofal i ben
label-felt = Sut oedd yn teimlo
label-field = Cwestiwn
label-file = Ffeil
label-follow-up-due = Sgwrs ddilynol nesaf
label-follow-ups = Sgyrsiau dilynol
label-from = O
label-gate = Yn barod i'w gytuno
label-goals = Nodau
label-handed = Yn nwylo'r person
label-helped-before = Beth helpodd o'r blaen
label-here = Ar y ddyfais hon
label-home = Ffolder
label-id = Cod
label-ideas = Syniadau
label-importance = Pa mor bwysig
label-kept = Yma'n barod
label-kind = Math
label-level = Lefel
label-levels = Y 5 brawddeg
label-listen = Aros am y ddyfais arall yn y cyfeiriad hwn
label-log = Ysgrifennwyd
label-mattered = Beth oedd yn bwysig
label-matters = Beth sy'n bwysig
label-members = Aelodau
label-requests = Yn gofyn am ymuno
label-message = Neges
label-name = Enw
label-need = Angen
label-needs = Anghenion
label-next = Beth nesaf
label-next-question = Cwestiwn nesaf
label-note = Nodyn
label-noun = Yn
label-often = Pa mor aml
label-on = Ar
label-options = Opsiynau
label-owner = Pwy sy'n gofalu amdanyn nhw
label-owner-name = Pwy sy'n gofalu amdanyn nhw
label-page = Tudalen
label-part = Yn cael ei rannu
label-peer = Ble mae'r ddyfais arall yn aros
label-people = Pobl
label-person = Person
label-place = Lle
label-plans = Cynlluniau
label-practice = Ar gyfer ymarfer
label-promises = Addewidion
label-prompts = I edrych arno
label-reach = Cysylltu
label-records = Cofnodion
label-review = Tan
label-role = Rôl
label-saved = Wedi'i gadw
label-score = Sgôr
label-section = Rhan o "amdana i"
label-sent = Anfon
label-since = Ers
label-six-words = Y 6 gair
label-size = Maint mewn beitiau
label-staff = Staff gofal
label-state = Sut mae pethau
label-support = Pwy fydd yn fy nghefnogi
label-teach-back = Yn eu geiriau eu hunain
label-text = Geiriau
label-this = Y ddyfais hon
label-to = At
label-topic = Pwnc
label-until = Tan
label-value = Ateb
label-version = Fersiwn
label-waiting = Yn aros i'w anfon
label-week = Wythnos o { $day }
label-week-line = { $done } wedi'u gwneud, { $wanted } oedd y nod, { $tried } wedi'u trio, { $rested } wedi gorffwys
label-weeks-2-to-26 = Sgwrs yn wythnosau 2 i 26
label-well = Beth aeth yn hwylus
label-what = Beth
label-when = Pryd yn y dydd
label-where = Ble
label-who = Pwy
label-why = Pam
label-within-14-days = Sgwrs o fewn 14 diwrnod
label-words = Yn eich geiriau chi
label-zone = Cylchfa amser

### What does not fit how things stand

ending-none = Nid yw'r gofal wedi dod i ben yma, felly nid oes dim i'w ddadwneud. Nid oes dim wedi newid.
name-one-line = Un llinell o lythrennau yw enw. Nid oes dim wedi newid. Teipiwch ef eto ar un llinell.
team-none = Nid oes gennych dîm yma eto. Nid oes dim wedi newid. Gwnewch un yn gyntaf: cairn team make ENW. Neu ymunwch ag un gyda chod.
visit-another = Rydych yn ymweld â rhywun arall. Nid oes dim wedi newid. Gorffennwch yr ymweliad hwnnw yn gyntaf.
visit-handed-so = Mae'r ffôn yn y dwylo hynny yn barod. Nid oes dim wedi newid.
visit-none = Nid oes ymweliad ar y gweill. Nid oes dim wedi newid. Dechreuwch un yn gyntaf.

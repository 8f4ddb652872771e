### Cairn: the words a person or staff member reads, in English.
###
### Order: by noun, A to Z. Keys are `noun-what`; a code of the record keeps its name, with hyphens for underscores.
### Style: reading age 9 to 11, sentences up to 20 words, plain word first, active voice, numerals.
### On screen a follow-up is a "check-in", confidence "how sure", a barrier "what got in the way", a pause a "rest".
### `core/tests/words.rs` checks these rules; `core/src/words/lint/families.rs` lists the keys that code computes.

### About me

about-empty = Nothing is written here yet.
about-helped-by = { $name } helped to write this.
about-section-how-to-communicate = How to communicate with me
about-section-please-do = Please do
about-section-please-dont = Please don't
about-section-what-matters = What matters to me
about-section-who-matters = Who matters to me

### Access to a record

access-ended = Ended
access-open = Open

### Agenda

agenda-question = What would you like to talk about?
agenda-state-agreed = We will talk about this
agenda-state-open = Not agreed yet
agenda-state-talked-about = We talked about this
agenda-state-waited = This waits until next time
agenda-topic-food = Food
agenda-topic-health = Health
agenda-topic-home = Home
agenda-topic-medicines = Medicines
agenda-topic-money = Money
agenda-topic-mood = Mood
agenda-topic-moving = Moving
agenda-topic-people = People
agenda-topic-sleep = Sleep
agenda-topic-something-else = Something else

### App: the phone app itself

app-no-record = There is no record on this phone yet.

### Asking (the conversation's questions)

ask-agreed = Your plan is agreed. It is your plan, and you can change it.
ask-aside-why = What makes you say no? Write it in your own words.
ask-band = { $low } to { $high }: { $words }
ask-band-one = { $low }: { $words }
ask-bit = Which bit of it would you like to start with?
ask-change-done = That is all
ask-change-to = How would you like it to be?
ask-change-what = What would you like to change?
ask-check-in-on = Your check-in is { $on }.
ask-check-in-saved = Thank you. What you said is saved.
ask-choose-idea = Which idea will you try first?
ask-day = { $day }. { $when }.
ask-did-on = How did it go { $on }?
ask-did-today = How did it go today?
ask-goal-kept = Your goal is saved. You can make a plan for it on any day.
ask-idea-chosen = You will try this: { $idea }.
ask-idea-result = You were trying this idea. How did it go?
ask-keep-going = Your plan goes on as it is.
ask-logged-on = Saved. { $did }, { $day }.
ask-line-channel = How we check in
ask-line-suggested = Suggested
ask-line-said = How you say it
ask-look-at = Shall we look for ideas to make this easier?
ask-looked-at = What you said is saved. Your plan goes on, and your ideas stay with it.
ask-make-it-yours = A step that is your own idea is easier to keep up. You can change any part of it.
ask-matters = What matters to you?
ask-matters-hint = It stands first on your record. Write as little or as much as you like.
ask-menu = What would you like to do?
ask-menu-carry-on = Carry on with: { $about }
ask-menu-check-in = Do the check-in now: { $what }
ask-menu-did = Write down how it went today: { $what }
ask-menu-goal = Set a new goal
ask-menu-more = Add how it felt today, or a note
ask-menu-other-day = Add something for another day
ask-menu-plan = Make a plan for: { $goal }
ask-menu-progress = See how it is going
ask-menu-read = Read the whole plan: { $what }
ask-menu-stop = Stop for today
ask-moved-on = This was answered somewhere else meanwhile. That answer is kept. Here is what comes next.
ask-name = What name would you like to use?
ask-name-hint = It is how Cairn will greet you. What you write is kept on this computer, and locked.
ask-needs-answer = This one needs a few words or a number. You can also leave it for now.
ask-not-a-choice = That is not one of the answers here. Nothing is gone. Pick one from the list.
ask-not-now = That is fine. What you said is saved, and you can carry on another time.
ask-not-really = Not really
ask-note = Would you like to add a note?
ask-nothing-written = Nothing written
ask-offer-later = That is fine. Cairn will ask again in 7 days.
ask-often = How often will you do it?
ask-often-1 = 3 times a week
ask-often-2 = every Tuesday
ask-often-3 = once by Friday
ask-often-hint = For example: { $example }.
ask-own-words = Write it in your own words.
ask-plan-now = Shall we make a plan for it now?
ask-plan-now-hint = A small step is all it takes.
ask-plan-now-yes = Yes, make a plan
ask-replace-why = What will be different this time, and why?
ask-rest-now = Would you like your plans to rest for a while?
ask-rest-until = How long would you like to rest?
ask-rest-why = What do you need a rest for?
ask-reword = Would you like to say your goal in another way?
ask-reword-hint = A smaller goal, or a different one, is fine. Your first words are kept too.
ask-role = Who will use Cairn here?
ask-role-person = I will, for my own health
ask-role-staff = I will, and I work in care
ask-role-staff-next = Here you set goals of your own, in the same steps.
ask-smaller = How would you say it now?
ask-smaller-saved = Your smaller step is saved.
ask-started-again = Your plans have started again.
ask-stop-why = What makes you want to stop? Write it in your own words.
ask-stopped = This plan has ended. All you did with it stays yours.
ask-support = Who will support you with this?
ask-support-hint = It can be one person, a group, or nobody.
ask-title-change = Changing your plan
ask-title-check-in = Your check-in
ask-title-goal = Your goal
ask-title-log = Writing down a day
ask-title-plan = Your plan
ask-title-problem = What got in the way
ask-title-rest = A rest
ask-title-welcome = Welcome to Cairn
ask-what = What exactly will you do?
ask-what-hint = Make it something you can see yourself doing. For example: walk to the bench and back.
ask-when = When in the day will you do it?
ask-when-hint = For example: after breakfast.
ask-where = Where will you do it?
ask-which-day = Which day is it about?
ask-which-plan = Which plan is it about?
ask-word-skip = skip
ask-word-stop = stop
ask-zone = Which time zone do you live in?
ask-zone-hint = Our guess is { $zone }. You can leave it, or write another city, like Lisbon.
ask-zone-unknown = We do not know a time zone by that name. Nothing is gone. Write a big city near you, like London.
### Attachments

attachment-kind-aac = Sound (AAC)
attachment-kind-heic = Picture (HEIC)
attachment-kind-jpeg = Picture (JPEG)
attachment-kind-m4a = Sound (M4A)
attachment-kind-ogg = Sound (Ogg)
attachment-kind-pdf = Document (PDF)
attachment-kind-png = Picture (PNG)
attachment-kind-wav = Sound (WAV)
attachment-kind-webp = Picture (WebP)
attachment-not-here = Not all of this file is here yet. Nothing is lost. It comes when you next sync with someone who has it.
attachment-not-kept = We cannot keep this kind of file. Nothing has changed. Pick a picture, a sound or a PDF.
attachment-place = This file may say where it was made. We cannot take that out of this kind of file.
attachment-too-large = This file has { $size } MB, and 25 MB is the most. Nothing has changed. Pick a smaller one, or bring it in 2 parts.

### Backup

backup-made = Everything is in { $file }. Only your recovery code opens it. Keep it away from this device.
backup-no-code = No backup was made. Nothing is lost. Make a recovery code first, then make the backup.
backup-no-file = That file is not a backup. It stays as it is. Choose another name.
backup-not-one = That file is not a backup. Nothing has changed. Choose a file that was made with: cairn backup make.

### Barrier (on screen: what got in the way)

barrier-helped-before = This helped you before:
barrier-over = How might you get over it?
barrier-question = What might get in the way?
barrier-question-after = What got in the way?
barrier-state-let-go = Let go
barrier-state-open = Still in the way
barrier-state-solved = Sorted out
barrier-state-trying = Trying an idea

### Because (why a prompt, a person or a meeting line is shown)

because-activation = The last activation result is from { $day }. It is time to measure again.
because-annual-review = There has been no yearly review since { $day }.
because-barrier-open = Still in the way: { $text }
because-below-7 = How sure: { $sure }. 7 or more helps most people.
because-course = A self-management course was not offered yet.
because-decision = To do by { $day }: { $text }
because-due = Check-in due today. { $channel }.
because-edited = The plan changed after it was agreed. Is it still right?
because-fell = How sure was { $before }. It is now { $now }.
because-missed-twice = The last 2 planned times did not happen.
because-need = Needs: { $need }
because-new-goal = New goal: { $text }
because-new-request = Would like to talk about: { $text }
because-no-goal = There is no goal yet.
because-overdue = The check-in of { $day } has not happened yet. { $channel }.
because-plan-ended = The plan ended. There has been no plan since { $day }.
because-two-follow-ups = 2 check-ins were agreed for 1 plan. Which one stays?
because-two-owners = 2 people were named to look after this person. Which one is it?
because-two-plans = 2 plans took the place of 1 plan. Which one stays?

### Channel

channel-clinic = At the clinic
channel-email = By email
channel-gp = At the GP practice
channel-group = At the group
channel-peer = With a peer supporter
channel-phone = By phone
channel-text = By text message
channel-visit = At a home visit

### Check-in (in code: follow-up)

follow-up-date-limit = Pick a day up to { $day }. That is 14 days from today.
follow-up-date-question = When will we check in?
follow-up-gone-by = That day has gone by. Nothing has changed. Pick today or a later day.
follow-up-harder = What was harder?
follow-up-how-question = How will we check in?
follow-up-in-days =
    { $days ->
        [0] Today
        [one] In { $days } day
       *[other] In { $days } days
    }
follow-up-next-question = What next?
follow-up-no-channel = Say how you checked in: by text, by phone, at a visit or another way. Nothing has changed. Add how, then save again.
follow-up-no-day = Say which day the check-in moves to. Nothing has changed. Pick today or a later day.
follow-up-no-day-or-channel = A check-in needs a day and a way to check in. Nothing has changed. Pick both, then save again.
follow-up-own = Your check-in is { $on }. { $how }.
follow-up-reach-moved = Moved to another day
follow-up-reach-no-answer = No answer this time
follow-up-reach-reached = We talked
follow-up-soon-helps = A check-in soon helps most people.
follow-up-state-done = Done
follow-up-state-due = Due today
follow-up-state-no-longer-needed = No longer needed
follow-up-state-overdue = Late
follow-up-state-waiting = Coming up
follow-up-well = What went well?
# $on is "on Friday 27 March 2026".
follow-up-will-clinic = { $name } will see you at the clinic { $on }.
follow-up-will-email = { $name } will email you { $on }.
follow-up-will-gp = { $name } will see you at the GP practice { $on }.
follow-up-will-group = { $name } will see you at the group { $on }.
follow-up-will-peer = { $name }, a peer supporter, will check in { $on }.
follow-up-will-phone = { $name } will phone you { $on }.
follow-up-will-text = { $name } will text you { $on }.
follow-up-will-visit = { $name } will visit you { $on }.

### Dates and times

date-at = { $day } at { $time }
date-day = { $weekday } { $date }
date-near = { $near }, { $day }
date-on = on { $weekday } { $date }
date-plain = { $day } { $month } { $year }
date-today = Today
date-tomorrow = Tomorrow
date-yesterday = Yesterday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
# As said after "on".
weekday-on-1 = Monday
weekday-on-2 = Tuesday
weekday-on-3 = Wednesday
weekday-on-4 = Thursday
weekday-on-5 = Friday
weekday-on-6 = Saturday
weekday-on-7 = Sunday

### Devices

device-code = On your new device, type this: cairn device join { $code }
device-code-until = The code works once, until { $at }.
device-in-use = This is the device you are using now. Nothing has changed. If it is lost, say so on another of your devices.
device-state-lost = Taken out
device-state-present = In use

### Disagreement (answers that do not match)
differ = { $count } answers do not match.
differ-about = { $count } answers do not match: { $about }

### Ending

ended-asked = Asked to stop
ended-died = Died
ended-discharged = Care is finished
ended-moved = Moved away

### Errors: what happened, what is safe, what to do

error-advice-not-asked = We ask before we offer. This is not written down yet, and nothing else has changed. Ask if they would like to hear it. If they say yes, add it again and say that you asked.
error-already-agreed = This plan is already agreed. Nothing has changed. To change it, edit this plan or make a new one.
error-ambiguous-id = More than one thing has a code that begins like that. Nothing has changed. Write more of the code.
error-bad-date = That is not a day or time we can use here. Nothing has changed. Write a day like 2026-08-06, or a time like 09:40. Where a day to come is asked for, pick today or later.
error-confidence-below-7 = Your plan is saved, and not agreed yet. People most often do what they plan when they say 7 or more. There are 4 ways on. Look at what might get in the way. Make it a smaller step. Think again about the goal. Or do it anyway, and say why in your own words. It is your plan. You choose.
error-confidence-missing = Your plan is saved, and not agreed yet. Say how sure you are that you can and will do it. Use a number from 0 to 10, or words. Or do it anyway, and say why in your own words.
error-damaged = We cannot read part of this record. What we can read is still here. Please do not delete anything. Sync with someone you share with, or bring back a backup.
error-date-in-future = That day or time has not come yet. Nothing has changed. Pick today or an earlier day.
error-empty = There are no words here yet. Nothing has changed. Write a few words, then save again.
error-follow-up-in-past = That day has gone by. The plan is saved, and not agreed yet. Pick a day from today to 14 days from today.
error-follow-up-missing = A plan needs a day and a way to check in. This one is saved, and not agreed yet. Pick a day in the next 14 days. Then pick how to check in.
error-follow-up-too-late = That day is more than 14 days away. The plan is saved, and not agreed yet. A check-in soon helps most people. Pick a day from today to 14 days from today.
error-goal-not-taken-up = Someone suggested this goal. It is saved, and waits for the person to take it up. Ask if they want to take it up. Then make a plan for it.
error-locked = This record is locked, or it is open somewhere else. Everything in it is safe. Unlock it here or close it there, then try again.
error-message-too-long =
    { $length ->
        [one] This message has { $length } character.
       *[other] This message has { $length } characters.
    } A text message fits 160. Nothing was sent and nothing has changed. Make it shorter, then save again.
error-not-allowed = This part is not shared with you, or it is not yours to change. Nothing has changed. Ask the person if they would like to share it.
error-not-an-answer = That is not one of the choices here. Every answer is kept. Look at the choices again, then pick one.
error-often-not-understood = We could not read how often. Nothing has changed. Try words like “3 times a week”, “every Tuesday” or “once by Friday”.
error-out-of-range = { $given } is not from { $low } to { $high }. Nothing has changed. Pick a number from { $low } to { $high }.
error-scale-missing = This goal does not have its 5 sentences yet. Nothing has changed. Write what much less, less, as expected, better and much better look like. Then score it.
error-storage = We could not save or read this. What you saved before is safe. Try again. If it happens again, show these words to someone who helps you: { $reason }
error-storage-full = This phone or computer is full. What you saved before is safe. Make some space, then save again.
error-tampered = The newest things saved here are gone. What you saved before them is safe. Please do not delete anything. Sync with someone you share with, or bring back a backup.
error-too-long = That is { $length } characters, and 100,000 is the most. Nothing has changed. Make it shorter, or save it in 2 parts.
error-unknown-id = Nothing here has that code. Nothing has changed. Look at the list, then copy the code from it.
error-unreachable = We could not reach the other side. Everything is still here. It will be sent later.
error-usage = We could not read this part: { $what }. Nothing has changed. Look at the help, then try again.
error-wrong-key = This key does not open this record. Nothing is deleted. Try your own key again, or use your recovery code.

### Goal

goal-empty = Nothing is planned today. What would you like to work on?
goal-how = How might you go about it?
goal-importance-question = How important is this to you?
goal-question = What would you like to work on?
goal-state-achieved = Reached
goal-state-active = Working on it
goal-state-on-hold = On hold
goal-state-proposed = Suggested
goal-state-set-aside = Set aside
goal-suggested = { $name } suggested this. Do you want to take it up?
goal-sure-question = How sure are you that you can do it?

### Handover

handover-state-accepted = Accepted
handover-state-made = Waits for an answer
handover-state-refused = Not accepted

### Idea

idea-aim = 3 ideas or more helps.
idea-count =
    { $count ->
        [0] No ideas yet. 3 or more helps.
        [one] { $count } idea. 2 more helps.
        [2] { $count } ideas. 1 more helps.
       *[other] { $count } ideas.
    }
idea-offer = { $name } has an idea. Would you like to hear it?
idea-offer-no = No thank you
idea-offer-yes = Yes please
idea-offered-by = This idea is from { $name }.
idea-question = What could help? Write each idea on its own line.
idea-state-chosen = Trying this one
idea-state-did-not-work = It did not help this time
idea-state-new = Not tried yet
idea-state-partly = It helped a bit
idea-state-worked = It helped

### Links: two devices that meet

link-asks = { $name } asks to join. On the phone, compare these 6 words with theirs: { $words }. If they are the same, type: cairn circle approve { $id }. If not, type: cairn circle refuse { $id }.
link-carried-brought = Brought here by this device for you: { $count }.
link-carried-kept = Sealed parcels taken along for others: { $count }. This device cannot open them.
link-carried-left = Sealed parcels this device takes along for others: { $count }. It cannot open them.
link-carried-made-room = Older parcels that made room: { $count }. Nothing is lost: who left them still has what is in them.
link-code = Show or read out this code. It lets in one device, and ends in 7 days.
link-device-joined = Your other device is in now.
link-in-already = You are in already, so you do not need this code. Nothing has changed. Sync to see what is new.
link-invitation-over = This code has ended, or someone else has used it. Nothing has changed. Ask for a new code.
link-invitation-unknown = The device that answered did not make this code. Nothing has changed. Check the code and the address, or ask for a new code.
link-joined = { $name } is in now.
link-listening = Waiting for the other device at { $address }. Press Ctrl-C to stop.
link-not-known = The device that answered and this one do not know each other. Nothing was sent, and everything is still here. Check the address, or join with a code first.
link-not-let-in = They chose not to let this device in. Nothing has changed, and what you wrote is still here. If you think it is a mix-up, talk with them.
link-port-in-use = Something else on this computer uses that port. Nothing has changed. Choose another number, or 0 for any.
link-progress = Passed on: { $given } of { $give }. Received: { $taken } of { $take }. You can stop and carry on later.
link-stopped = You stopped this. What has passed so far is kept. Sync again to go on.
link-synced = Passed on: { $given }. Received: { $taken }. Kept aside for now: { $aside }.
link-turned-away = A device came with a code that has ended or was used. It was not let in.
link-waiting = There are requests to join this record. Look at them with: cairn circle show.
link-waiting-other = There are requests to join a record kept here. Look at them with: cairn --person { $person } circle show.
link-waiting-team = There are requests to join your team. Look at them with: cairn team show.
link-waits = They have your request now. On the phone, compare these 6 words with theirs: { $words }. When they have let you in, join again with the same code.
link-words = Both screens show these 6 words: { $words }. If the other screen shows others, stop sharing with them at once.

### Log

log-add-more = Add more
log-amount-question = How much did you do?
log-change = Change this
log-correct-kept = What you wrote before is kept too.
log-day = { $day }, { $written }
log-day-question = Which day is it about?
log-did-could-not = Could not
log-did-did = Did it
log-did-part = Did part
log-did-rested = Rested
log-did-tried = Tried
log-felt-question = How did it feel?
log-help-now = Nobody reads this at once. If you need help now, call 999 or 111.
log-how-question = How did it go?
log-note-question = Your note
log-nothing-written = nothing written
log-offer-rest = Would you like to rest your plans for a while?
log-plan-question = Which plan is it about?
log-reason-away = Away from home
log-reason-flare = A flare
log-reason-hospital = In hospital
log-reason-other = Something else
log-reason-unwell = I was unwell
log-save = Save
log-saved = Saved. { $did }, { $day } at { $time }.
log-saved-lock-screen = Saved from the lock screen. { $did }, { $day } at { $time }.
log-saved-why = Saved. What got in the way?
log-skip = Skip this

### Message (in code: message)

message-state-due = Ready to send today
message-state-may-not-have-gone = May not have gone
message-state-not-needed = Not needed
message-state-sending = Going out now
message-state-sent = Sent
message-state-stopped = Stopped
message-state-waiting = Waits for its day

### Needs (accessible information)

need-audio = Spoken words, not print
need-bsl = British Sign Language (BSL)
need-carer-present = Carer needs to be there
need-easy-read = Easy read
need-large-print-20 = Large print, 20 point
need-large-print-24 = Large print, 24 point
need-large-print-28 = Large print, 28 point
need-no-texts = No text messages
need-text-only = Contact by text only
need-text-relay = Phone through text relay
need-via-carer = Contact through a carer

### Next (after a check-in)

next-change = Change something
next-keep = Keep going
next-new-goal = Choose a new goal
next-new-plan = Make a new plan
next-stop = Stop for now

### Nouns: what a line is about

noun-about = About me
noun-activation = Activation score
noun-agenda = To talk about
noun-ambivalence = Two sides of a change
noun-attachment = File
noun-barrier = What is in the way
noun-barrier-act = What is in the way
noun-circle = Record
noun-concern = Concern
noun-decision = Decision
noun-ending = End of care
noun-entry = Written down
noun-follow-up = Check-in
noun-goal = Goal
noun-handover = Handover
noun-idea = Idea
noun-meeting = Meeting
noun-member = Member
noun-message = Message
noun-need = Need
noun-observation = Seen by staff
noun-owner = Who looks after them
noun-plan = Plan
noun-plan-act = Plan
noun-prompt = To look at
noun-rating = How sure, or how important
noun-review = What came of the check-in
noun-saw = Who looked
noun-score = Score
noun-support = Support
noun-team = Team
noun-zone = Time zone

### Offer (2 planned times did not happen)

offer-fine = My plan is fine
offer-look = Yes, let's look
offer-not-now = Not now
offer-question = The last 2 planned times did not happen. Shall we look at what got in the way?

### Page: what stands on every page

page-back = Back
page-help = Help
page-opening = Opening

### Place: the bar of places

place-goals = Goals
place-more = More
place-today = Today

### Plan

plan-agree = Agree this plan
plan-agree-here = Here is your plan.
plan-anyway-question = Tell us in your words why you want to do it.
plan-anyway-saved = Your plan is yours. We will check in sooner if you like.
plan-day-state-done = Done
plan-day-state-paused = Resting
plan-day-state-rested = Rested
plan-day-state-to-do = To do
plan-gate-choose = It is your plan. You choose.
plan-gate-closed = You said { $sure }. People most often do what they plan when they say 7 or more.
plan-gate-own-idea = Was this step your own idea?
plan-gate-question = What would help?
plan-make-smaller = What could be smaller?
plan-over = This plan has ended, or it was taken back. Nothing has changed. Make a new plan for a goal you are working on.
plan-smaller-amount = How much
plan-smaller-often = How often
plan-smaller-place = Where
plan-smaller-time = How long
plan-state-agreed = Agreed
plan-state-draft = Not agreed yet
plan-state-ended = Ended
plan-state-paused = Resting
plan-still = Is this still your plan?
plan-still-yes = Yes, this is my plan
plan-sure-question = How sure are you that you can and will do this?
plan-teach-back = In your own words, what are you going to do?
plan-teach-back-staff = So I know I explained it clearly, can you tell me your plan?
plan-way-anyway = I want to do it anyway
plan-way-barrier = Look at what might get in the way
plan-way-goal-changed = Think again about the goal
plan-way-smaller = Make it a smaller step
plan-week = { $done } of { $wanted } done this week
plan-week-more = { $done } done this week, { $wanted } wanted

### Practice

practice-name = Practice person

### Print

print-title = { $name }: my plans

### Rating: the bands (0, 1 to 3, 4 to 6, 7 to 10)

felt-a-bit = hard
felt-fairly = OK
felt-not-at-all = very hard
felt-very = went well
importance-a-bit = a bit important
importance-fairly = fairly important
importance-not-at-all = not at all important
importance-very = very important
sure-a-bit = a bit sure
sure-fairly = fairly sure
sure-not-at-all = not at all sure
sure-very = very sure
rating-none = Not rated yet
rating-number = { $value } out of 10
rating-sentence = { $value } out of 10, { $words }

### Rating: the next questions

rating-next-down = What makes it { $value } and not { $below }?
rating-next-up = What would take it to { $above }?
rating-next-importance-a-bit = What makes it a bit important?
rating-next-importance-a-bit-up = What would make it fairly important?
rating-next-importance-bottom = What would make this matter more to you?
rating-next-importance-fairly = What makes it fairly important, and not just a bit?
rating-next-importance-fairly-up = What would make it very important?
rating-next-importance-not-at-all = What would make this matter more to you?
rating-next-importance-top = What makes this matter so much to you?
rating-next-importance-very = What makes this matter so much to you?
rating-next-sure-a-bit = What makes you a bit sure?
rating-next-sure-a-bit-up = What would make you fairly sure?
rating-next-sure-bottom = What would help you feel a bit more sure?
rating-next-sure-fairly = What makes you fairly sure, and not just a bit?
rating-next-sure-fairly-up = What would make you very sure?
rating-next-sure-not-at-all = What would help you feel a bit more sure?
rating-next-sure-top = What helps you feel so sure?
rating-next-sure-very = What helps you feel so sure?

### Recovery

recovery-ask = Type your recovery code.
recovery-asks = Your request lies there now. Nothing is lost. Somebody who shares your record must sync with the same folder or stick. Then use your code again.
recovery-code = Your recovery code: { $code }
recovery-keep = Print it, or write it on paper. It is shown only this once.
recovery-next = The code you used has ended. This one takes its place.
recovery-tried = The code works. It opens everything that is here.
recovery-try-it = Then see if it reads well. Type: cairn recovery try CODE
recovery-used = This is now a device of { $name }.
recovery-used-soon = This is now your device. What is written comes after the others have synced with that folder or stick. Then sync with it again.

### Reminder
reminder-time = { $name }, it is time for your plan.
reminder-time-you = It is time for your plan.

### Rest (in code: pause)

rest-1-week = 1 week, until { $day }
rest-3-days = 3 days, until { $day }
rest-all-plans = All my plans
rest-need = I need a rest
rest-not-sure = I am not sure yet
rest-nothing = There is no plan to rest now.
rest-pick-day = Another day
rest-saved = Your plan is resting. Rest takes nothing away from what you have done.
rest-start-again = Start again now
rest-takes-nothing = Rest takes nothing away from what you have done.
rest-until = Resting until { $date }
rest-until-you-say = Resting until you start again

### Roles, parts and members

history-saw = Looked at this part: { $part }
member-ended = Sharing with them has ended. Nothing has changed. To share again, ask them in with a new code.
member-no-such-part = That part is not shared in that role. Nothing has changed. The part for the team is for a nurse or the team. An administrator gets the goals and no other part.
member-no-team = They have no team yet. Nothing has changed. They can make one, then sync with you.
member-state-asks = Asks to join
member-state-ended = No longer shared
member-state-invited = Invited
member-state-member = Shared
member-state-refused = Not let in
member-their-own = This record is theirs, so they stay in it with all of it. Nothing has changed.
part-about = About me
part-all = Everything
part-goals = Goals and plans
part-log = What I wrote down
part-team = Team notes
role-admin = Administrator
role-carer = Carer
role-nurse = Nurse
role-person = The person
role-proxy = Acts for the person
role-staff = Staff
role-team = Team member
sharing-ended = Sharing with you ended on the day that was agreed. What you had is still here to read. Nothing has changed. If this date is wrong, look at the clock of this device. Or ask the person to share again.

### Sending

send-all = Everything is sent. Last sent today at { $time }.
send-everything = Everything is sent.
send-waiting =
    { $count ->
        [one] { $count } thing is not sent yet. It is safe on this phone.
       *[other] { $count } things are not sent yet. They are safe on this phone.
    }
sent-never = Only on this device
send-not-yet =
    { $count ->
        [one] Not yet. { $count } thing is only on this phone.
       *[other] Not yet. { $count } things are only on this phone.
    }
send-part-way = { $done } of { $all } changes passed on. You can stop and carry on later.
send-safe = Yes. It is safe to hand in this phone.
sent-waiting = Waiting to be sent
sent-yes = Sent

### Shelf: the folder or stick that parcels go to

shelf-fault = We could not read or write that folder or stick. Everything is still here. Look if it is plugged in and may be written to, then sync again. The computer says: { $reason }
shelf-full = The folder or stick is full. Everything is still here. Make some space on it or take another one, then sync again.

### Support

support-kind-coach = Health coach
support-kind-community = Community service
support-kind-course = Course
support-kind-group = Group
support-kind-information = Information
support-kind-peer = Peer support
support-kind-tool = Tool
support-state-not-now = Not now
support-state-offered = Offered
support-state-taken-up = Taken up
support-state-tried = Tried

### Today
today-add-goal = Add a goal
today-carry-on = Carry on with what you were writing
today-check-in = Your check-in
today-hello = Hello { $name }
today-hello-you = Hello
today-other-answers = Other answers
today-other-day = Add something for another day
today-read-plan = Read the whole plan

### Trouble

trouble-newer = Written by a newer Cairn. It is kept.
trouble-pin =
    { $minutes ->
        [one] That PIN is not right. Try again in { $minutes } minute. Nothing is deleted.
       *[other] That PIN is not right. Try again in { $minutes } minutes. Nothing is deleted.
    }
trouble-rating = Check this: pick a number or a word.

### Verify: what could not be read back

verify-attachment = a file beside the record
verify-caseload = the list of people
verify-file = the file that holds it all
verify-record = what a record says
verify-signature = what shows who wrote it
verify-tail = the newest things saved

### Command line: what each command does

help-about-set = Write a part of about me.
help-about-show = Show about me.
help-activation-record = Record a patient activation result.
help-agenda-add = Add something to talk about.
help-agenda-agree = Agree what comes first.
help-agenda-list = Show what there is to talk about.
help-ambivalence = Write both sides: how it is, and a change.
help-attach = Put a picture, a sound or a PDF with something. With --get, save it as a file again.
help-backup-make = Make one file of everything here. Only your recovery code opens it.
help-backup-restore = Bring back a backup with your recovery code.
help-barrier-add = Write what gets in the way of a plan.
help-barrier-let-go = Let go of what got in the way.
help-barrier-list = Show what got in the way.
help-barrier-show = Show one thing that got in the way.
help-barrier-withdraw = Take back what got in the way.
help-caseload = Show who needs a look first.
help-circle-approve = Let in somebody who asked, when the 6 words are the same on both sides.
help-circle-change = Share other parts with somebody, or until another day.
help-circle-invite = Invite somebody to share this record. Say which part.
help-circle-join = Join a record with the code you were shown.
help-circle-late = Show what somebody wrote before they knew they were taken out. Let it in.
help-circle-refuse = Do not let in somebody who asked. Or take back a code that nobody has used.
help-circle-remove = Stop sharing with somebody. They get nothing new.
help-circle-show = Show who shares this record.
help-concern-add = Write down a concern about risk.
help-decide = Write down a choice that was made.
help-demo = Play 6 weeks of an invented person, a nurse and a carer, on 3 devices.
help-device-add = Show a code that lets in a further device of yours.
help-device-join = Make this a further device of yours, with the code you were shown.
help-device-list = Show the devices of this profile.
help-device-lost = Take out a device that is lost. It gets nothing new.
help-disagreements = Show what people answered apart.
help-draft-get = Show what was typed and not finished.
help-draft-put = Keep what was typed so far.
help-drop = Answer while the record is locked.
help-erase = Erase everything on this device.
help-export = Take the record out.
help-figures = Show the 2 check-in figures.
help-follow-up-add = Add a check-in to a plan.
help-follow-up-list = Show the check-ins.
help-follow-up-record = Write down how a check-in went.
help-follow-up-show = Show one check-in.
help-goal-achieve = Say that a goal is reached.
help-goal-add = Add a goal in your own words.
help-goal-clinical = Put a clinical wording beside a goal.
help-goal-hold = Put a goal on hold.
help-goal-list = Show the goals.
help-goal-rate = Say how important it is, or how sure you are.
help-goal-resume = Go on with a goal.
help-goal-reword = Say a goal in other words.
help-goal-scale = Write the 5 sentences of a goal.
help-goal-score = Score a goal from -2 to 2.
help-goal-set-aside = Set a goal aside.
help-goal-show = Show one goal.
help-goal-t-score = Show the T-score of goals, for staff.
help-goal-take-up = Take up a goal that was suggested.
help-goal-withdraw = Take back a goal.
help-handover-accept = Accept a handover.
help-handover-make = Hand people over to a colleague.
help-handover-refuse = Say why you cannot accept a handover.
help-history = Show who did what.
help-idea-add = Add an idea that could help.
help-idea-choose = Choose an idea to try.
help-idea-result = Say how trying an idea went.
help-idea-withdraw = Take back an idea.
help-import = Bring in what was taken out.
help-init = Make a new profile.
help-log = Write down how a planned time went.
help-log-correct = Change what was written down.
help-log-list = Show what was written down.
help-log-withdraw = Take back what was written down.
help-meeting = Show the lines of the week's meeting.
help-meeting-decide = Write down what was decided.
help-messages-list = Show the messages that go out.
help-messages-stop = Stop a message.
help-need-add = Add what is needed to read or talk.
help-need-list = Show what is needed to read or talk.
help-observe = Write down an observation.
help-offer-fine = Say that the plan is fine.
help-offer-later = Look at this later.
help-offline = The device has no signal.
help-online = The device has signal again.
help-owner-set = Say who looks after a person.
help-people = Show the people looked after here.
help-people-add = Add a person without a phone.
help-people-end = End care, or take it up again.
help-people-same = Say that 2 records are of 1 person.
help-plan-agree = Agree a plan.
help-plan-edit = Change a plan.
help-plan-list = Show the plans.
help-plan-new = Make a plan for a goal.
help-plan-pause = Rest a plan.
help-plan-rate = Say how sure you are of a plan.
help-plan-resume = Start a plan again.
help-plan-show = Show one plan.
help-plan-smaller = Make a plan smaller.
help-plan-stop = Stop a plan.
help-plan-teach-back = Say the plan in your own words.
help-plan-withdraw = Take back a plan that is not agreed.
help-practice-end = End practising.
help-practice-start = Practise with a made-up person.
help-profile-list = Show the profile in this folder.
help-progress = Show how it is going.
help-prompt-later = Put a prompt off, and say why.
help-prompts = Show what to look at with a person.
help-record-show = Show the whole record.
help-recovery-make = Make a recovery code to keep on paper.
help-recovery-try = See if your recovery code works. Nothing changes.
help-recovery-use = Bring your record back with your recovery code.
help-reminders = Show the planned times of the next 14 days.
help-replay = Play a journey from a file.
help-rest = Rest all plans.
help-restore = Bring back what was taken back.
help-search = Find words in the record.
help-settle = Choose one of the answers people gave apart.
help-status = Show what is not sent yet.
help-support-add = Write down support that was offered.
help-support-answer = Say what came of the support.
help-support-list = Show support that was offered.
help-sync = Sync with another device, or through a folder or stick. With --text-only, files wait for another time. With --carry, a staff device takes sealed parcels along for others.
help-team-invite = Invite somebody into your team. A keeper says who is in it.
help-team-leave = Say who takes over, and take somebody out of the team.
help-team-make = Make a team.
help-team-remove = Take somebody out of the team, wherever they are in by it.
help-team-show = Show the team.
help-today = Show what is planned today.
help-use = Choose whose record is meant from now on.
help-verify = Read everything back and check it.
help-visit-end = End the visit and list what was saved.
help-visit-give-back = Take the phone back.
help-visit-hand-phone = Hand the phone to the person.
help-visit-start = Start a visit, or carry on with one.
help-zone-set = Set the time zone.

### Command line: sentences

cli-drop-stays = An answer you gave while this was locked could not be added. It is kept. We do not have that plan here, or it takes no answers now. If another device has the plan, sync with it. The answer is added then.
cli-late-none = Nothing waits to be let in.
cli-erase-first = Nothing is erased yet. Take the record out first, if you like: cairn export json --to FILE. Then add --yes.
cli-erase-unread = This record cannot be opened here now. So we cannot tell what is only on this device.
cli-erased = Everything on this device is erased.
cli-erased-here = The record on this device was erased. Nothing of it is here any more. Others who shared it may still have it. Sync with each of them once, and their devices erase it too. When all know, this empty home can go: cairn erase --yes.
cli-erased-shared = This record is erased here. Keep this device until it has met the others who shared it. Their devices erase it then. A clinic may have to keep a copy of its own. What others wrote down or printed we cannot take back.
cli-example = For example:
cli-example-code = { $code } stands for a code. A list shows codes, as in: cairn goal list.
cli-how-one = To read more about one of them, with an example: cairn goal add --help.
cli-how-talk = Or type cairn alone. Then Cairn asks, one question at a time.
cli-later = This is not in Cairn yet. Nothing has changed. A later version will have it.
cli-never-sent = Things that were only on this device: { $count }.
cli-how = Type cairn, then a command. Here is what you can type.
cli-how-all = These go with every command: --home FOLDER, --json, --now TIME, --lang en or cy, --person CODE, --for-person.
cli-init = Hello { $name }. Your record is in { $home }.
cli-init-key = Its key is in { $file }. Keep that file safe and to yourself. Who has it can read the record.
cli-no = No
cli-no-profile = There is no record here yet. To make one, run: cairn init --name NAME --role person.
cli-not-shown = The answer could not be written where you sent it. There may be no room. What is saved here is safe. Make some room, or read it on the screen.
cli-not-shown-code = The new recovery code could not be written, so it does not count. A code you had before still works. Make some room, or read it on the screen, then try again.
cli-not-shown-kept = Your record is here. The next recovery code could not be written, so it does not count. The one you used still works. Make another one now: cairn recovery make.
cli-not-shown-next = Your record is here. The next recovery code could not be written, and the one you used has ended. Make another one now: cairn recovery make.
cli-not-text = We cannot read some of the letters you typed. Nothing has changed. Set your terminal to UTF-8, then type it again.
cli-nothing = There is nothing here yet.
cli-profile-there = There is a record in this folder already. Nothing has changed. Use another folder with --home.
cli-saved = Saved.
cli-verify-broken = Some of it cannot be read back: { $what }. Please do not delete anything. Bring back a backup.
cli-verify-ok = Everything was read back and is whole. Records: { $records }. Things written down: { $entries }.
cli-yes = Yes
demo-end = The record of this story is in { $home }. Its key is there too. Look into it like this:
demo-end-others = The nurse's tablet and the carer's phone have folders of their own there. Look into them like this:
notice-device-out = This device was taken out of the record. What is here can still be read. What you write here now stays on this device. Nobody else gets it. Write on another device of yours.
notice-not-checked = We cannot tell if anything is gone. What is here is whole.
notice-tail-lost = The newest things saved here are gone. What was saved before them is whole and safe.
notice-taken-out = This record is no longer shared with you. What you had is still here to read. What you write in it now stays on this device. Nobody else gets it. Ask the person if they want to share it again.
notice-used-code = The recovery code was used on another device before, so this device was not let in. What is here can still be read. What you write here is in nobody else's record. It waits there until the person lets it in with: cairn circle late.
replay-check = { $number }. { $when }, { $name }. Looked: { $what }
replay-ok = All { $count } steps went as the story says.
replay-step = { $number }. { $when }, { $name }. { $what }
replay-step-other = Something happens to the device.
replay-step-sync = The devices sync.
replay-stopped = Step { $number } did not go as the story says: { $why }
status-aside-forked = Parts kept aside, from { $name }: { $count }. They do not fit with what came before. That device went back to an earlier day. Nothing is lost. Ask { $name } to be let in again on a new device.
status-aside-refused = Parts kept aside, from { $name }: { $count }. They break the rules of sharing here. They change nothing.
status-aside-waits = Parts kept aside, from { $name }: { $count }. Something they need has not come yet. Sync again to get it.
status-carries = Sealed parcels carried for others: { $count }. They do not keep you from handing in this device: who left them still has what is in them.
status-do-backup-make = Make a backup, so that nothing is only here: cairn backup make FILE
status-do-join-again = This device is out. To go on with it, make a code on another device of yours: cairn device add. Then type here: cairn --home NEW device join CODE --peer ADDRESS
status-do-meet = Sync with somebody who shares this.
status-do-recovery-make = Make a recovery code to keep on paper: cairn recovery make
status-do-recovery-try = See if your recovery code works: cairn recovery try CODE
status-missing = Others have something that is not here yet. Sync again to get it.
status-never = Things only on this device: { $count }.
status-not-safe = It is not safe to hand in this device yet.
status-somebody = somebody
status-used-twice = Your recovery code was used on two devices, and both are in. Look at them with: cairn device list. If one is not yours, take it out with: cairn device lost ID
status-waiting = Things waiting to be sent: { $count }.

### Command line: words in the examples

sample-barrier = It rains a lot
sample-change = I would see more people
sample-goal = Walk to the shop and back
sample-idea = Take an umbrella
sample-level-1 = I stay in
sample-level-2 = I reach the gate
sample-level-3 = I reach the bench
sample-level-4 = I reach the shop
sample-level-5 = I walk round the park
sample-matters = Seeing my family
sample-name = Mary Evans
sample-note = I sat in the sun
sample-option-1 = A walking group
sample-option-2 = A class at home
sample-what = Walk to the bench and back
sample-when = After breakfast
sample-why = I would like company
sample-word = bench

### Command line: the conversation

talk-how-list = Write 1, then press Enter. When you have no more, press Enter alone.
talk-answer = Your answer:
talk-before = You wrote this before: { $text }
talk-carry-on = Let us carry on where you were.
talk-chosen = { $words } (your answer now)
talk-for-person = You are writing down { $name }'s own words.
talk-hello = Hello { $name }.
talk-how-choice = Type a number, then press Enter.
talk-how-date = Type a number, or a day like 6 August, then press Enter.
talk-how-number = Type a number from 0 to 10, then press Enter.
talk-how-scale = Type a number from 0 to 10, or the words, then press Enter.
talk-how-skip = Enter alone leaves this out.
talk-how-text = Write your answer, then press Enter.
talk-leave = Type not now to leave a question. Type stop to end. All you say is saved as you go.
talk-line-full = That line is as long as this screen can take, so its end may be cut off. Read it through, and add the rest on another line.
talk-not-text = We could not read that line. Nothing is gone. Please type it again.
talk-own-words = In your words: { $words }
talk-question = Question { $number } of { $of }
talk-staff = For the people you look after, type: cairn --help.
talk-stopped = All you said is saved. Type cairn to carry on from here. Take care.
talk-welcome = Cairn helps you set a goal, make a small plan, and see how it goes.

### Command line: labels before a value

label-about = About
label-access = Access
label-added = Added
label-agreed = Agreed plans
label-agreed-on = Agreed on
label-also = The same person
label-amount = How much
label-answers = Answers
label-anyway = Doing it anyway, because
label-at = When
label-attachments = Files
label-barriers = What is in the way
label-because = Because
label-bit = Which bit of the goal
label-born = Born
label-by = By
label-bytes = Size in bytes
label-challenging = What was harder
label-change = What a change would bring
label-channel = How
label-choice = Choice
label-chose = Chose
label-clinical-words = Clinical words
label-confidence = How sure
label-date = Day
label-dates = Next dates
label-decisions = Decided
label-did = What happened
label-due = Check-in on
label-ended = Care ended
label-felt = How it felt
label-field = Question
label-file = File
label-follow-up-due = Next check-in
label-follow-ups = Check-ins
label-from = From
label-gate = Ready to agree
label-goals = Goals
label-handed = In the person's hands
label-helped-before = What helped before
label-here = On this device
label-home = Folder
label-id = Code
label-ideas = Ideas
label-importance = How important
label-kept = Here already
label-kind = Kind
label-level = Level
label-levels = The 5 sentences
label-listen = Wait for the other device at this address
label-log = Written down
label-mattered = What mattered
label-matters = What matters
label-members = Members
label-requests = Asking to join
label-message = Message
label-name = Name
label-need = Need
label-needs = Needs
label-next = What next
label-next-question = Next question
label-note = Note
label-noun = In
label-often = How often
label-on = On
label-options = Options
label-owner = Who looks after them
label-owner-name = Who looks after them
label-page = Page
label-part = Shared
label-peer = Where the other device waits
label-people = People
label-person = Person
label-place = Place
label-plans = Plans
label-practice = For practice
label-promises = Promises
label-prompts = To look at
label-reach = Reached
label-records = Records
label-review = Until
label-role = Role
label-saved = Saved
label-score = Score
label-section = Part of about me
label-sent = Sent
label-since = Since
label-six-words = The 6 words
label-size = Size in bytes
label-staff = Staff
label-state = How it stands
label-support = Who will support me
label-teach-back = In their own words
label-text = Words
label-this = This device
label-to = To
label-topic = Topic
label-until = Until
label-value = Answer
label-version = Version
label-waiting = Waiting to be sent
label-week = Week from { $day }
label-week-line = { $done } done, { $wanted } wanted, { $tried } tried, { $rested } rested
label-weeks-2-to-26 = Check-in in weeks 2 to 26
label-well = What went well
label-what = What
label-when = When in the day
label-where = Where
label-who = Who
label-why = Why
label-within-14-days = Check-in within 14 days
label-words = In your words
label-zone = Time zone

### What does not fit how things stand

ending-none = Care has not ended here, so there is nothing to undo. Nothing has changed.
name-one-line = A name is one line of letters. Nothing has changed. Type it again on one line.
team-none = You have no team here yet. Nothing has changed. Make one first: cairn team make NAME. Or join one with a code.
visit-another = You are visiting somebody else. Nothing has changed. End that visit first.
visit-handed-so = The phone is in those hands already. Nothing has changed.
visit-none = No visit is going on. Nothing has changed. Start one first.

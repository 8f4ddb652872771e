//! A member in hostile hands: what they make goes past their own device's checks, with every seal right.

use super::world::World;
use cairn_core::Id;
use cairn_core::record::change::{self, ChangeHead, PutOp};
use cairn_core::record::{Actor, Noun, Part};
use cairn_core::store::{Circle, Scope};
use cairn_core::sync::message::Have;
use cairn_core::sync::segment::{self, Carried, Place, Tip};

/// What is forged.
struct Harm {
    /// The circle whose change it is.
    of: Circle,
    /// The circle it is sealed for.
    into: Circle,
    actor: Actor,
    noun: Noun,
    back_dated: bool,
    /// It stands on nothing that anybody wrote.
    alone: bool,
}

impl Harm {
    fn of(circle: &Circle, actor: Actor, noun: Noun) -> Harm {
        Harm {
            of: circle.clone(),
            into: circle.clone(),
            actor,
            noun,
            back_dated: false,
            alone: false,
        }
    }
}

impl World {
    pub(super) fn does_harm(&mut self) {
        let evil = (0..self.devices.len()).find(|at| self.devices[*at].evil);
        let Some((evil, circle)) =
            evil.and_then(|at| Some((at, self.circles(at).first()?.clone())))
        else {
            return;
        };
        let victims: Vec<(usize, Circle)> = (0..self.devices.len())
            .filter(|at| !self.devices[*at].evil)
            .filter_map(|at| Some((at, self.circle(at, &circle.id)?)))
            .collect();
        let (victim, theirs) = self.one_of(&victims);
        let words = format!("forged {};", self.forged.len());
        let (what, bytes, into) = match self.below(5) {
            0 => {
                let actors = self.actors(evil, &circle);
                if actors.is_empty() {
                    return;
                }
                // Where the victim has not heard of that actor yet, it must stand on what everybody has.
                let mut harm = Harm::of(&circle, self.one_of(&actors), Noun::Entry);
                harm.alone = self.below(2) == 0;
                let forged = self.forge(evil, &harm, &words);
                ("forged authors", forged, theirs)
            }
            1 => {
                let actor = self.fresh();
                let forged = self.forge(evil, &Harm::of(&circle, actor, Noun::Goal), &words);
                ("acts over a role", forged, theirs)
            }
            2 => {
                // Only where the other knows of the removal: before, it is an honest mistake to take it.
                let vault = self.devices[victim].vault.as_ref().expect("open");
                let roster = vault.roster(&theirs).expect("a roster");
                let key = self.key(evil);
                let standing = &roster.standing;
                if standing.owner_of(&key).is_none() || standing.present(&key).is_some() {
                    return;
                }
                let actor = self.fresh();
                let mut harm = Harm::of(&circle, actor, Noun::Entry);
                harm.back_dated = true;
                let forged = self.forge(evil, &harm, &words);
                ("back-dated work of a removed member", forged, theirs)
            }
            3 => {
                // A change of one circle, rightly signed and sealed for another that both are in.
                let both = self.circles(victim).into_iter().find_map(|theirs| {
                    let own = self.circle(evil, &theirs.id)?;
                    (own.id != circle.id).then_some((own, theirs))
                });
                let Some((other, theirs)) = both else {
                    return;
                };
                let mut harm = Harm::of(&circle, self.fresh(), Noun::Entry);
                harm.into = other;
                let forged = self.forge(evil, &harm, &words);
                ("changes sealed anew for another circle", forged, theirs)
            }
            _ => {
                let all = self.circles(victim);
                let other = all.into_iter().find(|c| c.id != circle.id);
                let (Some(bytes), Some(other)) = (self.any_segment(evil, &circle), other) else {
                    return;
                };
                ("segments moved to another circle", Some(bytes), other)
            }
        };
        let Some(bytes) = bytes else { return };
        let acting = self.acting(victim);
        let taken = self.vault(victim).take_segment(&into, &bytes, acting);
        match taken {
            Ok(taken) if !taken.counts() => {
                self.note(&format!("{victim} is handed {what}: {taken:?}"));
            }
            other => self.fails(&format!("{victim} was handed {what}, and: {other:?}")),
        }
        self.forged.push(words);
        self.forged_segments.push((into.id, segment::name(&bytes)));
        self.count(what);
    }

    fn fresh(&mut self) -> Actor {
        let mut actor = [0; 16];
        self.entropy().stream(&mut actor);
        Actor(actor)
    }

    /// Actors of others that the record knows.
    fn actors(&mut self, at: usize, circle: &Circle) -> Vec<Actor> {
        let record = (self.vault(at)).record(circle, &Scope::All).expect("read");
        let me = record.me.clone();
        let others = record.actors.iter().filter(|(_, member)| **member != me);
        others.map(|(actor, _)| *actor).collect()
    }

    fn any_segment(&mut self, at: usize, circle: &Circle) -> Option<Vec<u8>> {
        let asks = self.key(0);
        let vault = self.vault(at);
        let gifts = vault.segments_lacking(circle, &asks, &Have::default());
        let gifts = gifts.expect("segments");
        gifts
            .first()
            .map(|gift| vault.segment(gift).expect("bytes"))
    }

    /// A segment of the hostile device, made by hand. `None` while it knows too little to make one.
    fn forge(&mut self, evil: usize, harm: &Harm, words: &str) -> Option<Vec<u8>> {
        let (actor, noun, circle) = (harm.actor, harm.noun, &harm.into);
        let entropy = self.entropy();
        let key = self.key(evil);
        let vault = self.vault(evil);
        let record = vault.record(circle, &Scope::Everything).ok()?;
        let part = match noun {
            Noun::Goal => record.standing(Noun::Goal).first()?.part.clone(),
            _ => record.standing(Noun::Entry).first()?.part.clone(),
        };
        let cursor = record.cursors.get(&part)?;
        let head = ChangeHead {
            actor,
            seq: 1,
            start_op: cursor.max_op + 1,
            at: 0,
            note: Default::default(),
            deps: if harm.alone {
                vec![change::first(&circle.id, &part).ok()?.hash]
            } else {
                cursor.heads.clone()
            },
        };
        let thing = Id::read(format!("{:016x}", self.forged.len() + 1));
        let field = if noun == Noun::Goal { "words" } else { "note" };
        let puts = vec![PutOp {
            noun,
            key: format!("{thing}.{field}"),
            value: words.into(),
            replaces: Vec::new(),
        }];
        let built = change::build(&harm.of.id, &part, &head, &puts).ok()?;
        let vault = self.vault(evil);
        let (log, keyring) = (vault.access_log(circle).ok()?, vault.keyring(circle).ok()?);
        let (roster, group) = (vault.roster(circle).ok()?, part.group()?);
        let mut epochs = roster.epochs().map(|(epoch, ..)| *epoch);
        let epoch = epochs.find(|epoch| keyring.get(group, epoch).is_some())?;
        // What it knew before it was taken out: the operation that let it in.
        let let_in = || {
            let members = roster.standing.members.values();
            let mut devices = members.flat_map(|member| &member.devices);
            devices.find(|d| d.public.sign == key).map(|d| d.added)
        };
        let heads = if harm.back_dated {
            vec![let_in()?]
        } else {
            log.heads()
        };
        let place = Place {
            circle: circle.id.clone(),
            group,
            epoch,
            device: key,
            actor,
            taken: None,
            counter: 1,
            before: [0; 32],
            heads,
        };
        let tips = [Tip {
            part: part.clone(),
            seq: head.seq,
            hash: built.hash,
        }];
        let carried = vec![Carried {
            part: Part::read(part.as_str()),
            bytes: built.bytes,
        }];
        let secret = keyring.get(group, &epoch)?;
        segment::seal(
            vault.keys(),
            &place,
            false,
            carried,
            &tips,
            secret,
            &entropy,
        )
        .ok()
        .map(|sealed| sealed.bytes)
    }
}

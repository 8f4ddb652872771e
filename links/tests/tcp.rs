//! Devices that meet over real sockets on loopback, each with a real file.

#[path = "../../core/tests/support/mod.rs"]
mod support;

use cairn_core::circle::Groups;
use cairn_core::circle::invitation::Invitation;
use cairn_core::circle::spoken::SixWords;
use cairn_core::entropy::SeededEntropy;
use cairn_core::record::Acting;
use cairn_core::store::membership::Inviting;
use cairn_core::store::{Circle, Scope};
use cairn_core::sync::link::{self, Event, Link};
use cairn_core::sync::memory::Side;
use cairn_core::sync::session::{Progress, Session};
use cairn_core::{Error, Id, Result, goal, view};
use cairn_links::meet::{self, Joined, Served, Synced};
use cairn_links::{Call, Listener, Opened, dial};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Barrier;
use std::thread;
use std::time::Duration;
use support::Home;

const SOON: Duration = Duration::from_secs(30);

fn home(name: &str, seed: u64) -> Home {
    Home::seeded(name, "Europe/London", seed)
}

fn listen(home: &Home) -> Listener {
    let listener = Listener::bind("127.0.0.1:0", home.vault.link_key()).unwrap();
    listener.know(home.vault.link_secrets().unwrap());
    listener
}

fn invite(phone: &mut Home, role: &str) -> Invitation {
    let inviting = Inviting {
        role,
        groups: Groups::read(["all"], role).unwrap(),
        until: None,
    };
    let (circle, acting) = (phone.circle.clone(), Acting::at(phone.now));
    // Another secret for each role: the random source of a test begins anew each time.
    let entropy = SeededEntropy::new(900 + u64::from(role.as_bytes()[0]));
    phone
        .vault
        .invite(&circle, &inviting, acting, &entropy)
        .unwrap()
}

fn go_on(_: &Progress) -> Result<()> {
    Ok(())
}

fn with<T>(home: &mut Home, seed: u64, meet: impl FnOnce(&mut Side) -> T) -> T {
    let entropy = SeededEntropy::new(seed);
    meet(&mut Side {
        acting: Acting::at(home.now),
        vault: &mut home.vault,
        entropy: &entropy,
    })
}

fn answer(
    home: &mut Home,
    opened: Opened,
    shown: Option<&Invitation>,
    words: &mut dyn FnMut(SixWords),
) -> Result<Served> {
    with(home, 1_000, |side| {
        meet::serve(side, opened, shown, words, &mut go_on)
    })
}

fn ask(
    home: &mut Home,
    address: &str,
    invitation: &Invitation,
    words: &mut dyn FnMut(SixWords),
) -> Result<Joined> {
    let name = ("Anne Okoro", Some("Community nurse"));
    with(home, 2_000, |side| {
        meet::join(side, address, invitation, name, words, &mut go_on)
    })
}

/// One device listens at the address of `listener` until it synced with the other, which calls.
fn sync(listener: &Listener, one: &mut Home, other: &mut Home) -> (Result<Synced>, Result<Served>) {
    let address = listener.address().to_string();
    thread::scope(|threads| {
        let calls =
            threads.spawn(|| with(other, 3_000, |side| meet::call(side, &address, &mut go_on)));
        let opened = listener.next(SOON).expect("a call");
        let served = answer(one, opened, None, &mut |_| {});
        (calls.join().unwrap(), served)
    })
}

/// Lets `other` in face to face; the words both screens showed.
fn let_in(phone: &mut Home, other: &mut Home, role: &str) -> (Vec<SixWords>, Vec<SixWords>) {
    let invitation = invite(phone, role);
    let listener = listen(phone);
    let address = listener.address().to_string();
    let (mut here, mut there) = (Vec::new(), Vec::new());
    thread::scope(|threads| {
        let joins =
            threads.spawn(|| ask(other, &address, &invitation, &mut |words| there.push(words)));
        let opened = listener.next(SOON).expect("a call");
        let served = answer(phone, opened, Some(&invitation), &mut |words| {
            here.push(words)
        });
        assert!(matches!(served, Ok(Served::LetIn(..))), "{served:?}");
        assert!(matches!(joins.join().unwrap(), Ok(Joined::In(..))));
    });
    (here, there)
}

fn circle_of(home: &Home, person: &Home) -> Circle {
    let circles = home.vault.circles().unwrap().into_iter();
    let mut circles = circles.filter(|circle| circle.id == person.circle.id);
    circles.next().expect("let in")
}

fn add_goal(home: &mut Home, circle: &Circle, words: &str) -> Id {
    let acting = Acting {
        for_person: true,
        ..Acting::at(home.now)
    };
    let rule = |acts: &mut cairn_core::record::Acts| goal::add(acts, words, None, None);
    home.vault.act(circle, &Scope::All, acting, rule).unwrap().0
}

fn goals(home: &Home, circle: &Circle) -> Vec<String> {
    let record = home.vault.record(circle, &Scope::Everything).unwrap();
    let goals = view::lists::goals(&record);
    let goals = goals.as_array().unwrap().iter();
    let mut words: Vec<String> = goals
        .map(|goal| goal["words"].as_str().unwrap().into())
        .collect();
    words.sort();
    words
}

#[test]
fn who_joins_with_a_code_sees_the_same_six_words_and_gets_what_was_shared() {
    let (mut phone, mut nurse) = (home("Mary Bell", 1), home("Anne Okoro", 2));
    let own = phone.circle.clone();
    add_goal(&mut phone, &own, "Walk to the shop");
    let (here, there) = let_in(&mut phone, &mut nurse, "nurse");
    assert_eq!(here.len(), 1);
    assert_eq!(here, there);
    let theirs = circle_of(&nurse, &phone);
    assert_eq!(goals(&nurse, &theirs), ["Walk to the shop"]);
    // Another meeting has other words: they are the handshake's.
    let (again, _) = let_in(&mut phone, &mut home("Joe Bell", 3), "carer");
    assert_ne!(here, again);
}

#[test]
fn devices_that_know_each_other_sync_both_ways_at_a_new_address_and_at_a_known_one() {
    let (mut phone, mut nurse) = (home("Mary Bell", 1), home("Anne Okoro", 2));
    let_in(&mut phone, &mut nurse, "nurse");
    let (own, theirs) = (phone.circle.clone(), circle_of(&nurse, &phone));
    let listener = listen(&phone);
    let address = listener.address().to_string();
    for round in 0..3 {
        add_goal(&mut phone, &own, &format!("Phone {round}"));
        add_goal(&mut nurse, &theirs, &format!("Tablet {round}"));
        let (called, served) = sync(&listener, &mut phone, &mut nurse);
        let called = called.unwrap();
        assert_eq!(called.with, phone.vault.keys().public().sign);
        assert!(called.progress.given.0 > 0 && called.progress.taken.0 > 0);
        assert!(matches!(served, Ok(Served::Synced(_))));
        assert_eq!(goals(&phone, &own), goals(&nurse, &theirs));
        assert_eq!(goals(&phone, &own).len(), 2 * (round + 1));
    }
    let reached = nurse.vault.reached_at(&address).unwrap();
    assert_eq!(reached, Some(phone.vault.keys().public().seal));
    // Another device at the remembered address: its key does not fit, and it is called as anybody.
    drop(listener);
    let mut carer = home("Joe Bell", 3);
    let_in(&mut phone, &mut carer, "carer");
    let listener = Listener::bind(&address, carer.vault.link_key()).unwrap();
    let (called, _) = sync(&listener, &mut carer, &mut nurse);
    assert_eq!(called.unwrap().with, carer.vault.keys().public().sign);
    let reached = nurse.vault.reached_at(&address).unwrap();
    assert_eq!(reached, Some(carer.vault.keys().public().seal));
}

#[test]
fn devices_that_do_not_know_each_other_say_so_and_nothing_passes() {
    let (mut one, mut other) = (home("Mary Bell", 1), home("Anne Okoro", 2));
    let listener = listen(&one);
    let (called, served) = sync(&listener, &mut one, &mut other);
    assert_eq!(called.unwrap_err(), Error::NotKnown);
    assert_eq!(served.unwrap_err(), Error::NotKnown);
}

#[test]
fn much_to_say_on_both_sides_at_once_does_not_lock_them() {
    let (mut phone, mut nurse) = (home("Mary Bell", 1), home("Anne Okoro", 2));
    let_in(&mut phone, &mut nurse, "nurse");
    let (own, theirs) = (phone.circle.clone(), circle_of(&nurse, &phone));
    // No two words alike, so that nothing folds them: more messages than the queues of one way hold.
    let long = |seed: u64| -> String {
        let mut bytes = vec![0; 48_000];
        SeededEntropy::new(seed).stream(&mut bytes);
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    };
    for number in 0..12 {
        add_goal(&mut phone, &own, &long(number));
        add_goal(&mut nurse, &theirs, &long(1_000 + number));
    }
    let listener = listen(&phone);
    let (called, served) = sync(&listener, &mut phone, &mut nurse);
    assert!(called.unwrap().progress.given.0 >= 12 && served.is_ok());
    assert_eq!(goals(&phone, &own).len(), 24);
    assert_eq!(goals(&phone, &own), goals(&nurse, &theirs));
}

#[test]
fn a_code_used_by_8_devices_at_once_over_sockets_lets_in_one() {
    let mut phone = home("Mary Bell", 1);
    let invitation = invite(&mut phone, "nurse");
    let listener = listen(&phone);
    let (address, barrier) = (listener.address().to_string(), Barrier::new(8));
    let outcomes: Vec<Result<Joined>> = thread::scope(|threads| {
        let joins: Vec<_> = (0..8)
            .map(|number| {
                let (address, barrier, invitation) = (&address, &barrier, &invitation);
                threads.spawn(move || {
                    let mut joiner = home("Somebody", 20 + number);
                    barrier.wait();
                    ask(&mut joiner, address, invitation, &mut |_| {})
                })
            })
            .collect();
        for _ in 0..8 {
            let opened = listener.next(SOON).expect("a call");
            answer(&mut phone, opened, Some(&invitation), &mut |_| {}).unwrap();
        }
        joins.into_iter().map(|join| join.join().unwrap()).collect()
    });
    let let_in = outcomes
        .iter()
        .filter(|outcome| matches!(outcome, Ok(Joined::In(..))));
    assert_eq!(let_in.count(), 1, "{outcomes:?}");
    let over = outcomes
        .iter()
        .filter(|outcome| matches!(outcome, Err(Error::InvitationOver)));
    assert_eq!(over.count(), 7, "{outcomes:?}");
    let roster = phone.vault.roster(&phone.circle).unwrap();
    assert_eq!(roster.standing.members.len(), 2);
}

#[test]
fn from_afar_the_joiner_waits_and_is_let_in_when_asking_again() {
    let (mut phone, mut nurse) = (home("Mary Bell", 1), home("Anne Okoro", 2));
    let invitation = invite(&mut phone, "nurse");
    let listener = listen(&phone);
    let address = listener.address().to_string();
    let asks = |phone: &mut Home, nurse: &mut Home| {
        thread::scope(|threads| {
            let asks = threads.spawn(|| ask(nurse, &address, &invitation, &mut |_| {}));
            let opened = listener.next(SOON).expect("a call");
            let served = answer(phone, opened, None, &mut |_| {});
            (asks.join().unwrap(), served.unwrap())
        })
    };
    let (asked, served) = asks(&mut phone, &mut nurse);
    let (Ok(Joined::Waits(words)), Served::Asked(request)) = (asked, served) else {
        panic!("it waits");
    };
    assert_eq!(words, request.words());
    let (circle, acting) = (phone.circle.clone(), Acting::at(phone.now));
    let waiting = phone.vault.requests(&circle).unwrap();
    assert_eq!(waiting[0].words, words);
    let entropy = SeededEntropy::new(5);
    phone
        .vault
        .approve_request(&circle, &waiting[0].id, acting, &entropy)
        .unwrap();
    let (asked, served) = asks(&mut phone, &mut nurse);
    assert!(matches!(asked, Ok(Joined::In(..))), "{asked:?}");
    assert!(matches!(served, Served::LetIn(..)));
}

#[test]
fn a_code_of_another_device_is_said_to_be_so() {
    let (mut phone, mut nurse, mut other) = (home("Mary Bell", 1), home("Anne", 2), home("Tom", 3));
    let invitation = invite(&mut phone, "nurse");
    let listener = listen(&other);
    let address = listener.address().to_string();
    let asked = ask(&mut nurse, &address, &invitation, &mut |_| {});
    assert_eq!(asked.unwrap_err(), Error::InvitationUnknown);
    // The code's secret is what counts, not that its tag is known.
    let own = invite(&mut other, "nurse");
    listener.know(other.vault.link_secrets().unwrap());
    let call = Call::Inviter(own.link_tag(), &[9; 32]);
    let called = dial(&address, &nurse.vault.link_key(), call);
    assert_eq!(called.err(), None, "the caller is done first");
    assert!(listener.next(Duration::from_millis(300)).is_none());
}

#[test]
fn a_meeting_that_ends_at_any_step_loses_nothing() {
    let (mut phone, mut nurse) = (home("Mary Bell", 1), home("Anne Okoro", 2));
    let_in(&mut phone, &mut nurse, "nurse");
    let (own, theirs) = (phone.circle.clone(), circle_of(&nurse, &phone));
    let listener = listen(&phone);
    let address = listener.address().to_string();
    let mut ended = 0;
    for step in 0..14 {
        add_goal(&mut phone, &own, &format!("Phone {step}"));
        add_goal(&mut nurse, &theirs, &format!("Tablet {step}"));
        thread::scope(|threads| {
            let calls = threads.spawn(|| {
                let mut left = step;
                let mut watch = |_: &Progress| {
                    left -= 1;
                    if left < 0 { Err(Error::Locked) } else { Ok(()) }
                };
                with(&mut nurse, 3_000, |side| {
                    meet::call(side, &address, &mut watch)
                })
            });
            let opened = listener.next(SOON).expect("a call");
            let _ = answer(&mut phone, opened, None, &mut |_| {});
            ended += usize::from(calls.join().unwrap() == Err(Error::Locked));
        });
    }
    assert!(ended >= 5, "{ended}");
    let (called, served) = sync(&listener, &mut phone, &mut nurse);
    assert!(called.is_ok() && served.is_ok());
    assert_eq!(goals(&phone, &own).len(), 28);
    assert_eq!(goals(&phone, &own), goals(&nurse, &theirs));
    assert!(phone.vault.verify().unwrap().ok && nurse.vault.verify().unwrap().ok);
}

/// Who stands between two devices that know each other, with a key of their own, and passes every message on.
#[test]
fn who_passes_on_the_messages_of_another_is_found_out() {
    let (mut phone, mut nurse) = (home("Mary Bell", 1), home("Anne Okoro", 2));
    let_in(&mut phone, &mut nurse, "nurse");
    let between = home("Nobody", 3);
    let listener = listen(&phone);
    let address = listener.address().to_string();
    let key = between.vault.link_key();
    let served = thread::scope(|threads| {
        threads.spawn(|| {
            let mut opened = dial(&address, &key, Call::Anybody).unwrap();
            opened.channel.send(vec![1]).unwrap();
            let _ = opened.channel.receive().unwrap();
            let entropy = SeededEntropy::new(9);
            let acting = Acting::at(nurse.now);
            let mut session = Session::begin(&mut nurse.vault, acting, &entropy).unwrap();
            let ran = link::run(
                &mut session,
                &mut nurse.vault,
                &mut opened.channel,
                &mut |_, _| Ok(()),
            );
            assert_eq!(ran.unwrap_err(), Error::Unreachable);
        });
        let opened = listener.next(SOON).expect("a call");
        answer(&mut phone, opened, None, &mut |_| {})
    });
    assert_eq!(served.unwrap_err(), Error::NotAllowed);
}

#[test]
fn hostile_callers_get_nothing_and_keep_nobody_waiting() {
    let (mut phone, mut nurse) = (home("Mary Bell", 1), home("Anne Okoro", 2));
    let_in(&mut phone, &mut nurse, "nurse");
    let listener = listen(&phone);
    let call = || TcpStream::connect(listener.address()).unwrap();
    let mut held = Vec::new();
    let mut random = [0; 400];
    for seed in 0..40 {
        SeededEntropy::new(seed).stream(&mut random);
        // Garbage; half a prologue; a prologue with a huge frame; a frame that never ends; nothing at all.
        let mut stream = call();
        let _ = match seed % 5 {
            0 => stream.write_all(&random),
            1 => stream.write_all(b"cairn\x01\x03"),
            2 => stream.write_all(&[b"cairn\x01\x03", &[0; 8][..], &[0xff; 300]].concat()),
            3 => {
                stream.write_all(&[b"cairn\x01\x02", &[0; 8][..], &[0, 48], &random[..20]].concat())
            }
            _ => Ok(()),
        };
        held.push(stream);
    }
    let (called, served) = sync(&listener, &mut phone, &mut nurse);
    assert!(called.is_ok() && served.is_ok());
    assert!(phone.vault.verify().unwrap().ok);
}

/// What a sealed link carries is checked too: lengths that lie, and messages that are none.
#[test]
fn a_hostile_device_that_is_known_ends_its_own_meeting_only() {
    let (mut phone, mut nurse) = (home("Mary Bell", 1), home("Anne Okoro", 2));
    let_in(&mut phone, &mut nurse, "nurse");
    let listener = listen(&phone);
    let address = listener.address().to_string();
    for seed in 0..6 {
        let served = thread::scope(|threads| {
            let key = nurse.vault.link_key();
            let address = &address;
            threads.spawn(move || {
                let mut opened = dial(address, &key, Call::Anybody).unwrap();
                opened.channel.send(vec![1]).unwrap();
                let mut random = vec![0; 1 << (3 * seed)];
                SeededEntropy::new(seed).stream(&mut random);
                let _ = opened.channel.send(random);
                let _ = opened.channel.finish();
            });
            let opened = listener.next(SOON).expect("a call");
            answer(&mut phone, opened, None, &mut |_| {})
        });
        let error = served.unwrap_err();
        assert!(
            matches!(error, Error::Damaged | Error::Unreachable),
            "{error:?}"
        );
    }
    let (called, served) = sync(&listener, &mut phone, &mut nurse);
    assert!(called.is_ok() && served.is_ok());
}

#[test]
fn a_caller_meets_a_hostile_listener_with_an_error() {
    let nurse = home("Anne Okoro", 2);
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = socket.local_addr().unwrap().to_string();
    let answers: [&[u8]; 5] = [
        b"",
        b"\x00",
        b"\x00\xff\xff",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        &[0; 600],
    ];
    for bytes in answers {
        let called = thread::scope(|threads| {
            threads.spawn(|| {
                let (mut stream, _) = socket.accept().unwrap();
                let mut heard = [0; 15];
                stream.read_exact(&mut heard).unwrap();
                let _ = stream.write_all(bytes);
            });
            dial(&address, &nurse.vault.link_key(), Call::Anybody)
        });
        assert_eq!(called.err(), Some(Error::Unreachable));
    }
    drop(socket);
    let called = dial(&address, &nurse.vault.link_key(), Call::Anybody);
    assert_eq!(called.err(), Some(Error::Unreachable), "nobody is there");
    for no_address in ["", "somewhere", "127.0.0.1", "127.0.0.1:99999"] {
        let called = dial(no_address, &nurse.vault.link_key(), Call::Anybody);
        assert_eq!(
            called.err(),
            Some(Error::Usage { what: "peer" }),
            "{no_address}"
        );
    }
}

#[test]
fn the_same_session_runs_over_a_link_in_memory() {
    let (mut phone, mut nurse) = (home("Mary Bell", 1), home("Anne Okoro", 2));
    let_in(&mut phone, &mut nurse, "nurse");
    let (own, theirs) = (phone.circle.clone(), circle_of(&nurse, &phone));
    // Each has more to say than the link holds: were one to wait for room, both would wait for ever.
    for number in 0..4 {
        let long = number.to_string().repeat(60_000);
        add_goal(&mut phone, &own, &long);
        add_goal(&mut nurse, &theirs, &format!("{long}."));
    }
    let (mut one, mut other) = link::in_memory(1);
    let over = |home: &mut Home, end: &mut dyn Link, seed| {
        with(home, seed, |side| {
            let mut session = Session::begin(side.vault, side.acting, side.entropy)?;
            link::run(&mut session, side.vault, end, &mut |_, _| Ok(()))
        })
    };
    thread::scope(|threads| {
        let there = threads.spawn(|| over(&mut nurse, &mut other, 8));
        over(&mut phone, &mut one, 7).unwrap();
        there.join().unwrap().unwrap();
    });
    assert_eq!(goals(&phone, &own), goals(&nurse, &theirs));
    assert!(matches!(
        one.wait(),
        Err(Error::Unreachable) | Ok(Event::Tick)
    ));
}

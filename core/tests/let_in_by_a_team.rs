//! Who is let into a record by their team hears of it, even where the keeper who let them in was taken out before telling
//! them. Source: `SPEC.md`, Session; docs/adr/0038.

mod support;

use cairn_core::Id;
use cairn_core::circle::Groups;
use cairn_core::circle::operation::{Act, Operation, member_id};
use cairn_core::circle::team::TeamAct;
use cairn_core::store::Circle;
use support::device::{Device, goal_with_plan};

/// Mary, a nurse who keeps a team that Mary shares with, and that team.
fn shared_with_a_team() -> (Device, Device, Circle) {
    let (mut phone, mut nurse) = (Device::new("Mary Bell", 1), Device::new("Anne Okoro", 2));
    goal_with_plan(&mut phone);
    phone.let_in(&mut nurse, "nurse", &["all"]);
    let team = nurse.makes_a_team("Bryn House");
    phone.meet(&mut nurse);
    let keeper = nurse.circle(&phone).member;
    let circle = phone.home.circle.clone();
    let (acting, entropy) = (phone.acting(), phone.entropy());
    let vault = &mut phone.home.vault;
    vault
        .share_with_team(&circle, &keeper, None, None, acting, &entropy)
        .unwrap();
    phone.meet(&mut nurse);
    (phone, nurse, team)
}

/// Lets somebody into a team face to face, and whatever is shared with it.
fn comes(nurse: &mut Device, team: &Circle, mate: &mut Device) {
    mate.home.vault.set_setting("role", b"staff").unwrap();
    nurse.lets_into_team(team, mate);
    let (acting, entropy) = (nurse.acting(), nurse.entropy());
    nurse.home.vault.follow_team(acting, &entropy).unwrap();
}

fn has(device: &Device, id: &Id) -> bool {
    let circles = device.home.vault.circles().unwrap();
    circles.iter().any(|circle| circle.id == *id)
}

#[test]
fn the_person_tells_whom_a_keeper_let_in_who_is_out_by_then() {
    let (mut phone, mut nurse, team) = shared_with_a_team();
    let mut mate = Device::new("Sian Price", 3);
    comes(&mut nurse, &team, &mut mate);
    phone.meet(&mut nurse);
    phone.remove(&nurse);
    let id = phone.home.circle.id.clone();
    assert!(!has(&mate, &id));
    phone.meet(&mut mate);
    let circle = mate.circle(&phone);
    assert!(mate.text(&circle).contains("Walk to the shop"));
}

#[test]
fn nobody_is_drawn_into_a_record_by_somebody_who_only_names_their_team() {
    let (_, mut nurse, team) = shared_with_a_team();
    let mut mate = Device::new("Sian Price", 3);
    comes(&mut nurse, &team, &mut mate);
    let (mut eve, friend) = (Device::new("Eve Stone", 4), Device::new("Jon Stone", 5));
    goal_with_plan(&mut eve);
    let (circle, acting) = (eve.home.circle.clone(), eve.acting());
    let keeper = friend.home.vault.keys().public();
    let device = mate.home.vault.keys().public();
    let share = TeamAct::Share {
        team: team.id.clone(),
        keepers: vec![(member_id(&keeper.sign), keeper)],
        groups: Groups::EVERYTHING,
        until: None,
    };
    let comes = TeamAct::In {
        team: team.id.clone(),
        member: member_id(&device.sign),
        device,
    };
    for (act, by_friend) in [(share, false), (comes, true)] {
        let heads = eve.home.vault.roster(&circle).unwrap().heads;
        let signer = if by_friend { &friend } else { &eve };
        let (keys, at) = (signer.home.vault.keys(), acting.at.timestamp());
        let operation = Operation::sign(keys, &circle.id, &heads, at, Act::Team(act)).unwrap();
        let vault = &mut eve.home.vault;
        let taken = vault.take_operations(&circle, &[operation.bytes], acting);
        assert_eq!(taken, Ok(1));
    }
    let standing = eve.home.vault.roster(&circle).unwrap().standing;
    assert!(standing.present(&device.sign).is_some(), "in Eve's eyes");
    eve.meet(&mut mate);
    assert!(!has(&mate, &circle.id));
}

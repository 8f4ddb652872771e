//! Long logs, read back as a store gives them: in the order of hashes.

use super::*;
use crate::entropy::SeededEntropy;
use crate::store::identity::DeviceKeys;

/// So many operations, each on the one before; every seventh on the one before that too.
fn long(count: usize) -> (Id, Vec<Operation>) {
    let keys = DeviceKeys::generate(&SeededEntropy::new(1)).unwrap();
    let (nonce, device) = ([1; 16], keys.public());
    let circle = circle_id(&nonce, &device.sign);
    let found = Act::Found {
        nonce,
        device,
        steward: false,
    };
    let mut all = vec![Operation::sign(&keys, &circle, &[], 0, found).unwrap()];
    while all.len() < count {
        let few = if all.len() % 7 == 0 { 2 } else { 1 };
        let parents: Vec<Hash> = all.iter().rev().take(few).map(|o| o.hash).collect();
        let act = Act::LetIn {
            segments: vec![[all.len() as u8; 32]],
        };
        all.push(Operation::sign(&keys, &circle, &parents, 0, act).unwrap());
    }
    (circle, all)
}

#[test]
fn a_log_of_many_years_comes_back_whole_in_whatever_order_it_is_kept() {
    let (circle, all) = long(2_000);
    let newest = all.last().unwrap().hash;
    let mut kept: Vec<(Hash, Vec<u8>)> = all.iter().map(|o| (o.hash, o.bytes.clone())).collect();
    kept.sort();
    let log = AccessLog::of(&circle, kept.iter().map(|(_, bytes)| bytes.as_slice()));
    assert_eq!(log.len(), all.len());
    assert_eq!(log.heads(), [newest]);
    assert_eq!(log.past_of(&[newest]).count_ones(..), all.len());
    let in_order: Vec<Hash> = log.operations().map(|o| o.hash).collect();
    let as_made: Vec<Hash> = all.iter().map(|o| o.hash).collect();
    assert_eq!(in_order, as_made);
}

#[test]
fn what_stands_on_something_that_is_gone_is_left_out_of_what_is_read_back() {
    let (circle, all) = long(40);
    let kept = all.iter().enumerate().filter(|(at, _)| *at != 20);
    let log = AccessLog::of(&circle, kept.map(|(_, o)| o.bytes.as_slice()));
    assert_eq!(log.len(), 20);
}

#[test]
fn a_log_that_is_full_takes_in_removals_and_the_keys_after_them_and_nothing_else() {
    let (circle, mut all) = long(3);
    let one = all.pop().unwrap();
    let mut log = AccessLog::new(&circle);
    for operation in &all {
        log.add(operation.clone()).unwrap();
    }
    // As good as signed: the graph knows names and parents.
    for n in 0..OPERATIONS_CAP - all.len() {
        let hash = crate::id::digest(&[&n.to_be_bytes()]);
        let filling = Operation {
            hash,
            ..all[1].clone()
        };
        log.index.insert(hash, log.operations.len());
        log.operations.push((1, filling));
    }
    log.order();
    assert_eq!(log.len(), OPERATIONS_CAP);
    assert_eq!(log.add(one.clone()), Err(Error::Damaged));
    let (device, seen) = ([2; 32], Vec::new());
    let (keys, wraps) = (Vec::new(), Vec::new());
    let removal = Act::RemoveDevice { device, seen };
    for (n, act) in [removal, Act::Epoch { keys, wraps }]
        .into_iter()
        .enumerate()
    {
        let hash = [n as u8; 32];
        let operation = Operation {
            hash,
            act,
            ..one.clone()
        };
        assert_eq!(log.add(operation), Ok(Taken::Kept(0)));
    }
}

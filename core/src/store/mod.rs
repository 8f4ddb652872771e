//! The encrypted store: one SQLCipher file a profile, with a witness beside it and a drop box for answers
//! taken while it is locked.

mod access;
mod aside;
mod attested;
pub mod backup;
mod backup_file;
mod caseload;
mod commit;
mod create;
pub mod devices;
pub mod draft;
pub mod drop_box;
mod erase;
mod fault;
pub mod found;
mod guard;
mod had;
pub mod identity;
pub mod io;
pub mod key_vault;
pub mod links;
#[cfg(feature = "measure")]
pub mod measure;
pub mod membership;
mod own;
pub mod pieces;
pub mod place;
pub mod profile;
mod put_away;
pub mod reading;
mod rebuild;
pub mod recovery;
pub mod requests;
pub mod rows;
mod schema;
pub mod search;
mod segments;
mod snapshot_take;
mod snapshots;
pub mod sync;
mod take;
pub mod teams;
mod thinned;
mod upkeep;
pub mod vault;
mod views;
mod visit;
pub mod witness;

pub use found::{Founding, Handed};
pub use pieces::TakenPiece;
pub use reading::{Beside, Reader, Reading};
pub use rebuild::{GoOn, Verified};
pub use rows::Scope;
pub use take::Taken;
pub use vault::{Circle, Notice, Vault};
pub use visit::Visit;

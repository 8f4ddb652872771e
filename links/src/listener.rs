//! Listening for devices that call. Each handshake has a thread and 10 seconds of its own, so that one that says
//! nothing keeps nobody waiting; what stands is handed out one by one.

use crate::framing::gone;
use crate::handshake::{self, Opened};
use cairn_core::error::{Error, Result};
use cairn_core::store::links::LinkSecret;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use zeroize::Zeroizing;

/// The most handshakes under way at a time; a caller beyond them finds the connection closed.
const AT_ONCE: usize = 64;

/// Links that stand and wait for their turn.
const WAITING: usize = 8;

/// How often it is looked whether to end.
const PAUSE: Duration = Duration::from_millis(10);

struct Shared {
    key: Zeroizing<[u8; 32]>,
    secrets: Mutex<Vec<LinkSecret>>,
    under_way: AtomicUsize,
    ended: AtomicBool,
}

/// A device that can be called.
pub struct Listener {
    address: SocketAddr,
    shared: Arc<Shared>,
    opened: Receiver<Opened>,
    accepting: Option<JoinHandle<()>>,
}

impl Listener {
    /// Listens at `address` (`HOST:PORT`; port 0: any) with this device's X25519 key.
    ///
    /// # Errors
    /// [`Error::Usage`] for what is no address of this machine, or is in use.
    pub fn bind(address: &str, key: Zeroizing<[u8; 32]>) -> Result<Listener> {
        let no_address = |error: std::io::Error| Error::Usage {
            what: match error.kind() {
                std::io::ErrorKind::AddrInUse => "listen in use",
                _ => "listen",
            },
        };
        let socket = TcpListener::bind(address).map_err(no_address)?;
        socket.set_nonblocking(true).map_err(no_address)?;
        let address = socket.local_addr().map_err(no_address)?;
        let shared = Arc::new(Shared {
            key,
            secrets: Mutex::default(),
            under_way: AtomicUsize::new(0),
            ended: AtomicBool::new(false),
        });
        let (tell, opened) = sync_channel(WAITING);
        let accepting = Some(thread::spawn({
            let shared = shared.clone();
            move || accept(&socket, &shared, &tell)
        }));
        Ok(Listener {
            address,
            shared,
            opened,
            accepting,
        })
    }

    /// Where it listens, with the port it really has.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The invitations a caller may come with, from now on.
    pub fn know(&self, secrets: Vec<LinkSecret>) {
        let known = self.shared.secrets.lock();
        *known.unwrap_or_else(PoisonError::into_inner) = secrets;
    }

    /// The next link that stands; none if nobody came in this time.
    pub fn next(&self, within: Duration) -> Option<Opened> {
        self.opened.recv_timeout(within).ok()
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.shared.ended.store(true, Ordering::Relaxed);
        if let Some(accepting) = self.accepting.take() {
            let _ = accepting.join();
        }
    }
}

fn accept(socket: &TcpListener, shared: &Arc<Shared>, tell: &SyncSender<Opened>) {
    while !shared.ended.load(Ordering::Relaxed) {
        let Ok((stream, _)) = socket.accept() else {
            thread::sleep(PAUSE);
            continue;
        };
        if shared.under_way.fetch_add(1, Ordering::Relaxed) >= AT_ONCE {
            shared.under_way.fetch_sub(1, Ordering::Relaxed);
            continue;
        }
        let (shared, tell) = (shared.clone(), tell.clone());
        thread::spawn(move || {
            if let Ok(opened) = answer(stream, &shared) {
                // Where too many wait, this one finds the connection closed and comes again.
                let _ = tell.try_send(opened);
            }
            shared.under_way.fetch_sub(1, Ordering::Relaxed);
        });
    }
}

fn answer(stream: TcpStream, shared: &Shared) -> Result<Opened> {
    stream.set_nonblocking(false).map_err(gone)?;
    stream.set_nodelay(true).map_err(gone)?;
    handshake::answer(stream, &shared.key, &|tag| {
        let secrets = shared.secrets.lock();
        let secrets = secrets.unwrap_or_else(PoisonError::into_inner);
        let mut found = secrets.iter().filter(|known| known.tag == *tag);
        found.next().map(|known| known.secret.clone())
    })
}

//! Calling a device at an address.

use crate::framing::gone;
use crate::handshake::{self, Expecting, Opened};
use cairn_core::error::{Error, Result};
use std::io::ErrorKind;
use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::thread;
use std::time::{Duration, Instant};

/// How long a connection may take to stand.
const CONNECT_TIME: Duration = Duration::from_secs(5);

/// How long is tried again where nobody listens: the other side may be about to.
const PATIENCE: Duration = Duration::from_secs(2);

/// Between two tries.
const PAUSE: Duration = Duration::from_millis(100);

/// Whom to call, and by what they are known.
pub use crate::handshake::Expecting as Call;

/// Calls the device that listens at `address` (`HOST:PORT`), with this device's X25519 key. A key that the listener does
/// not have is no end: it is called again as anybody.
///
/// # Errors
/// [`Error::Usage`] for what is no address, [`Error::InvitationUnknown`] where the other device did not make the
/// invitation, [`Error::Unreachable`].
pub fn dial(address: &str, key: &[u8; 32], expecting: Expecting) -> Result<Opened> {
    match handshake::call(connect(address)?, key, expecting) {
        Err(Error::NotKnown) => handshake::call(connect(address)?, key, Expecting::Anybody),
        called => called,
    }
}

fn connect(address: &str) -> Result<TcpStream> {
    let has_port = address
        .rsplit_once(':')
        .map(|(_, port)| port.parse::<u16>());
    if !matches!(has_port, Some(Ok(_))) {
        return Err(Error::Usage { what: "peer" });
    }
    let by = Instant::now() + PATIENCE;
    loop {
        let found: Vec<SocketAddr> = address.to_socket_addrs().map_err(gone)?.collect();
        let mut refused = false;
        for address in &found {
            match TcpStream::connect_timeout(address, CONNECT_TIME) {
                Ok(stream) => {
                    stream.set_nodelay(true).map_err(gone)?;
                    return Ok(stream);
                }
                Err(error) => refused |= error.kind() == ErrorKind::ConnectionRefused,
            }
        }
        if !refused || Instant::now() >= by {
            return Err(Error::Unreachable);
        }
        thread::sleep(PAUSE);
    }
}

//! A mail server on loopback that speaks RFC 5321 and misbehaves as it is told.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// How a connection goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// As it should.
    Good,
    /// Says nothing for longer than a client waits.
    Silent,
    /// `451` to the recipient: try later.
    Busy,
    /// `550` to the recipient: never.
    Refuses,
    /// Takes the letter and breaks the line instead of answering.
    TakesAndBreaks,
}

/// The server and what it has taken.
#[derive(Clone)]
pub(crate) struct Sink {
    pub(crate) address: SocketAddr,
    taken: Arc<Mutex<Vec<String>>>,
    manners: Arc<Mutex<VecDeque<Manner>>>,
}

impl Sink {
    /// Listens; each connection takes the next manner, and when none is left they are good.
    pub(crate) async fn open(manners: &[Manner]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let sink = Self {
            address: listener.local_addr().unwrap(),
            taken: Arc::default(),
            manners: Arc::new(Mutex::new(manners.iter().copied().collect())),
        };
        let own = sink.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let manner = own.manners.lock().unwrap().pop_front().unwrap_or(Manner::Good);
                let taken = own.taken.clone();
                // A client that goes away in the middle ends the conversation.
                tokio::spawn(async move { serve(stream, manner, taken).await.ok() });
            }
        });
        sink
    }

    /// The letters taken, each as it came.
    pub(crate) fn letters(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }
}

/// The value of a header of a letter.
pub(crate) fn header<'a>(letter: &'a str, name: &str) -> &'a str {
    letter.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap_or("")
}

async fn serve(stream: TcpStream, manner: Manner, taken: Arc<Mutex<Vec<String>>>) -> std::io::Result<()> {
    if manner == Manner::Silent {
        tokio::time::sleep(Duration::from_secs(30)).await;
    }
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    writer.write_all(b"220 sink ESMTP\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let verb = line.split([' ', ':']).next().unwrap_or("").to_ascii_uppercase();
        let answer: &[u8] = match (verb.as_str(), manner) {
            ("EHLO" | "HELO", _) => b"250 sink\r\n",
            ("RCPT", Manner::Busy) => b"451 try again later\r\n",
            ("RCPT", Manner::Refuses) => b"550 no such mailbox\r\n",
            ("DATA", _) => {
                writer.write_all(b"354 go on\r\n").await?;
                let mut letter = String::new();
                while let Some(line) = lines.next_line().await?.filter(|line| line != ".") {
                    letter.push_str(&line);
                    letter.push('\n');
                }
                taken.lock().unwrap().push(letter);
                if manner == Manner::TakesAndBreaks {
                    return Ok(());
                }
                b"250 taken\r\n"
            }
            ("QUIT", _) => {
                writer.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => b"250 well\r\n",
        };
        writer.write_all(answer).await?;
    }
    Ok(())
}

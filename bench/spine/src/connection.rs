//! One HTTP/1.1 connection that is kept open.

use crate::Failure;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use std::net::{Ipv4Addr, SocketAddr};
use tokio::net::TcpSocket;

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
    pub(crate) cookies: Vec<String>,
    pub(crate) body: Bytes,
}

/// A connection to one listener on loopback; opened again when the peer closed it.
pub(crate) struct Connection {
    port: u16,
    from: Ipv4Addr,
    sender: Option<SendRequest<Full<Bytes>>>,
}

impl Connection {
    /// A connection to `port`, from the loopback address `from` (the platform limits sign-ins per address).
    pub(crate) fn new(port: u16, from: Ipv4Addr) -> Self {
        Self { port, from, sender: None }
    }

    pub(crate) async fn get(&mut self, path: &str, cookies: &str) -> Result<Answer, Failure> {
        self.send(Method::GET, path, cookies, None).await
    }

    pub(crate) async fn post(&mut self, path: &str, cookies: &str, form: String) -> Result<Answer, Failure> {
        self.send(Method::POST, path, cookies, Some(form)).await
    }

    async fn send(
        &mut self,
        method: Method,
        path: &str,
        cookies: &str,
        form: Option<String>,
    ) -> Result<Answer, Failure> {
        let host = format!("127.0.0.1:{}", self.port);
        let mut request =
            Request::builder().method(method).uri(path).header(HOST, &host).header(COOKIE, cookies);
        if form.is_some() {
            request = request
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(ORIGIN, format!("http://{host}"));
        }
        let request = request.body(Full::new(Bytes::from(form.unwrap_or_default())))?;
        let answer = self.sender().await?.send_request(request).await?;
        let header = |name| answer.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        let cookies = answer.headers().get_all(SET_COOKIE).iter();
        let cookies = cookies.filter_map(|v| Some(v.to_str().ok()?.split(';').next()?.to_owned())).collect();
        let (status, location) = (answer.status(), header(LOCATION));
        let body = answer.into_body().collect().await?.to_bytes();
        Ok(Answer { status, location, cookies, body })
    }

    async fn sender(&mut self) -> Result<&mut SendRequest<Full<Bytes>>, Failure> {
        let ready = match &mut self.sender {
            Some(sender) => sender.ready().await.is_ok(),
            None => false,
        };
        if !ready {
            let socket = TcpSocket::new_v4()?;
            socket.bind(SocketAddr::from((self.from, 0)))?;
            let stream = socket.connect(SocketAddr::from((Ipv4Addr::LOCALHOST, self.port))).await?;
            stream.set_nodelay(true)?;
            let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
            tokio::spawn(connection);
            self.sender = Some(sender);
        }
        self.sender.as_mut().ok_or_else(|| "no connection".into())
    }
}

//! Carries requests: without cookies, without following redirects, without cache, and never longer than a worker lives.

use gloo_net::http::{Method as GlooMethod, RequestBuilder};
use web_sys::{AbortSignal, ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect};

use crate::http::{Answer, Exchange, Method, NoAnswer, Request};

/// A worker is stopped when an answer takes longer than 30 s; a request that was given up is settled like any other
/// without an answer.
const TIMEOUT_MILLISECONDS: u32 = 25_000;

/// Sends a request and reads its whole answer.
pub(super) async fn send(request: &Request) -> Exchange {
    perform(request).await.map_err(|_| NoAnswer)
}

async fn perform(request: &Request) -> Result<Answer, gloo_net::Error> {
    let signal = AbortSignal::timeout_with_u32(TIMEOUT_MILLISECONDS);
    let mut builder = RequestBuilder::new(&request.url)
        .method(method(request.method))
        .credentials(RequestCredentials::Omit)
        .redirect(RequestRedirect::Error)
        .cache(RequestCache::NoStore)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(Some(&signal));
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    let ready = match &request.body {
        Some(body) => builder.body(body.as_str())?,
        None => builder.build()?,
    };
    let response = ready.send().await?;
    Ok(Answer {
        status: response.status(),
        headers: response.headers().entries().collect(),
        body: response.text().await?,
    })
}

fn method(method: Method) -> GlooMethod {
    match method {
        Method::Get => GlooMethod::GET,
        Method::Post => GlooMethod::POST,
        Method::Put => GlooMethod::PUT,
    }
}

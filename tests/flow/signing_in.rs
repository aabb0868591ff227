//! Signing in: tenants, accounts, and what an API or the sign-in server wants beside a password.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use punchout::capture::{Action, Event, NoticeCode, Renewal, SignIn, Task};
use punchout::http::Answer;
use punchout::oauth::ApiName;

use crate::browser::Browser;
use crate::given::a_reviewed_cart;

const CLAIMS: &str = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;

fn notice(browser: &Browser) -> Option<NoticeCode> {
    match &browser.world.desk.sign_in {
        SignIn::SignedOut { notice } => notice.as_ref().map(|notice| notice.code),
        _ => None,
    }
}

/// What the window's address asks, by name.
fn asked(browser: &Browser, name: &str) -> Option<String> {
    let (_, query) = browser.window_url.split_once('?')?;
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let mut found = pairs.filter(|(field, _)| *field == name);
    found.next().map(|(_, value)| value.to_owned())
}

fn renewal_meets(body: &str) -> Browser {
    let mut browser = a_reviewed_cart(5);
    let exchange = Ok(Answer {
        status: 400,
        headers: Vec::new(),
        body: body.to_owned(),
    });
    let SignIn::SignedIn { session } = &browser.world.desk.sign_in else {
        panic!("a session");
    };
    let task = Task::Renew(Renewal {
        api: ApiName::BusinessCentral,
        session: session.begun_at,
    });
    browser.hear(Event::Answered { task, exchange });
    browser
}

#[test]
fn a_claims_challenge_asks_the_buyer_and_the_next_window_asks_for_the_claims() {
    let mut browser = a_reviewed_cart(5);
    let header = format!(
        "Bearer error=\"insufficient_claims\", claims=\"{}\"",
        BASE64_STANDARD.encode(CLAIMS)
    );
    let exchange = Ok(Answer {
        status: 401,
        headers: vec![("www-authenticate".to_owned(), header)],
        body: String::new(),
    });
    let task = Task::Companies;
    browser.hear(Event::Answered { task, exchange });
    assert_eq!(notice(&browser), Some(NoticeCode::StepUpNeeded));
    assert_eq!(browser.windows_opened, 0, "nothing pops up unasked");
    browser.act(Action::SignIn);
    let claims = asked(&browser, "claims").expect("claims");
    assert!(claims.contains("acrs"), "{claims}");
}

#[test]
fn a_renewal_that_needs_a_further_factor_asks_for_it_with_the_servers_claims() {
    let body = serde_json::json!({
        "error": "invalid_grant", "error_description": "AADSTS50076: words", "claims": CLAIMS,
    });
    let mut browser = renewal_meets(&body.to_string());
    assert_eq!(notice(&browser), Some(NoticeCode::StepUpNeeded));
    browser.act(Action::SignIn);
    assert!(asked(&browser, "claims").is_some());
}

#[test]
fn a_blocked_renewal_is_told_and_not_tried_again_by_itself() {
    let body = r#"{"error":"invalid_grant","error_description":"AADSTS50196: loop"}"#;
    let mut browser = renewal_meets(body);
    assert_eq!(notice(&browser), Some(NoticeCode::SignInLoop));
    browser.hear(Event::Woken);
    browser.wait();
    assert_eq!(browser.windows_opened, 0, "a loop is not fed");
}

#[test]
fn another_account_is_asked_for_without_a_hint_of_the_last() {
    let mut browser = a_reviewed_cart(5);
    let preferences = &mut browser.world.journal.preferences;
    preferences.username = Some("buyer@contoso.example".to_owned());
    preferences.tenant = Some("contoso".to_owned());
    browser.act(Action::SwitchAccount);
    assert_eq!(browser.windows_opened, 1);
    assert_eq!(asked(&browser, "login_hint"), None);
    assert_eq!(browser.world.journal.preferences.tenant, None);
}

#[test]
fn an_account_that_does_not_belong_here_is_no_hint_for_the_next_try() {
    let body = r#"{"error":"invalid_grant","error_description":"AADSTS50020: words"}"#;
    let mut browser = renewal_meets(body);
    assert_eq!(notice(&browser), Some(NoticeCode::WrongTenant));
    browser.act(Action::SignIn);
    assert_eq!(asked(&browser, "login_hint"), None);
}

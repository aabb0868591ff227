use std::time::Duration;

/// What a token must be to be accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The issuer's address, below which `/.well-known/openid-configuration` lies.
    ///
    /// For Microsoft Entra ID `https://login.microsoftonline.com/{tenant}/v2.0` (version 2 tokens) or
    /// `https://sts.windows.net/{tenant}/` (version 1). With `organizations` for the tenant, tokens of every
    /// organisation's tenant are accepted. It must be `https`, or `http` on the loopback interface.
    pub issuer: String,
    /// The accepted values of `aud`: the API's application id, its application id URI, or both.
    pub audiences: Vec<String>,
    /// The scope (`scp` or `scope`) that a token must carry.
    ///
    /// Set it where the client and the API share one app registration: an ID token has the same audience there, but
    /// never a scope.
    pub required_scope: Option<String>,
    /// How far the issuer's clock and this machine's may differ when `exp` and `nbf` are judged.
    pub leeway: Duration,
    /// The age at which the issuer's keys are read again. They serve for twice this long when the issuer is out of
    /// reach, and not longer.
    pub key_max_age: Duration,
    /// The shortest time between two readings of the keys, so that invented key ids cannot make this service
    /// flood the issuer.
    pub key_refresh_interval: Duration,
}

impl Settings {
    /// Settings with one audience, no required scope, a minute of leeway, keys read again once a day and at most once
    /// in five minutes.
    #[must_use]
    pub fn new(issuer: impl Into<String>, audience: impl Into<String>) -> Self {
        Self {
            issuer: issuer.into(),
            audiences: vec![audience.into()],
            required_scope: None,
            leeway: Duration::from_secs(60),
            key_max_age: Duration::from_hours(24),
            key_refresh_interval: Duration::from_mins(5),
        }
    }
}

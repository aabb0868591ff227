//! The issuer's name as its metadata publish it, which Entra ID's multi-tenant endpoints give as a template.

/// Where the tenant's id stands in the metadata of Entra ID's `organizations` and `common`.
const TENANT: &str = "{tenantid}";

/// The pattern that `iss` must follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Issuer(String);

impl Issuer {
    /// Accepts what the metadata publish if it is the configured issuer, or a template that the configured issuer
    /// follows with one path segment (`organizations`) in the tenant's place.
    ///
    /// A trailing slash that is missing or too many in the configuration is forgiven; in tokens it is not.
    pub(crate) fn published(published: &str, configured: &str) -> Option<Self> {
        let bare = published.trim_end_matches('/');
        let configured = configured.trim_end_matches('/');
        let follows = match bare.split_once(TENANT) {
            None => bare == configured,
            Some((before, after)) => configured
                .strip_prefix(before)
                .and_then(|rest| rest.strip_suffix(after))
                .is_some_and(|segment| !segment.is_empty() && !segment.contains('/')),
        };
        follows.then(|| Self(published.to_owned()))
    }

    /// Whether a token's `iss` is this issuer, with the token's own tenant where the issuer is a template.
    pub(crate) fn is(&self, iss: &str, tenant: Option<&str>) -> bool {
        matches_template(&self.0, iss, tenant)
    }
}

/// Whether `iss` is the template filled with the tenant, which must be an id: a name could be chosen by anyone.
pub(crate) fn matches_template(template: &str, iss: &str, tenant: Option<&str>) -> bool {
    if !template.contains(TENANT) {
        return template == iss;
    }
    tenant
        .filter(|tenant| uuid::Uuid::try_parse(tenant).is_ok())
        .is_some_and(|tenant| template.replace(TENANT, tenant) == iss)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TENANT_ID: &str = "11111111-2222-3333-4444-555555555555";
    const TEMPLATE: &str = "https://login.example/{tenantid}/v2.0";

    #[test]
    fn a_plain_issuer_must_be_the_configured_one() {
        assert!(Issuer::published("https://a.example", "https://a.example/").is_some());
        assert_eq!(
            Issuer::published("https://b.example", "https://a.example"),
            None
        );
    }

    #[test]
    fn a_template_serves_a_configured_issuer_with_one_segment_in_the_tenants_place() {
        assert!(Issuer::published(TEMPLATE, "https://login.example/organizations/v2.0").is_some());
        assert_eq!(
            Issuer::published(TEMPLATE, "https://login.example/a/b/v2.0"),
            None
        );
        assert_eq!(
            Issuer::published(TEMPLATE, "https://login.example/organizations"),
            None
        );
        assert_eq!(
            Issuer::published(TEMPLATE, "https://evil.example/organizations/v2.0"),
            None
        );
    }

    #[test]
    fn a_token_of_a_template_names_its_own_tenant_by_id() {
        let issuer = Issuer::published(TEMPLATE, "https://login.example/common/v2.0").unwrap();
        let iss = format!("https://login.example/{TENANT_ID}/v2.0");
        assert!(issuer.is(&iss, Some(TENANT_ID)));
        assert!(!issuer.is(&iss, None));
        assert!(!issuer.is(&iss, Some("99999999-2222-3333-4444-555555555555")));
        assert!(!issuer.is("https://login.example/common/v2.0", Some("common")));
    }

    #[test]
    fn a_trailing_slash_counts_in_a_token() {
        let issuer = Issuer::published("https://sts.example/x/", "https://sts.example/x").unwrap();
        assert!(issuer.is("https://sts.example/x/", None));
        assert!(!issuer.is("https://sts.example/x", None));
    }
}

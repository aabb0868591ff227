//! What an administrator configures: who signs people in, which Business Central, which credit service.

use serde::{Deserialize, Serialize};

use crate::json;
use crate::oauth::{Api, ApiName, Authority};

/// One deployment, as `deployment.json` beside the extension's manifest states it, with the values that managed policy
/// or the buyer's own settings put over it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deployment {
    /// Authorization endpoint; `{tenant}` stands for the tenant.
    pub authorization_endpoint: String,
    /// Token endpoint; `{tenant}` stands for the tenant.
    pub token_endpoint: String,
    /// Tenant id or domain, or `organizations`.
    pub tenant: String,
    /// The application registered for this extension; blank until an administrator registered one.
    pub client_id: String,
    /// The OpenID Connect `prompt` of a sign-in without a known account, for example `select_account`; absent where the
    /// server does not know such a prompt.
    #[serde(default)]
    pub first_prompt: Option<String>,
    /// Business Central.
    pub business_central: BusinessCentral,
    /// The credit service; `null` where no credits are used.
    pub credits: Option<Credits>,
}

/// Where Business Central is, and what its tokens need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BusinessCentral {
    /// Address before the environment.
    pub base: String,
    /// Environment, for example `production`.
    pub environment: String,
    /// What tokens need.
    pub api: Api,
}

/// Where the credit service is, and what its tokens need.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credits {
    /// Address before `/v1`.
    pub base: String,
    /// What tokens need.
    pub api: Api,
}

/// Values that managed policy or the buyer's settings put over the deployment. Addresses are not among them: the
/// extension's permissions and content security policy name those when it is built.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Overrides {
    /// Instead of [`Deployment::tenant`].
    pub tenant: Option<String>,
    /// Instead of [`Deployment::client_id`].
    pub client_id: Option<String>,
    /// Instead of [`BusinessCentral::environment`].
    pub environment: Option<String>,
}

/// What Microsoft Entra calls every tenant at once.
const SHARED_TENANTS: [&str; 3] = ["organizations", "common", "consumers"];

/// How the authorization endpoints of Microsoft Entra end; beside them is the page for administrators.
const ENTRA_AUTHORIZE: &str = "/oauth2/v2.0/authorize";

/// Why a deployment cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeploymentError {
    /// The file is not what it should be.
    #[error("deployment.json cannot be read: {0}")]
    Unreadable(String),
    /// An endpoint is no address.
    #[error("deployment.json: `{0}` is not a URL")]
    NotAUrl(String),
}

impl Deployment {
    /// Reads `deployment.json`.
    ///
    /// # Errors
    /// [`DeploymentError::Unreadable`] with the place and the reason.
    pub fn from_json(text: &str) -> Result<Self, DeploymentError> {
        json::read_strictly(text).map_err(|error| DeploymentError::Unreadable(error.to_string()))
    }

    /// The deployment with `overrides` put over it; blank values count as not given.
    #[must_use]
    pub fn with(mut self, overrides: &Overrides) -> Self {
        let put = |place: &mut String, value: &Option<String>| {
            if let Some(value) = value
                .as_deref()
                .map(str::trim)
                .filter(|value| !value.is_empty())
            {
                value.clone_into(place);
            }
        };
        put(&mut self.tenant, &overrides.tenant);
        put(&mut self.client_id, &overrides.client_id);
        put(
            &mut self.business_central.environment,
            &overrides.environment,
        );
        self
    }

    /// Whether an application is registered.
    #[must_use]
    pub fn is_configured(&self) -> bool {
        !self.client_id.is_empty()
    }

    /// The authority of this deployment's tenant.
    ///
    /// # Errors
    /// [`DeploymentError::NotAUrl`] where an endpoint is none.
    pub fn authority(&self) -> Result<Authority, DeploymentError> {
        self.authority_in(&self.tenant)
    }

    /// Whether people of any tenant may sign in, so that the tenant is known only after the first time.
    #[must_use]
    pub fn is_multi_tenant(&self) -> bool {
        SHARED_TENANTS.contains(&self.tenant.as_str())
    }

    /// The authority of a tenant. Guests, and applications of one tenant, must name theirs.
    ///
    /// # Errors
    /// [`DeploymentError::NotAUrl`] where an endpoint is none.
    pub fn authority_in(&self, tenant: &str) -> Result<Authority, DeploymentError> {
        let url = |template: &str| template.replace("{tenant}", tenant);
        let not_a_url = |text: &str| DeploymentError::NotAUrl(url(text));
        Ok(Authority {
            authorization_endpoint: oauth2::AuthUrl::new(url(&self.authorization_endpoint))
                .map_err(|_| not_a_url(&self.authorization_endpoint))?,
            token_endpoint: oauth2::TokenUrl::new(url(&self.token_endpoint))
                .map_err(|_| not_a_url(&self.token_endpoint))?,
            client_id: oauth2::ClientId::new(self.client_id.clone()),
            first_prompt: self.first_prompt.clone(),
            business_central: self.business_central.api.clone(),
            credits: self.credits.as_ref().map(|credits| credits.api.clone()),
        })
    }

    /// Where an administrator allows the application for everybody in the tenant; `None` for a sign-in server that has
    /// no such page.
    #[must_use]
    pub fn admin_consent_url(&self, tenant: &str, redirect_uri: &str) -> Option<String> {
        let place = self.authorization_endpoint.strip_suffix(ENTRA_AUTHORIZE)?;
        let place = place.replace("{tenant}", tenant);
        let mut url = oauth2::url::Url::parse(&format!("{place}/adminconsent")).ok()?;
        url.query_pairs_mut()
            .append_pair("client_id", &self.client_id)
            .append_pair("redirect_uri", redirect_uri);
        Some(url.into())
    }

    /// Whether this deployment uses an API.
    #[must_use]
    pub fn uses(&self, api: ApiName) -> bool {
        api == ApiName::BusinessCentral || self.credits.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deployment(tenant: &str) -> Deployment {
        let text = serde_json::json!({
            "authorization_endpoint": "https://login.example/{tenant}/oauth2/v2.0/authorize",
            "token_endpoint": "https://login.example/{tenant}/oauth2/v2.0/token",
            "tenant": tenant, "client_id": "a b",
            "business_central": {"base": "https://bc.example", "environment": "e", "api": {"scopes": ["s"]}},
            "credits": null
        });
        Deployment::from_json(&text.to_string()).unwrap()
    }

    #[test]
    fn the_page_for_administrators_stands_beside_the_authorization_endpoint() {
        let url =
            deployment("organizations").admin_consent_url("contoso.example", "https://x.example/");
        let expected = "https://login.example/contoso.example/adminconsent?client_id=a+b&redirect_uri=https%3A%2F%2Fx.example%2F";
        assert_eq!(url.as_deref(), Some(expected));
        let other = Deployment {
            authorization_endpoint: "https://login.example/authorize".to_owned(),
            ..deployment("t")
        };
        assert_eq!(other.admin_consent_url("t", "https://x.example/"), None);
    }

    #[test]
    fn many_tenants_are_told_from_one() {
        assert!(deployment("organizations").is_multi_tenant());
        assert!(!deployment("contoso.example").is_multi_tenant());
        let authority = deployment("organizations").authority_in("contoso").unwrap();
        let endpoint = "https://login.example/contoso/oauth2/v2.0/token";
        assert_eq!(authority.token_endpoint.as_str(), endpoint);
    }
}

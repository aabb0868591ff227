//! The host and path of an address.

/// An address that is not of a page on the web.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an address of a page: write it as https://www.example.com/cart")]
pub struct NotAnAddress(pub String);

/// Host (without port, small letters) and path (without query) of an `http` or `https` address.
///
/// # Errors
///
/// When it is not such an address.
pub fn host_and_path(url: &str) -> Result<(String, String), NotAnAddress> {
    let wrong = || NotAnAddress(url.to_owned());
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
        .ok_or_else(wrong)?;
    let before_query = rest.split(['?', '#']).next().unwrap_or_default();
    let (authority, path) = match before_query.split_once('/') {
        Some((authority, path)) => (authority, format!("/{path}")),
        None => (before_query, "/".to_owned()),
    };
    let host = authority.rsplit('@').next().unwrap_or_default();
    let host = host
        .split(':')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    if host.is_empty() {
        Err(wrong())
    } else {
        Ok((host, path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn port_query_and_case_are_left_out() {
        let of = |url: &str| host_and_path(url).unwrap();
        assert_eq!(
            of("https://WWW.Example.com:8443/Cart?x=1#y"),
            ("www.example.com".into(), "/Cart".into())
        );
        assert_eq!(
            of("http://shop.example"),
            ("shop.example".into(), "/".into())
        );
        assert!(host_and_path("file:///etc/hosts").is_err());
        assert!(host_and_path("https:///cart").is_err());
    }
}

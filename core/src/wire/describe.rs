//! What a console or a notebook shows of an instance and of a bound actor: no personal data, and nothing secret.

use crate::context::Actor;
use crate::tenantry::Tenantry;
use alloc::format;
use alloc::string::{String, ToString};

/// `<Tenantry: 2 organizations, 20,000 users>`: tombstones count as users until their purge.
#[must_use]
pub fn describe(tenantry: &Tenantry) -> String {
    let state = &tenantry.state;
    if !state.is_whole() {
        return String::from("<Tenantry: the rows of one request>");
    }
    let (organizations, users) = state.counts();
    format!("<Tenantry: {}, {}>", counted(organizations, "organization"), counted(users, "user"))
}

/// `<Acting system org_demo/test>`: who acts, and where.
#[must_use]
pub fn describe_actor(actor: &Actor) -> String {
    let who = match actor {
        Actor::System { .. } => String::from("system"),
        Actor::Account { user_id, .. } => format!("account {user_id}"),
        Actor::AccessKey(_) => String::from("access_key"),
        Actor::RegisteredUser { registered_user_id, .. } => format!("registered_user {registered_user_id}"),
        Actor::Anonymous => String::from("anonymous"),
    };
    match (actor.organization_id(), actor.environment()) {
        (Some(organization), Some(environment)) => {
            format!("<Acting {who} {}/{}>", organization.as_str(), environment.as_str())
        }
        (Some(organization), None) => format!("<Acting {who} {}>", organization.as_str()),
        (None, _) => format!("<Acting {who}>"),
    }
}

/// `20,000 users`.
fn counted(count: usize, noun: &str) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    let plural = if count == 1 { "" } else { "s" };
    format!("{out} {noun}{plural}")
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn numbers_have_commas_and_nouns_a_plural() {
        let written = [0, 1, 999, 1000, 20_000, 1_234_567].map(|count| counted(count, "user"));
        assert_eq!(written, ["0 users", "1 user", "999 users", "1,000 users", "20,000 users", "1,234,567 users"]);
    }
}

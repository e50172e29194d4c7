//! What erasing effects ask for, on the table of events.

use crate::database::{Database, Parameter};
use crate::error::Error;
use crate::rows::stream_id;
use tenantry::{Effect, EffectBody, Event, RegisteredUserId};

/// Carries out an effect of [`Write::erasures`](crate::Write::erasures), in the transaction of the command that has it.
///
/// # Errors
/// Those of the database.
pub fn erase<D: Database>(db: &mut D, effect: &Effect) -> Result<(), Error> {
    match &effect.body {
        EffectBody::RedactUser { registered_user_id } => {
            let own = "stream_kind = 'registered_user' AND stream_id = $1";
            rewrite(db, own, &registered_user_id.to_string(), Event::redact)
        }
        EffectBody::RedactAccount { user_id } => {
            let own = "stream_kind = 'account' AND stream_id = $1";
            rewrite(db, own, &user_id.to_string(), Event::redact)
        }
        EffectBody::PurgeUser { registered_user_id } => purge(db, *registered_user_id),
        _ => Ok(()),
    }
}

/// Deletes every trace of a user except the record of the purge. What still waits in the outbox goes, too: the token with
/// which it would have been done elsewhere is to be erased now.
fn purge<D: Database>(db: &mut D, registered_user_id: RegisteredUserId) -> Result<(), Error> {
    let user = registered_user_id.to_string();
    let run = |db: &mut D, sql: &str| db.run(sql, &[Parameter::Text(&user)]).map(drop);
    run(
        db,
        "DELETE FROM tenantry_events
         WHERE stream_kind = 'registered_user' AND stream_id = $1 AND name <> 'registered_user_purged'",
    )?;
    rewrite(db, "acting_user = $1 OR linked_by = $1", &user, |event| event.forget(registered_user_id))?;
    run(db, "UPDATE tenantry_events SET acting_user = NULL WHERE acting_user = $1")?;
    run(db, "UPDATE tenantry_events SET linked_by = NULL WHERE linked_by = $1")?;
    run(db, "DELETE FROM tenantry_outbox WHERE registered_user_id = $1")
}

fn rewrite<D: Database>(db: &mut D, which: &str, id: &str, change: impl Fn(&mut Event)) -> Result<(), Error> {
    let found = db.run(&format!("SELECT event FROM tenantry_events WHERE {which}"), &[Parameter::Text(id)])?;
    for mut row in found {
        let mut event = Event::from_json(&row.text(0)?).map_err(Error::database)?;
        change(&mut event);
        db.run(
            "UPDATE tenantry_events SET event = $1 WHERE stream_kind = $2 AND stream_id = $3 AND sequence = $4",
            &[
                Parameter::Text(&event.to_json()),
                Parameter::Text(event.stream.kind()),
                Parameter::Text(&stream_id(&event.stream)),
                Parameter::Integer(i64::try_from(event.sequence).map_err(Error::database)?),
            ],
        )?;
    }
    Ok(())
}

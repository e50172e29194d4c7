// What erasing effects ask for, on the table of events.
import { redact } from "tenantry";
import { textOf } from "./rows.js";

// Carries out an effect, in the transaction of the command that has it.
function* erase({ effect, registered_user_id, user_id }) {
  if (effect === "purge_user") yield* purge(registered_user_id);
  else if (effect === "redact_account") yield* rewrite("stream_kind = 'account' AND stream_id = ?", [user_id], redact);
  else yield* rewrite("stream_kind = 'registered_user' AND stream_id = ?", [registered_user_id], redact);
}

// Deletes every trace of a user except the record of the purge. What still waits in the outbox goes, too: the token with which
// it would have been done elsewhere is to be erased now.
function* purge(user) {
  const withoutUser = (event) => {
    if (event.actor.registered_user_id === user) event.actor.registered_user_id = null;
    if (event.linked_by === user) event.linked_by = null;
    return event;
  };
  const own = "stream_kind = 'registered_user' AND stream_id = ? AND name <> 'registered_user_purged'";
  yield { sql: `DELETE FROM tenantry_events WHERE ${own}`, parameters: [user] };
  yield* rewrite("acting_user = ? OR linked_by = ?", [user, user], withoutUser);
  yield { sql: "UPDATE tenantry_events SET acting_user = NULL WHERE acting_user = ?", parameters: [user] };
  yield { sql: "UPDATE tenantry_events SET linked_by = NULL WHERE linked_by = ?", parameters: [user] };
  yield { sql: "DELETE FROM tenantry_outbox WHERE registered_user_id = ?", parameters: [user] };
}

function* rewrite(where, parameters, change) {
  const its = "stream_kind = ? AND stream_id = ? AND sequence = ?";
  const found = yield { sql: `SELECT stream_kind, stream_id, sequence, event FROM tenantry_events WHERE ${where}`, parameters };
  for (const { stream_kind, stream_id, sequence, event } of found) {
    const changed = textOf(change(JSON.parse(event)));
    yield { sql: `UPDATE tenantry_events SET event = ? WHERE ${its}`, parameters: [changed, stream_kind, stream_id, sequence] };
  }
}

export { erase };

// The one statement that reads all rows that are wanted.

const COLUMNS = "SELECT key, revision, body, CAST(NULL AS bigint) AS due FROM tenantry_rows WHERE";

// The first of the rows that are due, and all that are due at the same instant as the last of them.
const DUE = `SELECT key, revision, body, next_due_at AS due FROM tenantry_rows WHERE next_due_at <= coalesce(
    (SELECT next_due_at FROM tenantry_rows WHERE next_due_at <= ? ORDER BY next_due_at LIMIT 1 OFFSET ?), ?)`;

// The rows of keys, by their texts, as they are at one moment; `among` is the condition that a key is among those `given`.
function* read(keys, portion, among, given) {
  const selects = [];
  const parameters = [];
  const plain = [];
  for (const [text, key] of keys) {
    if (key[0] === "range") {
      const { sql, wanted } = inRange(...key.slice(1));
      selects.push(sql);
      parameters.push(...wanted);
    } else if (key[0] === "due") {
      const until = Date.parse(key[1]);
      selects.push(DUE);
      parameters.push(until, portion - 1, until);
    } else {
      plain.push(text);
    }
  }
  if (plain.length > 0) {
    selects.push(`${COLUMNS} ${among}`);
    parameters.push(given(plain));
  }
  return yield { sql: selects.join(" UNION ALL "), parameters };
}

// The rows that stand next to each other in a list.
function inRange(kind, organizationId, environment, after, limit) {
  // The kind is one of the core's words, and stands in the text for the index that serves it alone.
  let where = `kind = '${kind}'`;
  const parameters = [];
  // What is null is not looked at. No id is empty, and none holds a NUL, which PostgreSQL would not take.
  const wanted = { "organization_id =": organizationId, "environment =": environment, "place >": (after ?? "").split("\0")[0] };
  for (const [column, value] of Object.entries(wanted)) {
    if (value === null) continue;
    where += ` AND ${column} ?`;
    parameters.push(value);
  }
  return { sql: `SELECT * FROM (${COLUMNS} ${where} ORDER BY place LIMIT ?) AS listed`, wanted: [...parameters, limit] };
}

export { read };

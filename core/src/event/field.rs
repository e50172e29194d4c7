//! What the fields of events mean. A field of one name means the same in every event.

macro_rules! field_doc {
    (cause) => {
        "Why the credential has its current status (CR-1)."
    };
    (changes) => {
        "What changed, with the new values; emptied when the event is redacted (RU-12, AC-11)."
    };
    (code) => {
        "D-1's code of the first check that failed."
    };
    (connector) => {
        "The connector, by its slug."
    };
    (connectors) => {
        "Its current connectors, sorted by slug."
    };
    (custom_groupings) => {
        "The customer's own attributes of the user; emptied by redaction (RU-12)."
    };
    (due_at) => {
        "The instant at which this took effect, swept or not; the event's `at` is when it was written (T-2)."
    };
    (email) => {
        "The address as it was given; none where redacted (AC-11)."
    };
    (expires_at) => {
        "The first instant at which it is no longer valid (T-1); none where it does not expire."
    };
    (external_account_id) => {
        "The account at the third party, as the host reported it."
    };
    (external_id) => {
        "The host's own id of the account, unique in its organization (AC-7); none where not given, or redacted (AC-11)."
    };
    (generation) => {
        "How often this owner was granted this connector: 1 when granted first (CR-4)."
    };
    (group_id) => {
        "The group."
    };
    (group_ids) => {
        "The groups whose members the pack serves, sorted: none is everybody, an empty list nobody (TP-6)."
    };
    (link_session_id) => {
        "The link session."
    };
    (linked_by) => {
        "The registered user who has linked it (CR-4); null after that user's purge (RU-13)."
    };
    (max_uses) => {
        "How many accounts the token admits; none is unlimited (AC-4)."
    };
    (metadata) => {
        "The host's own object, at most 16 KiB (AC-7); none where not given, or redacted (AC-11)."
    };
    (method) => {
        "How the end user is brought to the third party."
    };
    (name) => {
        "What it is called from now on."
    };
    (origin_company_id) => {
        "The customer's own id of the company."
    };
    (origin_company_name) => {
        "What the company is called from now on."
    };
    (origin_user_email) => {
        "The user's address; none where not given, or redacted (RU-12)."
    };
    (origin_user_id) => {
        "The customer's own id of the user; none for a test user without one, or redacted (RU-12)."
    };
    (origin_user_name) => {
        "What the user is called; none where not given, or redacted (RU-12)."
    };
    (owner) => {
        "Whose credential it is, or will be."
    };
    (purge_at) => {
        "The first instant at which everything of the user is to be erased (RU-13), unless it is held."
    };
    (reason) => {
        "Why, in the words of whoever asked; at most 255 characters."
    };
    (redacted) => {
        "Whether what is personal was taken out of this event after the deletion of the user or account (RU-12, AC-11)."
    };
    (replaced_external_account_id) => {
        "The account of the live grant that this one replaced, where both are known and differ (CR-4)."
    };
    (resource_id) => {
        "The host's own id of what the account stands for; none where not given, or redacted (AC-11)."
    };
    (result) => {
        "How the call ended."
    };
    (role) => {
        "What the account may do, or the accounts that the token admits."
    };
    (rule) => {
        "Who belongs to the group, as given (TP-5)."
    };
    (secret_digest) => {
        "The SHA-256 of the token's secret, which itself is kept nowhere (P-4)."
    };
    (status) => {
        "Where the account stands now."
    };
    (tool) => {
        "The tool's full name, `connector__tool`."
    };
    (tool_call_id) => {
        "The call, by which it is finished."
    };
    (tool_pack_id) => {
        "The tool pack."
    };
    (tools) => {
        "Its tools as they stand now, sorted."
    };
    (user_id) => {
        "The account that came in by the token."
    };
    (user_type) => {
        "A person or a system."
    };
    (version) => {
        "The version that the command made (M-3)."
    };
}
pub(crate) use field_doc;

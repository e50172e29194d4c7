//! The contract's rules, each held by tests that carry its number; a file for each behaviour, and a
//! line for each file.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test that panics has failed, which is its purpose"
)]

mod ac_10_update;
mod ac_11_delete;
mod ac_1_admin_path;
mod ac_2_self_registration;
mod ac_3_tokens_admit;
mod ac_4_registration_tokens;
mod ac_5_emails_and_names;
mod ac_6_passwords;
mod ac_7_metadata_and_external_ids;
mod ac_8_accounts_as_seen;
mod ac_9_status;
mod c_1_authentication;
mod c_2_permission_table;
mod c_2_what_is_needed;
mod c_3_restricted_keys;
mod c_4_subset_of;
mod c_5_every_field_by_every_type;
mod c_5_order_of_checks;
mod c_6_from_json;
mod c_6_nulls_and_integers;
mod c_6_typed_requests;
mod c_7_management_keys_explain;
mod c_7_may;
mod cr_1_to_7_credentials;
mod cr_2_ended_sessions;
mod cr_4_7_replaced_grants;
mod cr_4_linked_by;
mod cr_5_6_expected_generation;
mod d_1_to_7_decisions;
mod d_3_explain;
mod d_3_groups;
mod d_3_remedies;
mod d_5_preview;
mod d_6_every_way_of_asking;
mod d_7_list_tools;
mod e_1_to_4_journal;
mod e_5_fold_onto;
mod e_6_ids;
mod er_1_unknown_and_duplicate_fields;
mod er_2_hostile_json;
mod er_2_well_formed_json;
mod er_3_foreign_features;
mod h_1_rows_serve_once;
mod h_1_rows_suffice;
mod h_2_lists_on_rows;
mod h_3_bases;
mod hostile;
mod i_1_to_4_random_sequences;
mod i_5_10_11_histories;
mod i_6_7_11_accounts;
mod i_8_foreign_things;
mod ledger;
mod lifecycle_diagrams;
mod lifecycles_walked;
mod m_2_opaque_strings;
mod m_3_versions;
mod minted_ids;
mod p_1_fail_closed;
mod p_2_no_look_up_tells;
mod p_3_random_sequences;
mod p_4_debug_shows_no_personal_data;
mod p_4_secrets_never_come_out;
mod p_5_all_at_once;
mod p_6_answers_have_a_measure;
mod p_6_hosted_instances;
mod ru_10_sessions_do_not_come_back;
mod ru_12_14_deletion;
mod ru_12_redaction;
mod ru_13_purge;
mod ru_15_delete_company;
mod ru_16_retention_hold;
mod ru_1_create_is_get_or_create;
mod ru_2_origin_user_id_is_unique;
mod ru_3_form_of_origin_user_id;
mod ru_4_origin_user_id_never_changes;
mod ru_5_test_users;
mod ru_6_patch_is_a_merge_patch;
mod ru_7_companies_come_by_being_named;
mod ru_9_10_11_deactivation;
mod runs;
mod s_1_2_3_snapshots;
mod s_1_canonical_json;
mod s_2_counters;
mod s_3_formats;
mod s_3_row_format;
mod s_4_revisions;
mod section_10_errors;
mod section_10_usage_errors;
mod section_11_limits;
mod si_1_scenarios_are_read_strictly;
mod si_1_simulation;
mod t_1_over_at_the_instant;
mod t_1_to_4_time;
mod t_2_random_worlds;
mod t_5_instants;
mod t_5_instants_given;
mod tp_1_to_6_catalogue;
mod transcripts;

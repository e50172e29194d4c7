//! I-8, P-2 as a property over pairs of worlds, for every kind of actor.
#![expect(clippy::panic, reason = "a test that panics has failed, which is its purpose")]

use tenantry_proof::interference::{Foreign, KINDS, cases};

#[test]
fn i_8_p_2_what_is_out_of_reach_changes_no_answer() {
    for (kind, (name, foreign)) in KINDS.iter().enumerate() {
        match cases(kind, foreign, 12) {
            Ok((compared, accepted)) => {
                println!("{name}: {compared} answers compared, {accepted} of them no rejections");
                assert!(compared > 200, "{name}: hardly anything was asked");
            }
            Err(differ) => panic!("{differ}"),
        }
    }
}

/// Strangers who do not keep out of the actor's sight are found.
#[test]
fn i_8_what_is_within_reach_changes_answers() {
    let within: [(usize, &'static [Foreign]); 6] = [
        (0, &[Foreign::Users]),
        (2, &[Foreign::Packs]),
        (3, &[Foreign::Users]),
        (7, &[Foreign::Accounts]),
        (8, &[Foreign::Accounts]),
        (11, &[Foreign::Packs]),
    ];
    for (kind, foreign) in within {
        let Err(differ) = cases(kind, foreign, 24) else { panic!("actor {kind} sees nothing of {foreign:?}") };
        println!("{foreign:?}: {}", differ.lines().next().unwrap_or_default());
    }
}

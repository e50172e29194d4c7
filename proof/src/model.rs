//! A world as `stateright` explores it: every state that some number of steps leads to, the shortest way first.

use crate::invariants::{INVARIANTS, Seen};
use crate::mutants::Mutant;
use crate::node::Node;
use crate::reached::Reached;
use crate::worlds::{World, policy};
use stateright::{Checker, HasDiscoveries, Model as _, Property};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

/// A world, and how far it is explored.
struct Model {
    world: World,
    steps: usize,
    mutant: Option<&'static Mutant>,
    notes: Arc<Mutex<Notes>>,
}

/// What is noted on the way: a step that is refused leads to no state of its own.
#[derive(Default)]
struct Notes {
    reached: Reached,
    transitions: usize,
    broken: Vec<String>,
    /// Exploring is over: paths are only walked again.
    over: bool,
}

/// What the exploration of a world came to.
pub struct Explored {
    /// The world's name.
    pub world: &'static str,
    /// How many steps deep every state was visited.
    pub steps: usize,
    /// How many states that differ there are.
    pub states: usize,
    /// Whether these are all that there are, however many steps are made.
    pub whole: bool,
    /// How many steps were made and checked, refused ones too.
    pub transitions: usize,
    /// What was reached.
    pub reached: Reached,
    /// The invariants that `stateright` has a counterexample for, each with the moves that lead there.
    pub counterexamples: Vec<(&'static str, Vec<&'static str>)>,
    /// What the checks said, the first of each.
    pub broken: Vec<String>,
}

impl stateright::Model for Model {
    type State = Node;
    type Action = usize;

    fn init_states(&self) -> Vec<Node> {
        let mut node = Node::empty(policy());
        for made in &self.world.setup {
            let step =
                node.step(made, None).unwrap_or_else(|| panic!("{}: `{}` names nobody", self.world.name, made.name));
            let refused = step.answer.as_ref().err();
            assert!(refused.is_none(), "{}: `{}` is refused: {refused:?}", self.world.name, made.name);
            node = step.after;
        }
        node.steps = 0;
        vec![node]
    }

    fn actions(&self, node: &Node, actions: &mut Vec<usize>) {
        let notes = self.notes.lock().unwrap();
        // Once something is broken, nothing longer is looked for.
        if node.steps < self.steps && (notes.over || notes.broken.is_empty()) {
            actions.extend(0..self.world.moves.len());
        }
    }

    fn next_state(&self, node: &Node, action: usize) -> Option<Node> {
        let made = &self.world.moves[action];
        let mut step = node.step(made, self.mutant)?;
        let mut broken = 0_u16;
        let mut said = Vec::new();
        let seen = Seen { before: node, step: &step, secrets: &self.world.secrets };
        for (bit, (name, check)) in INVARIANTS.iter().enumerate() {
            // What a mutant breaks besides is not what it is for.
            let counts = self.mutant.is_none_or(|mutant| mutant.breaks == *name);
            if counts && let Err(wrong) = check(&seen) {
                broken |= 1 << bit;
                said.push(format!("{name} in {}: {}: {wrong}", self.world.name, made.name));
            }
        }
        let mut notes = self.notes.lock().unwrap();
        notes.transitions += 1;
        notes.reached.note(&step, node.steps + 1);
        if notes.broken.is_empty() {
            notes.broken = said;
        }
        step.after.broken = broken;
        let moved = broken != 0 || step.after != *node;
        moved.then_some(step.after)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        fn holds<const BIT: usize>(_: &Model, node: &Node) -> bool {
            node.broken >> BIT & 1 == 0
        }
        macro_rules! always {
            ($($bit:literal)*) => { vec![$(Property::always(INVARIANTS[$bit].0, holds::<$bit>)),*] };
        }
        let properties = always!(0 1 2 3 4 5 6 7 8 9 10 11);
        assert_eq!(properties.len(), INVARIANTS.len());
        properties
    }
}

/// Visits every state of a world that this many steps lead to. With a mutant, until its invariant is seen to break.
#[must_use]
pub fn explore(world: World, steps: usize, mutant: Option<&'static Mutant>) -> Explored {
    let (name, notes) = (world.name, Arc::<Mutex<Notes>>::default());
    let moves: Vec<&'static str> = world.moves.iter().map(|made| made.name).collect();
    let model = Model { world, steps, mutant, notes: notes.clone() };
    let mut checker = model.checker();
    if let Some(mutant) = mutant {
        checker = checker.finish_when(HasDiscoveries::AnyOf(BTreeSet::from([mutant.breaks])));
    }
    // One thread: what is visited first, and so what is counted, is the same each time.
    let checker = checker.threads(1).spawn_bfs().join();
    let states = checker.unique_state_count();
    // `stateright` counts the first state as depth 1; nobody has come as far as where steps end.
    let whole = checker.max_depth() <= steps;
    // Before discoveries are looked up: that makes steps again.
    let over = Notes { over: true, ..Notes::default() };
    let Notes { reached, transitions, broken, .. } = std::mem::replace(&mut *notes.lock().unwrap(), over);
    let mut counterexamples: Vec<(&'static str, Vec<&'static str>)> = checker
        .discoveries()
        .into_iter()
        .map(|(invariant, path)| (invariant, path.into_actions().into_iter().map(|action| moves[action]).collect()))
        .collect();
    counterexamples.sort_unstable();
    Explored { world: name, steps, states, whole, transitions, reached, counterexamples, broken }
}

//! What a declaration makes of each of its fields, by its kind.

/// The setter, and how the field is read, checked, written and described.
macro_rules! field {
    (@setter needed $field:ident $type:tt $doc:tt []) => {};
    (@setter needed_members $field:ident $type:tt $doc:tt []) => {};
    (@setter patched $field:ident $type:tt [$($doc:literal)*] [$inner:ty]) => {
        $(#[doc = $doc])*
        ///
        /// `None` clears it.
        #[must_use]
        pub fn $field(mut self, $field: impl Into<Option<$inner>>) -> Self {
            self.$field = Some($field.into());
            self
        }
    };
    (@setter $kind:ident $field:ident ($type:ty) [$($doc:literal)*] $extra:tt) => {
        $(#[doc = $doc])*
        #[must_use]
        pub fn $field(mut self, $field: impl Into<$type>) -> Self {
            self.$field = $field.into();
            self
        }
    };

    (@read members $object:ident $reader:ident $field:ident ($type:ty) ($how:ty) []) => {
        <$how as $crate::declare::member::Members<$type>>::read($object, $reader)
    };
    (@read needed_members $object:ident $reader:ident $field:ident ($type:ty) ($how:ty) []) => {
        <$how as $crate::declare::member::Members<$type>>::read($object, $reader)
    };
    (@read defaulted $object:ident $reader:ident $field:ident ($type:ty) ($how:ty) [$default:expr]) => {
        $crate::declare::member::Defaulted::<$how>::read::<$type>($object, stringify!($field), $reader, || $default)
    };
    (@read $kind:ident $object:ident $reader:ident $field:ident ($type:ty) ($how:ty) $extra:tt) => {
        <$how as $crate::declare::member::Member<$type>>::read($object, stringify!($field), $reader)
    };

    (@check members $self:ident $path:ident $reader:ident $field:ident ($type:ty) ($how:ty)) => {
        <$how as $crate::declare::member::Members<$type>>::check(&$self.$field, $path, $reader)
    };
    (@check needed_members $self:ident $path:ident $reader:ident $field:ident ($type:ty) ($how:ty)) => {
        <$how as $crate::declare::member::Members<$type>>::check(&$self.$field, $path, $reader)
    };
    (@check defaulted $self:ident $path:ident $reader:ident $field:ident ($type:ty) ($how:ty)) => {
        <$how as $crate::declare::read::FromWire<$type>>::check(&$self.$field, &$path.key(stringify!($field)), $reader)
    };
    (@check $kind:ident $self:ident $path:ident $reader:ident $field:ident ($type:ty) ($how:ty)) => {
        <$how as $crate::declare::member::Member<$type>>::check(&$self.$field, &$path.key(stringify!($field)), $reader)
    };

    (@write members $self:ident $out:ident $field:ident ($type:ty) ($how:ty) $extra:tt) => {
        <$how as $crate::declare::member::Members<$type>>::write(&$self.$field, $out)?
    };
    (@write needed_members $self:ident $out:ident $field:ident ($type:ty) ($how:ty) $extra:tt) => {
        <$how as $crate::declare::member::Members<$type>>::write(&$self.$field, $out)?
    };
    (@write defaulted $self:ident $out:ident $field:ident ($type:ty) ($how:ty) [$default:expr]) => {
        $crate::declare::member::Defaulted::<$how>::write::<$type, M>(&$self.$field, stringify!($field), $out, &$default)?
    };
    (@write $kind:ident $self:ident $out:ident $field:ident ($type:ty) ($how:ty) $extra:tt) => {
        <$how as $crate::declare::member::Member<$type>>::write(&$self.$field, stringify!($field), $out)?
    };

    (@shape members $field:ident ($type:ty) ($how:ty) $doc:tt $extra:tt) => {
        <$how as $crate::declare::member::Members<$type>>::fields()
    };
    (@shape needed_members $field:ident ($type:ty) ($how:ty) $doc:tt $extra:tt) => {
        <$how as $crate::declare::member::Members<$type>>::fields()
    };
    (@shape defaulted $field:ident ($type:ty) ($how:ty) [$($doc:literal)*] [$default:expr]) => {
        alloc::vec![$crate::declare::member::Defaulted::<$how>::field::<$type>(
            stringify!($field), concat!($($doc, "\n"),*), &$default,
        )]
    };
    (@shape $kind:ident $field:ident ($type:ty) ($how:ty) [$($doc:literal)*] $extra:tt) => {
        alloc::vec![<$how as $crate::declare::member::Member<$type>>::field(
            stringify!($field), concat!($($doc, "\n"),*),
        )]
    };

    (@names members $field:ident ($type:ty) ($how:ty)) => { <$how as $crate::declare::member::Members<$type>>::NAMES };
    (@names needed_members $field:ident ($type:ty) ($how:ty)) => {
        <$how as $crate::declare::member::Members<$type>>::NAMES
    };
    (@names $kind:ident $field:ident ($type:ty) ($how:ty)) => { &[stringify!($field)] };

    (@rules members ($type:ty) ($how:ty)) => { <$how as $crate::declare::member::Members<$type>>::RULES };
    (@rules needed_members ($type:ty) ($how:ty)) => { <$how as $crate::declare::member::Members<$type>>::RULES };
    (@rules $kind:ident ($type:ty) ($how:ty)) => { &[] };
}
pub(crate) use field;

/// All names of several lists as one, so that each declaration has its own fields in one constant.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
pub(crate) const fn joined<const N: usize>(lists: &[&[&'static str]]) -> [&'static str; N] {
    let mut names = [""; N];
    let (mut list, mut next) = (0, 0);
    while list < lists.len() {
        let mut index = 0;
        while index < lists[list].len() {
            names[next] = lists[list][index];
            index += 1;
            next += 1;
        }
        list += 1;
    }
    names
}

/// How many names several lists have.
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, which would refuse it")]
pub(crate) const fn count(lists: &[&[&'static str]]) -> usize {
    let (mut list, mut count) = (0, 0);
    while list < lists.len() {
        count += lists[list].len();
        list += 1;
    }
    count
}

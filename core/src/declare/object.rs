//! One declaration for each shape that goes in: struct, constructor, setters, strict reading in the order of the
//! fields, bounds, writing, and the description that schema, types and docs are made from.

/// Declares a command or a query.
///
/// A field is written as in a struct: a plain type is required, an `Option` may be absent or null, an
/// `Option<Option<…>>` belongs to a patch, and `= value` is a default. `as W` names the type that reads it and says
/// its bounds, where its own does not. `=> M` gives the field to a [`Member`] of its own, `..` several fields to
/// [`Members`]; both take a default for [`new`](crate::CreateUser::new), too.
macro_rules! request {
    ($(#[doc = $doc:literal])* $member:ident $name:ident $wire:literal { $($fields:tt)* }) => {
        $crate::declare::object::declare! {
            @munch request [$($doc)*] $member $name $wire [] [] [] $($fields)*
        }
    };
}
pub(crate) use request;

/// Declares an object inside requests, by the same notation.
macro_rules! input {
    ($(#[doc = $doc:literal])* $name:ident { $($fields:tt)* }) => {
        $crate::declare::object::declare! {
            @munch input [$($doc)*] object $name "" [] [] [] $($fields)*
        }
    };
}
pub(crate) use input;

/// Takes the fields one by one: each becomes a record `{docs name rust-type how}`, what `new` takes, and what it puts.
macro_rules! declare {
    // Several fields, one value.
    (@munch $sort:ident $docs:tt $member:ident $name:ident $wire:literal [$($records:tt)*] [$($taken:tt)*] [$($put:tt)*]
        $(#[doc = $doc:literal])* ..$field:ident: $type:ty as $how:ty = $default:expr, $($rest:tt)*) => {
        $crate::declare::object::declare! { @munch $sort $docs $member $name $wire
            [$($records)* {[$($doc)*] members $field ($type) ($how) []}] [$($taken)*] [$($put)* $field: $default,] $($rest)* }
    };
    (@munch $sort:ident $docs:tt $member:ident $name:ident $wire:literal [$($records:tt)*] [$($taken:tt)*] [$($put:tt)*]
        $(#[doc = $doc:literal])* ..$field:ident: $type:ty as $how:ty, $($rest:tt)*) => {
        $crate::declare::object::declare! { @munch $sort $docs $member $name $wire
            [$($records)* {[$($doc)*] needed_members $field ($type) ($how) []}]
            [$($taken)* $field: $type,] [$($put)* $field,] $($rest)* }
    };
    // A field of a patch.
    (@munch $sort:ident $docs:tt $member:ident $name:ident $wire:literal [$($records:tt)*] [$($taken:tt)*] [$($put:tt)*]
        $(#[doc = $doc:literal])* $field:ident: Option<Option<$type:ty>>, $($rest:tt)*) => {
        $crate::declare::object::declare! { @munch $sort $docs $member $name $wire
            [$($records)* {[$($doc)*] patched $field (Option<Option<$type>>) ($crate::declare::member::Patched<$type>) [$type]}]
            [$($taken)*] [$($put)* $field: None,] $($rest)* }
    };
    // A field that may be absent.
    (@munch $sort:ident $docs:tt $member:ident $name:ident $wire:literal [$($records:tt)*] [$($taken:tt)*] [$($put:tt)*]
        $(#[doc = $doc:literal])* $field:ident: Option<$type:ty>, $($rest:tt)*) => {
        $crate::declare::object::declare! { @munch $sort $docs $member $name $wire
            [$($records)* {[$($doc)*] member $field (Option<$type>) ($crate::declare::member::Optional<$type>) []}]
            [$($taken)*] [$($put)* $field: None,] $($rest)* }
    };
    (@munch $sort:ident $docs:tt $member:ident $name:ident $wire:literal [$($records:tt)*] [$($taken:tt)*] [$($put:tt)*]
        $(#[doc = $doc:literal])* $field:ident: Option<$type:ty> as $as:ty, $($rest:tt)*) => {
        $crate::declare::object::declare! { @munch $sort $docs $member $name $wire
            [$($records)* {[$($doc)*] member $field (Option<$type>) ($crate::declare::member::Optional<$as>) []}]
            [$($taken)*] [$($put)* $field: None,] $($rest)* }
    };
    (@munch $sort:ident $docs:tt $member:ident $name:ident $wire:literal [$($records:tt)*] [$($taken:tt)*] [$($put:tt)*]
        $(#[doc = $doc:literal])* $field:ident: Option<$type:ty> => $how:ty = $default:expr, $($rest:tt)*) => {
        $crate::declare::object::declare! { @munch $sort $docs $member $name $wire
            [$($records)* {[$($doc)*] member $field (Option<$type>) ($how) []}]
            [$($taken)*] [$($put)* $field: $default,] $($rest)* }
    };
    // A field with a default.
    (@munch $sort:ident $docs:tt $member:ident $name:ident $wire:literal [$($records:tt)*] [$($taken:tt)*] [$($put:tt)*]
        $(#[doc = $doc:literal])* $field:ident: $type:ty = $default:expr, $($rest:tt)*) => {
        $crate::declare::object::declare! { @munch $sort $docs $member $name $wire
            [$($records)* {[$($doc)*] defaulted $field ($type) ($type) [$default]}]
            [$($taken)*] [$($put)* $field: $default,] $($rest)* }
    };
    (@munch $sort:ident $docs:tt $member:ident $name:ident $wire:literal [$($records:tt)*] [$($taken:tt)*] [$($put:tt)*]
        $(#[doc = $doc:literal])* $field:ident: $type:ty as $as:ty = $default:expr, $($rest:tt)*) => {
        $crate::declare::object::declare! { @munch $sort $docs $member $name $wire
            [$($records)* {[$($doc)*] defaulted $field ($type) ($as) [$default]}]
            [$($taken)*] [$($put)* $field: $default,] $($rest)* }
    };
    // A field that must be there.
    (@munch $sort:ident $docs:tt $member:ident $name:ident $wire:literal [$($records:tt)*] [$($taken:tt)*] [$($put:tt)*]
        $(#[doc = $doc:literal])* $field:ident: $type:ty, $($rest:tt)*) => {
        $crate::declare::object::declare! { @munch $sort $docs $member $name $wire
            [$($records)* {[$($doc)*] needed $field ($type) ($crate::declare::member::Required<$type>) []}]
            [$($taken)* $field: $type,] [$($put)* $field,] $($rest)* }
    };
    (@munch $sort:ident $docs:tt $member:ident $name:ident $wire:literal [$($records:tt)*] [$($taken:tt)*] [$($put:tt)*]
        $(#[doc = $doc:literal])* $field:ident: $type:ty as $as:ty, $($rest:tt)*) => {
        $crate::declare::object::declare! { @munch $sort $docs $member $name $wire
            [$($records)* {[$($doc)*] needed $field ($type) ($crate::declare::member::Required<$as>) []}]
            [$($taken)* $field: $type,] [$($put)* $field,] $($rest)* }
    };

    // All are taken.
    (@munch $sort:ident [$($doc:literal)*] $member:ident $name:ident $wire:literal
        [$({[$($field_doc:literal)*] $kind:ident $field:ident ($type:ty) ($how:ty) [$($extra:tt)*]})*]
        [$($taken:ident: $taken_type:ty,)*] [$($put:tt)*]) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $name { $($(#[doc = $field_doc])* pub $field: $type,)* }

        impl $name {
            /// Takes what must be given; all else is absent, or has its default.
            #[must_use]
            pub fn new($($taken: $taken_type),*) -> Self {
                $name { $($put)* }
            }

            $($crate::declare::field::field! { @setter $kind $field ($type) [$($field_doc)*] [$($extra)*] })*

            fn read_fields(
                object: &$crate::declare::read::Object<'_, '_>,
                reader: &mut $crate::declare::read::Reader<'_>,
            ) -> Option<Self> {
                $(let $field: Option<$type> =
                    $crate::declare::field::field!(@read $kind object reader $field ($type) ($how) [$($extra)*]);)*
                let _ = (object, reader);
                Some($name { $($field: $field?,)* })
            }

            fn check_fields(&self, path: &$crate::json::Path<'_>, reader: &mut $crate::declare::read::Reader<'_>) {
                let _ = (path, &reader);
                $($crate::declare::field::field!(@check $kind self path reader $field ($type) ($how));)*
            }

            fn write_fields<M: serde::ser::SerializeMap>(&self, out: &mut M) -> Result<(), M::Error> {
                $($crate::declare::field::field!(
                    @write $kind self out $field ($type) ($how) [$($extra)*]
                );)*
                let _ = out;
                Ok(())
            }

            fn shape_of_fields() -> alloc::vec::Vec<$crate::shape::Field> {
                let fields: alloc::vec::Vec<alloc::vec::Vec<$crate::shape::Field>> = alloc::vec![
                    $($crate::declare::field::field!(
                        @shape $kind $field ($type) ($how) [$($field_doc)*] [$($extra)*]
                    ),)*
                ];
                fields.into_iter().flatten().collect()
            }
        }

        $crate::declare::object::declare! { @default $name [$($taken)*] }
        $crate::declare::object::declare! {
            @api $sort [$($doc)*] $member $name $wire [$({$kind $field ($type) ($how)})*]
        }
    };

    (@default $name:ident []) => {
        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }
    };
    (@default $name:ident [$($taken:ident)+]) => {};

    (@api request [$($doc:literal)*] $member:ident $name:ident $wire:literal
        [$({$kind:ident $field:ident ($type:ty) ($how:ty)})*]) => {
        impl $crate::decide::Declared for $name {
            const NAME: &'static str = $wire;
            const FIELDS: &'static [&'static str] = {
                const LISTS: &[&[&str]] = &[
                    &[stringify!($member)],
                    $($crate::declare::field::field!(@names $kind $field ($type) ($how)),)*
                ];
                &$crate::declare::field::joined::<{ $crate::declare::field::count(LISTS) }>(LISTS)
            };

            fn read(
                object: &$crate::declare::read::Object<'_, '_>,
                reader: &mut $crate::declare::read::Reader<'_>,
            ) -> Option<Self> {
                Self::read_fields(object, reader)
            }

            fn check(&self, reader: &mut $crate::declare::read::Reader<'_>) {
                self.check_fields(&$crate::json::Path::ROOT, reader);
            }

            fn shape() -> $crate::shape::Definition {
                let mut fields = alloc::vec![$crate::shape::Field::required(
                    stringify!($member),
                    "Which request it is.",
                    $crate::shape::Type::word($wire),
                )];
                fields.extend(Self::shape_of_fields());
                let rules: &[&[&'static str]] = &[$($crate::declare::field::field!(@rules $kind ($type) ($how)),)*];
                let object = $crate::shape::Object { fields, rules: rules.concat(), ..Default::default() };
                let shape = $crate::shape::Shape::Object(object);
                $crate::shape::Definition { name: stringify!($name).into(), doc: concat!($($doc, "\n"),*), shape }
            }
        }

        impl $name {
            /// Reads this request alone; it may leave out its name.
            ///
            /// # Errors
            /// Everything that is wrong with its form, in the light of the policy.
            pub fn from_json<'r>(
                request: impl Into<$crate::wire::Input<'r>>,
                policy: &$crate::policy::Policy,
            ) -> Result<Self, $crate::error::Rejection> {
                $crate::wire::read_one(request.into(), policy)
            }
        }

        /// As the wire has it, its name included. A secret is not written: that is an error.
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap as _;
                let mut out = serializer.serialize_map(None)?;
                out.serialize_entry(stringify!($member), $wire)?;
                self.write_fields(&mut out)?;
                out.end()
            }
        }
    };
    (@api input [$($doc:literal)*] object $name:ident $wire:literal
        [$({$kind:ident $field:ident ($type:ty) ($how:ty)})*]) => {
        impl $name {
            const FIELDS: &'static [&'static str] = {
                const LISTS: &[&[&str]] = &[$($crate::declare::field::field!(@names $kind $field ($type) ($how)),)*];
                &$crate::declare::field::joined::<{ $crate::declare::field::count(LISTS) }>(LISTS)
            };
        }

        impl $crate::declare::read::FromWire for $name {
            fn read(
                value: &$crate::json::Value<'_>,
                path: &$crate::json::Path<'_>,
                reader: &mut $crate::declare::read::Reader<'_>,
            ) -> Option<Self> {
                let object = $crate::declare::read::Object::open(value, path, Self::FIELDS, reader)?;
                Self::read_fields(&object, reader)
            }

            fn check(value: &Self, path: &$crate::json::Path<'_>, reader: &mut $crate::declare::read::Reader<'_>) {
                value.check_fields(path, reader);
            }

            fn shape() -> $crate::shape::Type {
                $crate::shape::Type::named(stringify!($name), || {
                    $crate::shape::Definition::object(
                        stringify!($name),
                        concat!($($doc, "\n"),*),
                        Self::shape_of_fields(),
                    )
                })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap as _;
                let mut out = serializer.serialize_map(None)?;
                self.write_fields(&mut out)?;
                out.end()
            }
        }

        /// Its fields may be combined with a request's own.
        impl $crate::declare::member::Members<$name> for $name {
            const NAMES: &'static [&'static str] = Self::FIELDS;

            fn read(
                object: &$crate::declare::read::Object<'_, '_>,
                reader: &mut $crate::declare::read::Reader<'_>,
            ) -> Option<Self> {
                Self::read_fields(object, reader)
            }

            fn check(value: &Self, path: &$crate::json::Path<'_>, reader: &mut $crate::declare::read::Reader<'_>) {
                value.check_fields(path, reader);
            }

            fn write<M: serde::ser::SerializeMap>(value: &Self, out: &mut M) -> Result<(), M::Error> {
                value.write_fields(out)
            }

            fn fields() -> alloc::vec::Vec<$crate::shape::Field> {
                Self::shape_of_fields()
            }
        }
    };
}
pub(crate) use declare;

//! One declaration for each object that answers are made of: struct, writing, and its description.

/// Declares an object that answers are made of. A field is written as in a struct; `name?: T` is one that is left out
/// where there is none, and an `Option` is null then. `as W` names the type that tells what a field shows, where its own
/// does not. After a colon stand traits to be derived besides the usual ones.
macro_rules! view {
    ($(#[doc = $doc:literal])* $name:ident $(as $wire:literal)? $(: $($derive:path),+)? { $($fields:tt)* }) => {
        $crate::declare::view::view! { @munch [$($doc)*] $name [$($wire)?] [$($($derive)+)?] [] $($fields)* }
    };
    (@munch $docs:tt $name:ident $wire:tt $derives:tt [$($records:tt)*]
        $(#[doc = $doc:literal])* $field:ident?: $type:ty $(as $as:ty)?, $($rest:tt)*) => {
        $crate::declare::view::view! { @munch $docs $name $wire $derives
            [$($records)* {
                [$($doc)*] [#[serde(skip_serializing_if = "Option::is_none")]] $field (Option<$type>) optional ($type) [$($as)?]
            }] $($rest)* }
    };
    (@munch $docs:tt $name:ident $wire:tt $derives:tt [$($records:tt)*]
        $(#[doc = $doc:literal])* $field:ident: $type:ty $(as $as:ty)?, $($rest:tt)*) => {
        $crate::declare::view::view! { @munch $docs $name $wire $derives
            [$($records)* {[$($doc)*] [] $field ($type) required ($type) [$($as)?]}] $($rest)* }
    };
    (@munch [$($doc:literal)*] $name:ident [$($wire:literal)?] [$($derive:path)*]
        [$({[$($field_doc:literal)*] [$($meta:tt)*] $field:ident ($type:ty) $presence:ident ($shown:ty) [$($as:ty)?]})*]) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize $(, $derive)*)]
        pub struct $name { $($(#[doc = $field_doc])* $($meta)* pub $field: $type,)* }

        impl $crate::shape::Shown for $name {
            fn shown() -> $crate::shape::Type {
                const NAME: &str = $crate::declare::view::view!(@first $($wire)? stringify!($name));
                $crate::shape::Type::named(NAME, || {
                    let fields = alloc::vec![$($crate::shape::Field::$presence(
                        stringify!($field),
                        concat!($($field_doc, "\n"),*),
                        <$crate::declare::view::view!(@type $($as)?; $shown) as $crate::shape::Shown>::shown(),
                    ),)*];
                    $crate::shape::Definition::object(NAME, concat!($($doc, "\n"),*), fields)
                })
            }
        }
    };
    (@first $wire:literal $($rest:tt)*) => { $wire };
    (@first $($name:tt)*) => { $($name)* };
    (@type $as:ty; $shown:ty) => { $as };
    (@type ; $shown:ty) => { $shown };
}
pub(crate) use view;

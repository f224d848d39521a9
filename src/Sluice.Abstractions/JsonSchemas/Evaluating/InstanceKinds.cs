using System.Text.Json;

namespace Sluice.JsonSchemas.Evaluating;

/// <summary>The types of JSON Schema. A bit per <see cref="JsonValueKind"/>, so that a kind is checked with one shift.</summary>
[Flags]
internal enum InstanceKinds
{
    None = 0,
    Object = 1 << JsonValueKind.Object,
    Array = 1 << JsonValueKind.Array,
    String = 1 << JsonValueKind.String,
    Number = 1 << JsonValueKind.Number,
    True = 1 << JsonValueKind.True,
    False = 1 << JsonValueKind.False,
    Null = 1 << JsonValueKind.Null,
    Boolean = True | False,

    /// <summary>Integers only; a number passes after a look at its text.</summary>
    Integer = 1 << 8,
    All = Object | Array | String | Number | Boolean | Null,
}
